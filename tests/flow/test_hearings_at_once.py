"""A hearing set while its day is published as off: set anew, or one of the two is told; none stands on a day off."""

import pytest

from calendars.models import Revision
from conscription.models import Hearing
from kazservices.documents import papers
from kazservices.flow import revisions
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import PaperOutdated
from kazservices.offices.roles import Role
from tests import world
from tests.flow.test_revisions import MONDAY, day_off, heard_on_monday, proposed
from tests.hands import meanwhile

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
AT = "2026-03-26 15:00"
FLOW = "kazservices.flow"


@pytest.fixture
def second(place):
    return world.build_staff(place.office, "operator2", Role.OPERATOR)


def calling(user, place):
    """The chair has signed; all that is left is to call the hearing on Mon 30 March."""
    with world.at("2026-03-26 10:00"):
        case = world.apply(user, place.office)
        case = world.make(case, "send_to_members", place.chair)
        for member in place.members:
            case = world.make(case, "give_opinion", member, decision="refuse", ground="2", motive="Мерзімі өткен.")
    with world.at("2026-03-26 14:00"):
        paper = prepare(
            case, "call_hearing", by=place.chair, grounds=["2"], motive="Мерзімі өткен.", place="214-кабинет",
            held_at=world.local("2026-03-30 11:00"), way="in_person",
        )  # fmt: skip
        papers.render(paper.pk)
        paper.refresh_from_db()
        papers.sign(paper, by=place.chair, sha256=paper.sha256)
    return lambda: advance(case, "call_hearing", by=place.chair, document=paper)


def publishing(place, second, *days):
    with world.at("2026-03-26 14:30"):
        proposal = proposed(place, *map(day_off, days))
        view = revisions.preview(proposal)
    hearings = {one.case_id: one.proposed_at for one in view.hearings}
    return lambda: revisions.publish(proposal, second, digest=view.digest, hearings=hearings)


def none_stands_on_a_day_off():
    for hearing in Hearing.objects.filter(status=Hearing.Status.APPOINTED).select_related("case__office"):
        time = hearing.case.time
        assert time.days.is_working(time.local(hearing.held_at).date())


def test_who_publishes_while_a_hearing_is_called_for_that_day_is_told_to_look_again(user, place, second):
    call, publish = calling(user, place), publishing(place, second, MONDAY)
    called, told = meanwhile(AT, call, publish, before=f"{FLOW}.door.enter")
    assert called.hearings.get().held_at.isoformat() == "2026-03-30T06:00:00+00:00"
    assert isinstance(told, revisions.PreviewChanged)
    none_stands_on_a_day_off()


def test_a_hearing_is_not_called_for_a_day_that_is_being_published_as_off(user, place, second):
    call, publish = calling(user, place), publishing(place, second, MONDAY)
    published, told = meanwhile(AT, publish, call, before=f"{FLOW}.revisions._set_anew")
    assert isinstance(published, Revision)
    assert isinstance(told, PaperOutdated)
    none_stands_on_a_day_off()


def test_a_hearing_postponed_while_its_day_is_published_as_off_stands_on_a_working_day(user, place, second):
    case = heard_on_monday(user, place)
    publish = publishing(place, second, MONDAY)

    def postpone():
        return advance(
            case, "postpone_hearing", by=place.secretary, held_at=world.local("2026-03-30 15:00"), place="101",
            way="in_person", reason="Зал бос емес.",
        )  # fmt: skip

    published, told = meanwhile(AT, publish, postpone, before=f"{FLOW}.revisions._set_anew")
    assert isinstance(published, Revision)
    assert set(told.message_dict) == {"held_at"}
    none_stands_on_a_day_off()
