"""The second person at the desk: he confirms exactly what he was shown, or nothing is published."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from calendars import proposals
from calendars.models import DayShift, Proposal
from calendars.service import current_revision
from calendars.service import publish as publish_days
from kazservices.deadlines.models import Recount
from kazservices.flow import recounts
from kazservices.offices.roles import Role
from tests import world

pytestmark = pytest.mark.set_ups

ACT = {"issuer": "government", "act_number": "215", "act_date": date(2026, 3, 26), "source": "adilet.zan.kz"}
WEDNESDAY, THURSDAY = date(2026, 4, 1), date(2026, 4, 2)


@pytest.fixture
def second(place):
    return world.build_staff(place.office, "operator2", Role.OPERATOR)


@pytest.fixture
def case(place, recipient):
    """Its hearing is appointed for Wed 1 April, 11:00; its term ends on Thu 2 April."""
    return world.to_hearing(recipient, place)


@pytest.fixture
def proposed(place, case):
    """Wed 1 April becomes a day off."""
    with world.at("2026-03-30 15:00"):
        return propose(place, WEDNESDAY)


@pytest.fixture(autouse=True)
def _now(case):
    with world.at("2026-03-30 16:00"):
        yield


def propose(place, *days):
    proposal = proposals.begin(place.operator.username, note="1 сәуір")
    proposals.add(proposal, [DayShift(date=day, kind="day_off", **ACT) for day in days], place.operator.username)
    proposals.propose(proposal, place.operator.username)
    return proposal


def preview_of(proposal):
    return reverse("admin:calendar-preview", args=[proposal.pk])


def confirmation(client, proposal, **typed):
    """The form as the page sends it."""
    context = client.get(preview_of(proposal)).context
    moments = {f"hearing_{one.case_id}": f"{one.proposed_at:%Y-%m-%dT%H:%M}" for one in context["view"].hearings}
    return {"act": "publish", "digest": context["view"].digest, **moments, **typed}


def test_the_preview_tells_numbers_and_no_person(desk, proposed, case, recipient, second):
    said = desk(second).get(preview_of(proposed)).content.decode()
    file = b"".join(
        desk(second).get(reverse("admin:calendar-preview-file", args=[proposed.pk])).streaming_content
    ).decode()
    for told in (said, file):
        assert case.number in told
        assert recipient.full_name not in told
        assert recipient.iin not in told
    assert said.index('id="hearings"') < said.index('id="moves"')  # what breaks, before what moves


def test_what_is_decided_has_no_preview_any_more_neither_as_a_page_nor_as_a_file(desk, place, second, proposed):
    file = reverse("admin:calendar-preview-file", args=[proposed.pk])
    given_up = propose(place, THURSDAY)
    proposals.discard(given_up, second.username)
    desk(second).post(preview_of(proposed), confirmation(desk(second), proposed))
    published = reverse("admin:calendar-revision", args=[current_revision()])
    assert [desk(second).get(address).url for address in (preview_of(proposed), file)] == [published, published]
    draft = reverse("admin:calendar-draft", args=[given_up.pk])
    file = reverse("admin:calendar-preview-file", args=[given_up.pk])
    assert [desk(second).get(address).url for address in (preview_of(given_up), file)] == [draft, draft]


def test_the_preview_counts_by_office_service_and_clock(desk, proposed, second, place):
    context = desk(second).get(preview_of(proposed)).context
    assert (context["cases"], len(context["view"].moved)) == (1, 3)
    assert sum(n for _name, n in context["offices"]) == 3
    assert sum(n for _name, n in context["services"]) == 3
    assert sum(n for _name, n in context["rules"]) == 3


def test_the_drafter_sees_a_grey_button_with_its_reason_and_his_hand_made_post_publishes_nothing(
    place, desk, proposed, second
):
    client, before = desk(place.operator), current_revision()
    said = client.get(preview_of(proposed)).content.decode()
    assert 'disabled aria-describedby="why-not"' in said
    assert 'value="publish"' not in said
    answer = client.post(preview_of(proposed), confirmation(client, proposed))
    assert (answer.status_code, current_revision()) == (422, before)


def test_a_second_operator_publishes_and_sees_how_far_the_recount_has_come(place, desk, proposed, second, case):
    client, before = desk(second), current_revision()
    answer = client.post(preview_of(proposed), confirmation(client, proposed))
    assert answer.url == reverse("admin:calendar-revision", args=[before + 1])
    page = client.get(answer.url)
    assert (page["Refresh"], page.context["recount"].state) == ("3", Recount.State.WAITING)
    assert "Refresh" not in client.get(answer.url + "?still=1")
    recounts.run_waiting()
    page = client.get(answer.url)
    assert "Refresh" not in page
    assert (page.context["recount"].done, page.context["recount"].total) == (3, 3)
    listed = client.get(reverse("admin:calendar-revisions")).content.decode()
    assert place.operator.full_name in listed
    assert second.full_name in listed
    assert client.get(preview_of(proposed)).url == answer.url


def test_the_hearing_is_set_for_the_moment_that_was_chosen(desk, proposed, second, case, place):
    client = desk(second)
    chosen = {f"hearing_{case.pk}": "2026-04-02T15:00"}  # Thu, after lunch; proposed was 11:00
    assert client.post(preview_of(proposed), confirmation(client, proposed, **chosen)).status_code == 302
    held_at = type(case).objects.get(pk=case.pk).hearings.last().held_at
    assert held_at.astimezone(world.ALMATY) == datetime(2026, 4, 2, 15, tzinfo=world.ALMATY)


@pytest.mark.parametrize(
    "moment",
    ["", "abc", "2026-04-01T11:00", "2026-04-02T13:30", "2026-04-02T22:00", "2026-03-20T11:00", "2027-04-01T11:00"],
)
def test_a_bad_moment_of_a_hearing_is_told_at_its_field_and_nothing_is_published(desk, proposed, second, case, moment):
    """Empty, no moment, the day off itself, lunch, the night, the past, and after the term."""
    client, before = desk(second), current_revision()
    answer = client.post(preview_of(proposed), confirmation(client, proposed, **{f"hearing_{case.pk}": moment}))
    assert answer.status_code == 422
    assert f"hearing_{case.pk}" in answer.context["form"].errors
    assert current_revision() == before
    proposed.refresh_from_db()
    assert proposed.state == Proposal.State.PROPOSED


def test_when_the_calendar_has_changed_meanwhile_the_fresh_preview_is_shown_with_what_was_typed(
    desk, proposed, second, case
):
    client = desk(second)
    sent = confirmation(client, proposed, **{f"hearing_{case.pk}": "2026-04-02T16:00"})
    publish_days([DayShift(date=date(2026, 6, 1), kind="day_off", **ACT)], by="third")
    before = current_revision()
    answer = client.post(preview_of(proposed), sent)
    assert (answer.status_code, current_revision()) == (409, before)
    said = answer.content.decode()
    assert answer.context["view"].digest != sent["digest"]
    assert answer.context["view"].digest in said
    assert "2026-04-02T16:00" in said
    again = client.post(preview_of(proposed), confirmation(client, proposed))
    assert (again.status_code, current_revision()) == (302, before + 1)


def test_a_hearing_appointed_meanwhile_is_seen_before_anything_is_published(desk, place, second, proposed):
    client, before = desk(second), current_revision()
    sent = confirmation(client, proposed)
    world.to_hearing(world.build_recipient("000101100006"), place)
    assert client.post(preview_of(proposed), sent).status_code == 409
    assert current_revision() == before


def test_a_draft_is_not_published_by_a_hand_made_post(desk, place, second, proposed):
    client, before = desk(second), current_revision()
    sent = confirmation(client, proposed)
    proposals.take_back(proposed, place.operator.username)
    assert client.post(preview_of(proposed), sent).status_code == 422
    assert current_revision() == before


def test_an_empty_draft_is_not_proposed(desk, place):
    proposal = proposals.begin(place.operator.username, note="бос")
    desk(place.operator).post(preview_of(proposal), {"act": "propose"})
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.DRAFT


def test_the_second_person_may_refuse_with_a_reason(desk, place, second, proposed):
    answer = desk(second).post(
        reverse("admin:calendar-draft", args=[proposed.pk]), {"act": "discard", "reason": "Акт жарияланған жоқ"}
    )
    proposed.refresh_from_db()
    assert (answer.status_code, proposed.state, proposed.decided_by) == (302, "discarded", second.username)


def test_the_menu_counts_what_waits_for_this_operator(desk, place, second, proposed):
    def waiting(user):
        menu = desk(user).get(reverse("admin:calendar")).context["menu"]
        return next(entry["count"] for entry in menu if entry["url"] == reverse("admin:calendar"))

    assert (waiting(second), waiting(place.operator), waiting(place.clerk)) == (1, None, None)
