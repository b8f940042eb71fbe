"""The page of a case: what it shows, what it hides, and that every opening leaves a line."""

import pytest
from django.urls import reverse

from kazservices.cases import journal
from kazservices.cases.models import CaseReading, JournalFacts
from tests import world
from tests.backoffice.conftest import page_of
from tests.guards import unguarded


@pytest.fixture
def case(place, recipient):
    return world.to_opinions(recipient, place)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "to", [world.to_members, world.to_opinions, world.to_hearing, world.to_heard, world.to_refused]
)
def test_the_page_stands_in_every_state_and_language(place, recipient, desk, to, language):
    case = to(recipient, place)
    with world.at("2026-04-02 16:00"):
        for who in (place.chair, place.secretary, place.member1, place.head, place.auditor, place.clerk):
            page = desk(who, language).get(page_of(case))
            assert page.status_code == 200
            assert f'<html lang="{language}">' in page.content.decode()


def test_every_opening_is_noted(case, place, desk):
    with world.at("2026-03-30 10:00"):
        desk(place.auditor).get(page_of(case))
        desk(place.chair).get(reverse("admin:file", args=[case.ref, case.attachments.first().pk]))
    rows = CaseReading.objects.filter(case_id=case.pk).values_list("user", "part")
    assert set(rows) == {(place.auditor.pk, "case"), (place.chair.pk, "documents")}


def test_name_and_iin_are_shown_on_demand_and_the_journal_says_so(case, place, recipient, desk):
    client, other = desk(place.chair), desk(place.secretary)
    with world.at("2026-03-30 10:00"):
        hidden = client.get(page_of(case)).content.decode()
        assert recipient.iin not in hidden
        assert recipient.full_name not in hidden
        assert client.get(reverse("admin:show", args=[case.ref])).status_code == 405
        answer = client.post(reverse("admin:show", args=[case.ref]))
        shown = client.get(answer.url).content.decode()
        assert recipient.iin in shown
        assert recipient.full_name in shown
        assert recipient.iin not in other.get(page_of(case)).content.decode()
    with world.at("2026-03-30 10:16"):
        assert recipient.iin not in client.get(page_of(case)).content.decode()
    assert case.journal.get(move="person_shown").actor == place.chair
    case.refresh_from_db()
    assert journal.first_fault(case) == ""


def test_moves_are_offered_greyed_with_a_reason_or_not_at_all(place, recipient, desk):
    case = world.to_hearing(recipient, place)
    with world.at("2026-03-31 10:00"):
        moves = desk(place.secretary).get(page_of(case)).context["moves"]
    names = {kind: {choice.move.name for choice in found} for kind, found in moves.items()}
    assert {"postpone_hearing", "recuse"} <= names["others"]
    assert "record_hearing" in names["closed"]
    assert all(choice.reason for choice in moves["closed"])
    assert "grant" not in names["leading"] | names["others"] | names["closed"] | names["elsewhere"]


@pytest.mark.norm("CONS-10-3")
def test_a_member_reads_the_others_only_after_himself(place, recipient, desk):
    case = world.to_members(recipient, place)
    client = desk(place.member2)
    with world.at("2026-03-27 10:00"):
        world.make(case, "give_opinion", place.member1, decision="refuse", ground="2", motive="Құпия дәлел")
        before = client.get(page_of(case)).content.decode()
        board = client.get(reverse("admin:commission")).context["agenda"][0][1]
        world.make(case, "give_opinion", place.member2, decision="approve")
        after = client.get(page_of(case)).content.decode()
        board_after = client.get(reverse("admin:commission")).context["agenda"][0][1]
    assert "Құпия дәлел" not in before
    assert "Құпия дәлел" in after
    assert [vote.state for vote in board.votes].count("closed") == 1
    assert sorted(vote.state for vote in board_after.votes) == ["against", "awaited", "for"]


@pytest.mark.norm("CONS-10-6")
def test_every_clock_stands_there_and_each_date_can_be_asked_why(case, place, desk):
    client = desk(place.chair)
    with world.at("2026-03-30 10:00"):
        page = client.get(page_of(case))
        notice = case.deadlines.get(rule="deferral.hearing_notice")
        why = client.get(f"{page_of(case)}?why={notice.pk}").context["why"]
        unknown = client.get(f"{page_of(case)}?why=%D9%A3x")
    assert len(page.context["clocks"]) == 7
    assert (why["due"].isoformat(), [day.counted for day in why["days"]].count(True)) == ("2026-03-30", 3)
    assert unknown.status_code == 200


def test_a_file_is_looked_at_and_never_run(case, place, desk):
    attachment = case.attachments.first()
    answer = desk(place.chair).get(reverse("admin:file", args=[case.ref, attachment.pk]))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"].startswith("private")
    assert answer["Content-Type"] == "image/png"
    attachment.content_type = "text/html"
    attachment.save()
    other = desk(place.chair).get(reverse("admin:file", args=[case.ref, attachment.pk]))
    assert other["Content-Type"] == "application/octet-stream"
    assert other["Content-Disposition"].startswith("attachment")


def test_a_file_of_another_case_is_not_behind_this_one(case, place, desk):
    other = world.to_members(world.build_recipient("000101100099"), place)
    address = reverse("admin:file", args=[case.ref, other.attachments.first().pk])
    assert desk(place.chair).get(address).status_code == 404


def test_the_neighbours_in_the_queue_are_one_key_away(case, place, desk):
    other = world.to_members(world.build_recipient("000101100099"), place)
    with world.at("2026-03-27 17:00"):
        page = desk(place.chair).get(page_of(other)).context
    assert (page["before_url"], page["after_url"]) == ("", page_of(case))


def test_a_line_whose_facts_were_erased_says_so_and_so_does_the_line_that_erased_them(case, place, desk):
    with world.at("2026-03-30 10:00"):
        erased = case.journal.get(move="hand_over")
        journal.erase(erased, by=place.operator, reason="A court has ordered it.")
        page = desk(place.auditor, "en").get(page_of(case))
    told = {event.words: event for event in page.context["story"]}
    line = told["The facts of an earlier line were erased"]
    assert (line.detail, line.by) == ("Line 2. A court has ordered it.", place.operator.full_name)
    assert [event.at for event in page.context["story"] if "its facts were erased" in event.detail] == [erased.at]
    assert "Line 2: its facts were erased" in page.content.decode()
    assert page.context["chain"]["fault"] == ""


def test_a_line_whose_facts_are_missing_is_still_told_and_the_chain_is_said_to_be_broken(case, place, desk):
    with unguarded("cases_journalfacts"):
        JournalFacts.objects.filter(entry__case_id=case.pk).delete()
    with world.at("2026-03-30 10:00"):
        page = desk(place.auditor).get(page_of(case))
    assert "the facts of entry 1 have been edited" in page.context["chain"]["fault"]


def test_a_broken_chain_is_said_on_the_page(case, place, desk):
    type(case).objects.filter(pk=case.pk).update(journal_count=99)
    page = desk(place.auditor).get(page_of(case)).content.decode()
    assert "Цепочка журнала нарушена" in page


def test_a_file_is_looked_at_beside_the_form_or_taken_along(case, place, desk):
    client = desk(place.chair)
    with world.at("2026-03-30 10:00"):
        page = client.get(page_of(case)).content.decode()
        address = reverse("admin:file", args=[case.ref, case.attachments.first().pk])
        assert f'<img class="picture-frame" src="{address}"' in page
        assert client.get(f"{address}?download=1")["Content-Disposition"].startswith("attachment")
        assert client.get(address)["Content-Disposition"].startswith("inline")


def test_an_unused_term_of_the_applicant_is_nobodys_breach(place, recipient, desk):
    case = world.to_refused(recipient, place)
    with world.at("2026-04-02 16:00"):
        page = desk(place.chair).get(page_of(case)).context
    chips = {piece.norm: (piece.chip.kind, str(piece.note)) for piece in page["clocks"]}
    assert chips["GAP-35"] == ("wait", "срок самого заявителя")
    assert "bad" not in {kind for kind, _note in chips.values()}
