"""Roots of the journal: what one with all the keys of the database did to it is found, and named."""

import json
from contextlib import suppress
from datetime import date
from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from conscription.models import DeferralApplication
from kazservices.cases import journal
from kazservices.cases.models import Case, JournalEntry, JournalFacts, RegistrationCounter
from kazservices.cases.roots import copies, keys, sealing
from kazservices.cases.roots.models import JournalRoot, RootCopy, SealedHead, SealedRegister
from kazservices.flow.health import health
from tests import world
from tests.guards import unguarded

pytestmark = pytest.mark.django_db

FIRST_NIGHT, SECOND_NIGHT = "2026-03-28 00:01", "2026-03-29 00:01"  # after Fri 27 and Sat 28 March
VERIFIED = "2026-03-29 09:00"


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.KAZ_ROOTS_KEY, settings.KAZ_ROOTS_DIR = tmp_path / "key.pem", tmp_path / "elsewhere"
    return settings.KAZ_ROOTS_DIR


@pytest.fixture
def case(user, place):
    """One case that has come to its opinions on Fri 27 March, and another that was only filed."""
    with world.at("2026-03-20 10:00"):
        world.apply(world.build_recipient("000101100006"), place.office)
    return world.to_opinions(user, place)


@pytest.fixture
def sealed(case):
    seal(FIRST_NIGHT)
    return case


def seal(moment):
    with world.at(moment):
        return copies.seal_and_copy()


def verify(*words, at=VERIFIED):
    """What the command finds: {kind: its words}."""
    out = StringIO()
    with world.at(at), suppress(CommandError):
        call_command("verify_journal", "--json", *words, stdout=out, stderr=StringIO())
    return {fault["kind"]: fault["told"] for fault in json.loads(out.getvalue())["faults"]}


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def rewrite(case, entries):
    """Make the chain anew as the product itself would, count and head included: no chain can tell."""
    with unguarded("cases_journalentry"), unguarded("cases_journalfacts"):
        JournalFacts.objects.filter(entry__case_id=case.pk).delete()
        JournalEntry.objects.filter(case_id=case.pk).delete()
        sheet = Case.objects.get(pk=case.pk)
        sheet.journal_count, sheet.journal_head = 0, ""
        for entry in entries:
            journal.write(sheet, entry["move"], by=None, at=entry["at"], norm=entry["norm"])


def entries_of(case):
    return list(case.journal.values("move", "at", "norm"))


def delete_with_all_its_rows(case):
    """As one would who wants the case never to have been: children first, then the case, whatever refers to it."""
    with unguarded("cases_journalentry"), unguarded("cases_journalfacts"):
        JournalFacts.objects.filter(entry__case_id=case.pk).delete()
        for _ in range(6):
            for relation in Case._meta.related_objects:
                rows = relation.related_model._base_manager.filter(**{relation.field.name: case.pk})
                _raze(rows)
        sql("DELETE FROM cases_case WHERE id = %s", case.pk)


def _raze(rows):
    for nested in rows.model._meta.related_objects:
        if nested.field.model is not rows.model and not nested.field.null:
            _raze(nested.related_model._base_manager.filter(**{f"{nested.field.name}__in": rows}))
    try:
        with transaction.atomic():
            rows._raw_delete(rows.db)
    except DatabaseError:
        pass  # something still refers to it: the next round


def test_a_root_seals_every_head_and_every_register_and_all_holds(sealed, elsewhere):
    root = JournalRoot.objects.get()
    assert (root.cases, root.entries, root.night) == (
        2,
        sum(c.journal_count for c in Case.objects.all()),
        date(2026, 3, 27),
    )
    assert set(root.heads.values_list("case_pk", "head")) == set(Case.objects.values_list("pk", "journal_head"))
    assert list(root.registers.values_list("series", "office", "year", "last")) == [("КҚ", "03", 2026, 2)]
    assert (elsewhere / "root-00000001.jsonl").read_bytes() == b"".join(sealing.written(root))
    assert verify() == {}
    assert verify("--case", sealed.number) == {}
    assert verify("--since", "2026-03-27") == {}


def test_the_next_root_seals_only_what_has_changed_and_carries_the_one_before(sealed, place):
    assert seal(FIRST_NIGHT) == (0, 0)  # one night, one root, however often the sweep comes
    with world.at("2026-03-28 10:00"):
        newer = world.apply(world.build_recipient("000101100026"), place.office)
    seal(SECOND_NIGHT)
    first, second = JournalRoot.objects.all()
    assert second.previous_hash == first.hash
    assert list(second.heads.values_list("case_pk", flat=True)) == [newer.pk]
    assert (second.cases, second.registers.get().last) == (3, 3)
    assert verify() == {}


def test_missed_nights_are_covered_by_the_next_root(sealed):
    seal("2026-04-02 00:01")
    root = JournalRoot.objects.last()
    assert (root.first_night, root.night) == (date(2026, 3, 28), date(2026, 4, 1))
    assert verify(at="2026-04-02 09:00") == {}


@pytest.mark.parametrize("table", ["roots_journalroot", "roots_sealedhead", "roots_sealedregister"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET root_id = 1", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_a_root(sealed, table, statement):
    column = "number" if table == "roots_journalroot" else "root_id"
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        sql(statement.replace("root_id", column).format(table))


# --- tampering with the journal ---


def test_an_edited_entry_is_found(sealed):
    with unguarded("cases_journalentry"):
        JournalEntry.objects.filter(case=sealed, number=3).update(move="grant")
    assert verify() == {"edited entry": f"{sealed.number}: entry 3 has been edited"}


def test_an_entry_edited_with_all_that_follows_is_found_by_the_root(sealed):
    entries = entries_of(sealed)
    entries[2]["move"] = "grant"
    rewrite(sealed, entries)
    assert journal.first_fault(Case.objects.get(pk=sealed.pk)) == ""
    last = len(entries)
    told = {"rewritten journal": f"{sealed.number}: entry {last} is not the one that root 1 (2026-03-27) had"}
    assert verify() == verify("--case", sealed.number) == told


def test_a_missing_entry_is_found(sealed):
    with unguarded("cases_journalentry"), unguarded("cases_journalfacts"):
        JournalFacts.objects.filter(entry__case=sealed, entry__number=3).delete()
        JournalEntry.objects.filter(case=sealed, number=3).delete()
    assert verify() == {"missing entry": f"{sealed.number}: entry 3 is missing"}


def test_an_inserted_entry_is_found(sealed):
    entries = entries_of(sealed)
    rewrite(sealed, entries[:3] + [{**entries[3], "move": "withdraw"}] + entries[3:])
    assert set(verify()) == {"rewritten journal"}


def test_an_entry_put_at_the_end_past_the_door_is_found(sealed):
    sheet = Case.objects.get(pk=sealed.pk)
    kept = {"journal_count": sheet.journal_count, "journal_head": sheet.journal_head}
    journal.write(sheet, "withdraw", by=None, at=sheet.submitted_at)
    Case.objects.filter(pk=sheet.pk).update(**kept)
    written = kept["journal_count"]
    assert verify() == {"count": f"{sealed.number}: {written} entries were written, {written + 1} are there"}


def test_a_cut_journal_with_count_and_head_made_to_fit_is_found_by_the_root(sealed):
    entries = list(sealed.journal.order_by("number"))
    with unguarded("cases_journalentry"), unguarded("cases_journalfacts"):
        JournalFacts.objects.filter(entry__in=entries[-2:]).delete()
        JournalEntry.objects.filter(pk__in=[entry.pk for entry in entries[-2:]]).delete()
    Case.objects.filter(pk=sealed.pk).update(journal_count=entries[-3].number, journal_head=entries[-3].hash)
    assert journal.first_fault(Case.objects.get(pk=sealed.pk)) == ""
    told = f"{sealed.number}: the journal was cut; root 1 (2026-03-27) had {len(entries)} entries"
    assert verify() == {"cut journal": told}


def test_a_case_deleted_with_all_its_rows_is_found(sealed):
    delete_with_all_its_rows(sealed)
    assert not Case.objects.filter(pk=sealed.pk).exists()
    RegistrationCounter.objects.update(last=1)  # and its number taken back: the register itself has no gap
    assert not DeferralApplication.objects.filter(pk=sealed.pk).exists()
    found = verify()
    assert found["deleted case"].startswith(f"{sealed.number}: the case is gone; root 1 (2026-03-27) had")
    assert found["register set back"] == "КҚ-03-2026: the register had come to 2 in root 1 (2026-03-27)"
    assert set(found) == {"deleted case", "register set back"}


def test_a_number_used_again_is_found(sealed, user):
    other = Case.objects.exclude(pk=sealed.pk).get()
    number = sealed.number
    Case.objects.filter(pk=sealed.pk).update(number="КҚ-03-2026-000009")
    Case.objects.filter(pk=other.pk).update(number=number)
    assert verify()["changed number"].startswith(other.number)


def test_a_skipped_number_is_found(sealed):
    RegistrationCounter.objects.update(last=3)
    assert verify()["missing number"] == "КҚ-03-2026-000003 is missing"


def test_a_register_taken_away_is_found(sealed):
    RegistrationCounter.objects.all().delete()
    assert set(verify()) == {"register set back", "count of numbers"}


# --- tampering with the roots ---


@pytest.fixture
def two(sealed):
    seal(SECOND_NIGHT)
    return sealed


def test_an_edited_root_is_found(two):
    with unguarded("roots_journalroot"):
        JournalRoot.objects.filter(number=1).update(cases=1)
    assert verify()["edited root"] == "root 1 (2026-03-27) has been edited"


def test_a_root_edited_with_its_hash_is_found_by_its_signature_and_by_the_next(two):
    root = JournalRoot.objects.get(number=1)
    root.cases = 1
    with unguarded("roots_journalroot"):
        JournalRoot.objects.filter(number=1).update(cases=1, hash=sealing.root_hash(root))
    found = verify()
    assert found["signature"].startswith("root 1 (2026-03-27): the signature is not that of the key")
    assert found["unlinked root"] == "root 2 (2026-03-28) does not follow the one before it"


def test_an_edited_seal_is_found(two):
    with unguarded("roots_sealedhead"):
        SealedHead.objects.filter(case_pk=two.pk).update(count=2)
    assert verify()["edited seal"] == "root 1 (2026-03-27): what it sealed has been changed"


def test_a_seal_taken_away_with_its_case_is_found(two):
    with unguarded("roots_sealedhead"):
        SealedHead.objects.filter(case_pk=two.pk).delete()
    assert set(verify()) == {"edited seal", "different copy"}


def test_an_edited_seal_of_a_register_is_found(two):
    with unguarded("roots_sealedregister"):
        SealedRegister.objects.update(last=1)
    assert "edited seal" in verify()


def test_a_root_signed_by_another_key_is_found(two):
    root, foreign = JournalRoot.objects.get(number=2), Ed25519PrivateKey.generate()
    root.key = keys.fingerprint(foreign.public_key())
    root.hash = sealing.root_hash(root)
    changed = {"key": root.key, "hash": root.hash, "signature": foreign.sign(root.hash.encode()).hex()}
    with unguarded("roots_journalroot"):
        JournalRoot.objects.filter(number=2).update(**changed)
    assert verify()["foreign key"] == f"root 2 (2026-03-28) is signed by another key: {root.key[:16]}…"


def test_roots_are_believed_by_the_key_the_auditor_has_at_home(two, tmp_path):
    at_home = tmp_path / "at-home.pub"
    at_home.write_bytes(keys.pem(Ed25519PrivateKey.generate().public_key()))
    assert set(verify("--key", str(at_home))) == {"foreign key"}
    at_home.write_bytes(at_home.read_bytes() + keys.public_path().read_bytes())
    assert verify("--key", str(at_home)) == {}


@pytest.mark.parametrize(("number", "told"), [(1, "root 1 is missing"), (2, "root-00000002.jsonl lies in the other")])
def test_a_missing_root_is_found(two, number, told):
    with unguarded("roots_sealedhead"), unguarded("roots_sealedregister"), unguarded("roots_journalroot"):
        for model in (SealedHead, SealedRegister, RootCopy):
            model.objects.filter(root_id=number).delete()
        sql("DELETE FROM roots_journalroot WHERE number = %s", number)
    assert verify()["missing root"].startswith(told)


# --- copies ---


def test_a_copy_that_differs_is_found(two, elsewhere):
    copy = elsewhere / "root-00000001.jsonl"
    copy.chmod(0o640)
    copy.write_text(copy.read_text().replace(two.number, "КҚ-03-2026-000008"))
    assert verify()["different copy"].startswith("root 1 (2026-03-27): its copy differs in line ")


def test_a_copy_taken_away_is_found(two, elsewhere):
    (elsewhere / "root-00000001.jsonl").unlink()
    assert verify() == {"missing copy": "root 1 (2026-03-27): its copy is not in the other place"}


def test_a_copy_that_failed_is_an_alarm_and_is_made_later(case, settings, tmp_path):
    taken = tmp_path / "a-file"
    taken.touch()
    settings.KAZ_ROOTS_DIR = taken / "below"
    assert seal(FIRST_NIGHT) == (1, 0)
    with world.at("2026-03-28 00:10"):
        assert health()["roots"]["state"] == "red"
        assert health()["state"] == "red"
    settings.KAZ_ROOTS_DIR = tmp_path / "elsewhere"
    assert seal("2026-03-28 00:11") == (1, 1)
    with world.at("2026-03-28 00:12"):
        assert health()["roots"] == {"state": "green", "last": "2026-03-27", "waiting": 0}


def test_another_root_of_the_same_name_is_never_overwritten(case, elsewhere):
    elsewhere.mkdir()
    (elsewhere / "root-00000001.jsonl").write_text("an older one\n")
    assert seal(FIRST_NIGHT) == (1, 0)
    assert RootCopy.objects.get().error == "another root-00000001.jsonl is kept there already"
    assert (elsewhere / "root-00000001.jsonl").read_text() == "an older one\n"


# --- keys ---


def test_the_key_is_made_once_and_is_readable_to_its_owner_only(settings):
    made = keys.fingerprint(keys.signing_key().public_key())
    assert settings.KAZ_ROOTS_KEY.stat().st_mode & 0o777 == 0o600
    assert list(keys.trusted()) == [made] == [keys.fingerprint(keys.signing_key().public_key())]
    with pytest.raises(CommandError, match="a key already"):
        call_command("roots", "--make-key")


def test_in_production_a_missing_key_is_refused_and_never_replaced_unseen(settings, case):
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="no key to sign the roots"):
        seal(FIRST_NIGHT)
    assert not settings.KAZ_ROOTS_KEY.exists()
    assert not JournalRoot.objects.exists()
    call_command("roots", "--make-key")
    assert seal(FIRST_NIGHT) == (1, 1)


def test_the_public_key_is_printed_with_the_last_root(sealed, capsys):
    call_command("roots")
    told = capsys.readouterr().out
    assert JournalRoot.objects.get().hash in told
    assert "-----BEGIN PUBLIC KEY-----" in told


# --- size ---


def test_sealing_reads_the_cases_page_by_page(sealed, monkeypatch):
    monkeypatch.setattr(sealing, "A_BATCH", 1)
    Case.objects.update(journal_head="0" * 64)
    seal(SECOND_NIGHT)
    assert JournalRoot.objects.last().heads.count() == 2
