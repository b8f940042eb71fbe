"""A lost document stops the file, is named to whoever ordered it, and never makes forwarding impossible."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from kazservices.documents.models import PaperBytes
from tests import world
from tests.guards import unguarded

from .conftest import content_of, made, manifest_of, run
from .test_making import files_kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(place, user):
    with world.at("2026-03-20 17:00"):
        return world.apply(user, place.office)


@pytest.fixture
def desk(client):
    def enter(person, language="ru"):
        client.force_login(person)
        client.cookies["django_language"] = language
        return client

    return enter


def lose(attachment, instead=None):
    """The bytes go; ``instead``: others lie in their place."""
    name, storage = attachment.file.name, attachment.file.storage
    with storage.open(name) as stored:
        before = stored.read()
    storage.delete(name)
    if instead is not None:
        storage.save(name, ContentFile(instead))
    return before


def put_back(attachment, content):
    attachment.file.storage.delete(attachment.file.name)
    attachment.file.storage.save(attachment.file.name, ContentFile(content))


@pytest.mark.norm("CONS-14-2")
@pytest.mark.parametrize(("instead", "why"), [(None, "gone"), (b"another", "changed")])
def test_a_lost_file_stops_the_making_by_name_and_put_back_it_is_made(filed, place, instead, why):
    file = filed.attachments.get()
    before = lose(file, instead)
    bundle = made(filed, place.clerk, at="2026-03-24 10:00")
    assert (bundle.state, bundle.fault, bundle.sha256) == ("failed", "lost", "")
    (lost,) = bundle.lost
    assert (lost["kind"], lost["why"], lost["sha256"], file.name in lost["title"]) == (
        "document", why, file.sha256, True,
    )  # fmt: skip
    assert not filed.journal.filter(move="file_made").exists()
    put_back(file, before)
    assert made(filed, place.clerk, at="2026-03-24 11:00").is_ready
    assert len(files_kept()) == 1


@pytest.mark.norm("CONS-14-2")
def test_ordered_with_the_losses_named_it_is_made_and_accepted(filed, place, tmp_path):
    file = filed.attachments.get()
    lose(file)
    bundle = made(filed, place.clerk, at="2026-03-24 10:00", with_losses=True)
    content = content_of(bundle)
    (lost,) = manifest_of(content)["lost"]
    assert (lost["sha256"], lost["path"]) == (file.sha256, "case-1/documents/001-study_certificate.png")
    (tmp_path / "file.zip").write_bytes(content)
    done = run(tmp_path, content, "file.zip")
    assert done.returncode == 0
    assert f"LOST BEFORE  {lost['path']} (document): gone; its SHA-256 was {file.sha256}" in done.stdout
    assert "named in the index" in done.stdout
    assert filed.journal.get(move="file_made").kept.facts["lost"] == 1


def test_the_bytes_of_a_paper_may_be_lost_too(filed, place):
    paper = filed.papers.get()
    world.papers.render(paper.pk)
    PaperBytes.objects.filter(paper=paper).delete()
    bundle = made(filed, place.clerk, at="2026-03-24 10:00")
    assert [(one["kind"], one["why"]) for one in bundle.lost] == [("paper", "gone")]


def test_a_journal_that_was_changed_before_is_told_and_named_in_the_index(filed, place, tmp_path):
    with unguarded("cases_journalentry"):
        filed.journal.filter(number=1).update(norm="GAP-99")
    bundle = made(filed, place.clerk, at="2026-03-24 10:00")
    assert [(one["kind"], one["why"][-25:]) for one in bundle.lost] == [("journal", "entry 1 has been edited")] or (
        "entry 1 has been edited" in bundle.lost[0]["why"]
    )
    content = content_of(made(filed, place.clerk, at="2026-03-24 11:00", with_losses=True))
    (tmp_path / "file.zip").write_bytes(content)
    done = run(tmp_path, content, "file.zip")
    assert done.returncode == 0
    assert "BROKEN BEFORE  case-1/journal/journal.jsonl (journal): entry 1 has been edited" in done.stdout


@pytest.mark.norm("CONS-14-2")
def test_at_the_desk_it_is_ordered_watched_told_of_its_loss_and_taken(filed, place, desk):
    page = reverse("admin:case-page", args=[filed.ref, "file"])
    with world.at("2026-03-24 10:00"):
        clerk = desk(place.clerk)
        assert page in clerk.get(reverse("admin:case", args=[filed.ref])).text
        assert "ждёт своей очереди" in clerk.post(page, follow=True).text
        lose(filed.attachments.get())
        world.papers.render_waiting()
    made(filed, place.clerk, at="2026-03-24 10:01")
    with world.at("2026-03-24 10:02"):
        told = clerk.get(page).text
        assert "файла нет" in told
        assert "Справка с места учёбы (anyqtama.png)" in told  # in the reader's language, whatever the case's
        clerk.post(page, {"with_losses": "yes"})
    bundle = made(filed, place.clerk, at="2026-03-24 10:03", with_losses=True)
    with world.at("2026-03-24 10:04"):
        taken = clerk.get(page, {"take": bundle.pk})
        assert b"".join(taken.streaming_content) == content_of(bundle)
        assert (taken["Content-Type"], "no-store" in taken["Cache-Control"]) == ("application/zip", True)
        assert [clerk.get(page, {"take": wrong}).status_code for wrong in ("0", "x", "9" * 30)] == [404] * 3
        assert filed.readings.filter(part="file", user=place.clerk).count() == 1
        statuses = {who: desk(getattr(place, who)).get(page).status_code for who in ("member1", "auditor", "operator")}
    assert statuses == {"member1": 403, "auditor": 200, "operator": 404}
