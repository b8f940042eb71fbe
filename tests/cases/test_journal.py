"""The journal is a chain: an edit, a gap and a deletion are found, and the database refuses them to begin with."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from kazservices.cases.journal import first_fault
from kazservices.cases.models import Case, JournalEntry, JournalFacts
from tests import world
from tests.guards import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(user, place):
    return world.to_opinions(user, place)


def test_every_move_leaves_a_line_and_the_chain_holds(case):
    moves = list(case.journal.values_list("move", flat=True))
    assert moves == ["submit", "hand_over", "send_to_members", *["give_opinion"] * 3, "close_opinions"]
    assert first_fault(case) == ""
    call_command("verify_journal")


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
    with unguarded("cases_journalentry"):
        JournalFacts.objects.filter(entry__in=third).delete() if "missing" in told else None
        tampering(third)
    assert told in first_fault(case)
    with pytest.raises(CommandError):
        call_command("verify_journal")


def test_an_edited_fact_is_found_and_an_erased_one_is_not_a_fault(case):
    facts = JournalFacts.objects.filter(entry__case=case, entry__number=1)
    facts.update(facts={"number": "КҚ-03-2026-000009"})
    assert "the facts of entry 1 have been edited" in first_fault(case)
    facts.update(facts=None, erased_at=case.submitted_at)
    assert first_fault(case) == ""


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
