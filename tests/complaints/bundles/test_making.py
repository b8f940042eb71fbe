"""A case file is made once, by one worker, and never half; who may order it, and what its journal says of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError, transaction

from complaints.bundles import making, service
from complaints.bundles.archive import Archive
from complaints.bundles.models import MOST_ATTEMPTS, CaseBundle
from kazservices import clock
from kazservices.cases.models import Case, CaseParty
from kazservices.cases.roots import keys
from kazservices.documents import papers
from kazservices.flow import sweeps
from kazservices.offices.actors import SYSTEM
from kazservices.offices.models import Office
from kazservices.offices.roles import Role
from tests import world

from .conftest import content_of, made, manifest_of, run

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker is gone: nothing of it runs any more."""


@pytest.fixture
def filed(place, user):
    with world.at("2026-03-20 17:00"):
        return world.apply(user, place.office)


@pytest.fixture
def above(place):
    """Who considers complaints in the body above, once the case has been forwarded there."""
    office = Office.objects.get(code="01")
    return {role: world.build_staff(office, f"above-{role}", role) for role in (Role.CLERK, Role.OPERATOR)}


def forward(case, part=CaseParty.Part.SUPERIOR_BODY):
    office = Office.objects.get(code="01")
    CaseParty.objects.create(case_id=case.pk, office=office, part=part, since=clock.now(), norm="CONS-14-2")


def files_kept():
    folders, _ = default_storage.listdir("case-files")
    return [name for one in folders for name in default_storage.listdir(f"case-files/{one}")[1]]


# --- order and journal ---


@pytest.mark.norm("CONS-14-2")
def test_the_journal_says_who_ordered_it_and_what_was_made(filed, place):
    bundle = made(filed, place.clerk, at="2026-03-24 10:00")
    ordered, done = filed.journal.select_related("kept").filter(move__startswith="file_").order_by("number")
    assert (ordered.actor, ordered.norm, ordered.kept.facts["file"]) == (place.clerk, "CONS-14-2", bundle.pk)
    told = {"sha256": bundle.sha256, "size": bundle.size, "key_id": bundle.key_id, "verifier": bundle.verifier}
    assert (done.actor, told.items() <= done.kept.facts.items()) == (None, True)
    assert bundle.key_id == keys.fingerprint(keys.signing_key().public_key())
    assert bundle.heads == {filed.number: [ordered.number, ordered.hash]}
    assert (bundle.done, bundle.total) == (bundle.total, bundle.total)
    assert bundle.total > 10


@pytest.mark.norm("CONS-14-2")
def test_several_cases_lie_in_one_archive_and_each_journal_says_so(filed, place, tmp_path):
    with world.at("2026-03-20 17:10"):
        other = world.apply(world.build_recipient("000101100006"), place.office)
    bundle = made(filed, SYSTEM, at="2026-03-24 10:00", with_cases=[other])
    content = content_of(bundle)
    assert [case["number"] for case in manifest_of(content)["cases"]] == [filed.number, other.number]
    (tmp_path / "file.zip").write_bytes(content)
    done = run(tmp_path, content, "file.zip")
    assert done.returncode == 0, done.stdout
    assert f"Journal of {other.number}" in done.stdout
    assert other.journal.filter(move="file_made").exists()


def test_pages_are_counted_through_the_whole_file(filed, place):
    papers.render_waiting()
    manifest = manifest_of(content_of(made(filed, place.clerk, at="2026-03-24 10:00")))
    spans = [one["pages"] for one in manifest["files"] if "pages" in one]
    assert spans[0][0] == 1
    assert all(before[1] + 1 == after[0] for before, after in zip(spans, spans[1:], strict=False))
    assert spans[-1][1] == manifest["pages"]
    kinds = {one["kind"] for one in manifest["files"] if "pages" in one}
    assert {"document", "paper", "notice sheets", "journal sheets"} <= kinds


# --- who may ---


@pytest.mark.parametrize("who", ["clerk", "secretary", "chair", "deputy", "head", "auditor"])
def test_whoever_sees_the_whole_case_at_the_office_may_order_its_file(filed, place, who):
    assert service.order(filed, by=getattr(place, who)).state == "waiting"


@pytest.mark.parametrize("who", ["member1", "operator"])
def test_a_member_who_must_not_see_the_others_votes_and_an_operator_may_not(filed, place, who):
    with pytest.raises(PermissionDenied):
        service.order(filed, by=getattr(place, who))
    assert not CaseBundle.objects.exists()


@pytest.mark.norm("CONS-14-2")
def test_the_body_above_may_as_long_as_the_case_lies_with_it_and_only_those_who_handle_cases(filed, above, user):
    for person in (*above.values(), user):
        with pytest.raises(PermissionDenied):
            service.order(filed, by=person)
    forward(filed)
    bundle = made(Case.objects.get(pk=filed.pk), above[Role.CLERK], at="2026-03-24 10:00")
    with pytest.raises(PermissionDenied):
        service.order(Case.objects.get(pk=filed.pk), by=above[Role.OPERATOR])
    assert service.take(bundle, by=above[Role.CLERK]).size == bundle.size
    assert filed.readings.get(part="file").user == above[Role.CLERK]


def test_who_sees_one_of_two_cases_takes_no_file_of_both(filed, place, above):
    with world.at("2026-03-20 17:10"):
        other = world.apply(world.build_recipient("000101100006"), place.office)
    bundle = made(filed, SYSTEM, at="2026-03-24 10:00", with_cases=[other])
    forward(filed)
    with pytest.raises(PermissionDenied):
        service.take(bundle, by=above[Role.CLERK])
    with pytest.raises(PermissionDenied):
        service.order(Case.objects.get(pk=filed.pk), by=above[Role.CLERK], with_cases=[other])
    assert not filed.readings.filter(part="file").exists()


# --- once, and never half ---


def test_two_orders_are_one_while_it_is_made(filed, place):
    with world.at("2026-03-24 10:00"):
        first, second = (service.order(filed, by=person) for person in (place.clerk, place.head))
    assert first == second
    assert filed.journal.filter(move="file_ordered").count() == 1
    twin = CaseBundle(case_id=filed.pk, scope=first.scope, ordered_at=first.ordered_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    assert service.order(filed, by=place.clerk, with_losses=True) != first


@pytest.mark.norm("CONS-14-2")
def test_a_worker_is_called_as_soon_as_the_order_is_committed(
    filed, place, monkeypatch, django_capture_on_commit_callbacks
):
    called = []
    monkeypatch.setattr(service.make_file, "delay", called.append)
    with world.at("2026-03-24 10:00"), django_capture_on_commit_callbacks(execute=True):
        bundle = service.order(filed, by=place.clerk)
    assert called == [bundle.pk]


def test_the_sweep_makes_what_waits_once(filed, place):
    with world.at("2026-03-24 10:00"):
        service.order(filed, by=place.clerk)
        assert [sweeps.run("case_files").acted for _ in range(2)] == [1, 0]
    assert filed.journal.filter(move="file_made").count() == 1


@pytest.mark.norm("CONS-14-2")
@pytest.mark.parametrize("where", ["while it is written", "between storage and row"])
def test_a_killed_worker_leaves_nothing_and_the_next_one_makes_one_archive(filed, place, monkeypatch, where):
    def killed(*_args, **_named):
        raise Killed

    with world.at("2026-03-24 10:00"), monkeypatch.context() as patch:
        bundle = service.order(filed, by=place.clerk)
        if where == "while it is written":
            patch.setattr(Archive, "close", killed)
        else:
            patch.setattr(making, "_finish", killed)
            patch.setattr(default_storage, "delete", lambda name: None)  # he does not come to it
        with pytest.raises(Killed):
            making.make(bundle.pk)
    with world.at("2026-03-24 10:01"):
        assert making.make_waiting() == (0, 0)  # his lease has not ended
    with world.at("2026-03-24 10:03"):
        assert making.make_waiting() == (1, 1)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.attempts, len(files_kept())) == ("ready", 2, 1)
    assert filed.journal.filter(move="file_made").count() == 1


@pytest.mark.norm("CONS-14-2")
@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("may_ask", [True, False])
def test_an_archive_is_thrown_away_only_by_who_knows_that_no_row_names_it(
    filed, place, monkeypatch, committed, may_ask
):
    """The answer to a commit can be lost: the database is restarted, or the worker's time is over at that moment."""
    finish, locked = making._finish, CaseBundle.objects.select_for_update

    def deaf(*how):
        if committed:
            finish(*how)
        raise OperationalError("server closed the connection unexpectedly")

    with world.at("2026-03-24 10:00"), monkeypatch.context() as patch:
        bundle = service.order(filed, by=place.clerk)
        patch.setattr(making, "_finish", deaf)
        patch.setattr(CaseBundle.objects, "select_for_update", locked if may_ask else deaf_to_questions)
        assert making.make_waiting() == (1, 0)
    assert len(files_kept()) == (committed or not may_ask)
    with world.at("2026-03-24 10:03"):
        assert making.make_waiting() == ((0, 0) if committed else (1, 1))
    bundle.refresh_from_db()
    assert bundle.is_ready
    assert files_kept() == [bundle.file.name.rpartition("/")[2]]
    assert filed.journal.filter(move="file_made").count() == 1


def deaf_to_questions():
    raise OperationalError("the database system is starting up")


def test_a_worker_that_slept_beyond_its_lease_gives_way(filed, place, monkeypatch):
    with world.at("2026-03-24 10:00"):
        bundle = service.order(filed, by=place.clerk)
    add, overtaken = Archive.add, []

    def slept(archive, item, folder):
        if not overtaken:
            overtaken.append(True)
            with world.at("2026-03-24 10:05"):
                overtaken.append(making.make(bundle.pk))
        return add(archive, item, folder)

    monkeypatch.setattr(Archive, "add", slept)
    with world.at("2026-03-24 10:00"):
        assert making.make(bundle.pk) is False
    bundle.refresh_from_db()
    assert (overtaken[1], bundle.state, bundle.attempts, len(files_kept())) == (True, "ready", 2, 1)


@pytest.mark.norm("CONS-14-2")
def test_what_fails_again_and_again_is_told_and_may_be_ordered_anew(filed, place, monkeypatch):
    def broken(*_args, **_named):
        raise OSError("no space")

    with world.at("2026-03-24 10:00"), monkeypatch.context() as patch:
        bundle = service.order(filed, by=place.clerk)
        patch.setattr(Archive, "close", broken)
        for attempt in range(MOST_ATTEMPTS + 1):
            with clock.fixed_at(bundle.ordered_at + attempt * timedelta(minutes=3)):
                making.make_waiting()
    bundle.refresh_from_db()
    assert (bundle.state, bundle.fault) == ("failed", "technical")
    assert made(filed, place.clerk, at="2026-03-24 12:00").is_ready
