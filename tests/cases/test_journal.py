"""The journal is a chain: an edit, a gap and a deletion are found, and the database refuses them to begin with."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from kazservices.cases import journal
from kazservices.cases.journal import first_fault
from kazservices.cases.models import Case, JournalEntry, JournalFacts
from tests import world
from tests.guards import unguarded

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 4, 7, 10, tzinfo=UTC)


@pytest.fixture
def case(user, place):
    return world.to_opinions(user, place)


def test_every_move_leaves_a_line_and_the_chain_holds(case):
    moves = list(case.journal.values_list("move", flat=True))
    assert moves == ["submit", "hand_over", "send_to_members", *["give_opinion"] * 3, "close_opinions"]
    assert first_fault(case) == ""
    call_command("verify_journal")


def test_a_moment_told_in_another_zone_is_the_same_moment(place, user):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
        journal.write(Case.objects.get(pk=case.pk), "seen", by=user, at=MOMENT.astimezone(world.ALMATY))
    assert first_fault(Case.objects.get(pk=case.pk)) == ""


@pytest.mark.parametrize("statement", ["UPDATE cases_journalentry SET move = 'x'", "DELETE FROM cases_journalentry"])
def test_the_database_refuses_to_change_or_delete_a_line(case, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        (lambda entry: entry.update(move="grant"), "entry 3 has been edited"),
        (lambda entry: entry.delete(), "entry 3 is missing"),
    ],
)
def test_what_was_done_past_the_database_is_found(case, tampering, told):
    third = JournalEntry.objects.filter(case=case, number=3)
    with unguarded("cases_journalentry"), unguarded("cases_journalfacts"):
        JournalFacts.objects.filter(entry__in=third).delete() if "missing" in told else None
        tampering(third)
    assert told in first_fault(case)
    with pytest.raises(CommandError):
        call_command("verify_journal")


def test_edited_facts_are_found(case):
    tamper(case, 1, facts={"number": "КҚ-03-2026-000009"})
    assert "the facts of entry 1 have been edited" in first_fault(case)


# --- facts that are erased ---

LIE = {"grounds": ["LIE"]}


def erase(case, number, place, reason="A court has ordered it.", norm=""):
    with world.at("2026-04-06 10:00"):
        journal.erase(case.journal.get(number=number), by=place.operator, reason=reason, norm=norm)
    case.refresh_from_db()


def tamper(case, number, **columns):
    """Past the database's own guards, its checks apart: one with the keys of the server takes those off as well."""
    with unguarded("cases_journalfacts"), unchecked():
        assert JournalFacts.objects.filter(entry__case=case, entry__number=number).update(**columns) == 1


@contextmanager
def unchecked():
    """Without the check that facts stand or are erased, until the test ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for_now = "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE cases_journalfacts"
            cursor.execute(f"{for_now} DROP CONSTRAINT IF EXISTS journal_facts_stand_or_are_erased")
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_erased_facts_are_gone_and_a_line_says_whose_and_why(case, place):
    before = case.journal_count
    erase(case, 3, place, norm="LAW-5")
    row, line = JournalFacts.objects.get(entry__case=case, entry__number=3), case.journal.last()
    assert (row.facts, row.salt, row.erased_at) == (None, "", line.at)  # with its salt a fact could be guessed
    assert (line.number, line.move, line.actor, line.norm) == (before + 1, "facts_erased", place.operator, "LAW-5")
    assert line.kept.facts == {"entry": 3, "reason": "A court has ordered it."}
    assert first_fault(case) == ""
    call_command("verify_journal")


def test_facts_are_erased_once_with_a_reason_and_never_those_of_an_erasure(case, place):
    with pytest.raises(journal.NotErasable):
        erase(case, 3, place, reason=" ")
    erase(case, 3, place)
    lines = case.journal_count
    with pytest.raises(journal.NotErasable):
        erase(case, 3, place)
    with pytest.raises(journal.NotErasable):
        erase(case, lines, place)
    case.refresh_from_db()
    assert case.journal_count == lines
    assert first_fault(case) == ""


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE cases_journalfacts SET facts = \'{"grounds": ["LIE"]}\'',
        "UPDATE cases_journalfacts SET facts = '{\"grounds\": [\"LIE\"]}', erased_at = '2026-04-06'",
        "UPDATE cases_journalfacts SET facts = NULL",
        "UPDATE cases_journalfacts SET facts = NULL, erased_at = '2026-04-06'",
        "UPDATE cases_journalfacts SET facts = NULL, salt = '', erased_at = '2026-04-06', entry_id = entry_id + 1000",
        "UPDATE cases_journalfacts SET erased_at = '2026-04-06'",
        "UPDATE cases_journalfacts SET salt = 'x'",
        "UPDATE cases_journalfacts SET erased_at = '2026-04-07' WHERE erased_at IS NOT NULL",
        "UPDATE cases_journalfacts SET erased_at = NULL WHERE erased_at IS NOT NULL",
        "UPDATE cases_journalfacts SET facts = '{}', erased_at = NULL, salt = 'x' WHERE erased_at IS NOT NULL",
        "DELETE FROM cases_journalfacts",
        "DELETE FROM cases_journalfacts WHERE erased_at IS NOT NULL",
    ],
)
def test_the_database_lets_facts_be_erased_once_and_nothing_else(case, place, statement):
    erase(case, 3, place)
    with pytest.raises(DatabaseError, match="only erased"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("number", "tampering", "told"),
    [
        (1, {"facts": LIE, "erased_at": MOMENT}, "entry 1 carries facts although they were erased"),
        (1, {"facts": None, "salt": "", "erased_at": MOMENT}, "the facts of entry 1 were erased, and no entry"),
        (3, {"facts": LIE}, "entry 3 carries facts although they were erased"),
        (3, {"facts": LIE, "erased_at": None}, "entry 8 erased the facts of entry 3"),
        (3, {"erased_at": MOMENT}, "the facts of entry 3 were erased, and no entry of that moment says so"),
        (8, {"facts": {"entry": 1, "reason": "x"}}, "the facts of entry 3 were erased, and no entry"),
        (8, {"facts": None, "salt": "", "erased_at": MOMENT}, "the facts of entry 3 were erased, and no entry"),
    ],
)
def test_an_erasure_that_did_not_happen_as_it_is_told_is_found(case, place, capsys, *, number, tampering, told):
    erase(case, 3, place)
    tamper(case, number, **tampering)
    assert told in first_fault(case)
    with pytest.raises(CommandError):
        call_command("verify_journal")
    assert f"{case.number}: {told}" in capsys.readouterr().err


def test_a_line_that_erases_what_comes_after_it_erases_nothing(case, place):
    with transaction.atomic():
        sheet = Case.objects.select_for_update().get(pk=case.pk)
        facts = {"entry": case.journal_count + 2, "reason": "x"}
        journal.write(sheet, journal.ERASED, by=None, at=MOMENT, facts=facts)
        sheet.refresh_from_db()
        journal.write(sheet, "withdraw", by=None, at=MOMENT, facts={"reason": "y"})
    case.refresh_from_db()
    tamper(case, case.journal_count, facts=None, salt="", erased_at=MOMENT)
    assert f"the facts of entry {case.journal_count} were erased, and no entry" in first_fault(case)


# --- what is missing ---


def test_a_cut_journal_is_found_by_its_count(case):
    Case.objects.filter(pk=case.pk).update(journal_count=case.journal_count + 1)
    case.refresh_from_db()
    assert "entries were written" in first_fault(case)


def test_a_gap_in_the_register_is_found(case, user, place, capsys):
    Case.objects.filter(pk=case.pk).update(number="КҚ-03-2026-000007")
    with pytest.raises(CommandError):
        call_command("verify_journal")
    told = capsys.readouterr().err
    assert "КҚ-03-2026-000001 is missing" in told
    assert "КҚ-03-2026-000007 was never given" in told
