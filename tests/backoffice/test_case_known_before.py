"""The desk and the cabinet explain a date that a revision has moved: as it is counted, and as it was known before."""

from datetime import date

import pytest
from django.urls import reverse

from calendars import proposals
from calendars.models import DayShift
from kazservices.deadlines.history import chosen_day
from kazservices.flow import recounts, revisions
from kazservices.offices.roles import Role
from tests import world

WEDNESDAY = date(2026, 4, 1)
ACT = {"issuer": "government", "act_number": "215", "act_date": date(2026, 3, 31), "source": "adilet.zan.kz"}


@pytest.fixture
def case(place, recipient):
    """Due Thu 2 April; on Tue 31 March Wed 1 April becomes a day off, so due Fri 3 April."""
    case = world.to_hearing(recipient, place)
    second = world.build_staff(place.office, "operator2", Role.OPERATOR)
    with world.at("2026-03-31 10:00"):
        proposal = proposals.begin(place.operator.username)
        proposals.add(proposal, [DayShift(date=WEDNESDAY, kind="day_off", **ACT)], place.operator.username)
        proposals.propose(proposal, place.operator.username)
        view = revisions.preview(proposal)
        chosen = {one.case_id: one.proposed_at for one in view.hearings}
        revisions.publish(proposal, second, digest=view.digest, hearings=chosen)
        recounts.run_waiting()
        yield case


def whole(case):
    return case.deadlines.get(rule="deferral.decide")


def cabinet(case):
    return reverse("portal:why", args=[case.ref, whole(case).pk])


def at_the_desk(case):
    return f"{reverse('admin:case', args=[case.ref])}?why={whole(case).pk}"


def pages(desk, place, recipient, case, asked=""):
    """(cabinet, desk): the explanation of the whole term to the citizen and to the chair."""
    joins = "?" if asked else ""
    yield desk(recipient).get(f"{cabinet(case)}{joins}{asked}").content.decode()
    yield (
        desk(place.chair)
        .get(f"{at_the_desk(case)}&{asked}")
        .content.decode()
        .partition('id="why"')[2]
        .partition('id="journal"')[0]
    )


def test_a_moved_date_says_from_what_to_what_and_by_which_act(desk, place, recipient, case):
    for said in pages(desk, place, recipient, case):
        assert "Почему 3 апреля" in said
        assert "было 2 апреля, четверг, 18:30, стало 3 апреля, пятница, 18:30" in said
        assert "Постановление Правительства Республики Казахстан от 31.03.2026 № 215" in said


def test_a_moved_date_can_be_read_as_it_was_known_the_day_before(desk, place, recipient, case):
    for said in pages(desk, place, recipient, case):
        assert "as_of=2026-03-30#why" in said
        assert "03.04.2026, пт" in said
    for said in pages(desk, place, recipient, case, "as_of=2026-03-30"):
        assert "Почему 2 апреля" in said
        assert "Таким срок был известен 30 марта" in said
        assert "03.04.2026, пт" not in said  # the days of the strip end on Thu 2 April


@pytest.mark.parametrize("wanted", ["", "soon", "2026-03-19", "2026-04-01", "2026-02-30"])
def test_only_a_day_of_the_clocks_own_life_can_be_asked_for(case, wanted):
    clock = whole(case)  # started on Fri 20 March; today is Tue 31 March
    assert chosen_day(clock, wanted, date(2026, 3, 31)) is None


@pytest.mark.parametrize("wanted", ["2026-03-20", "2026-03-31"])
def test_the_first_day_and_today_can_be_asked_for(case, wanted):
    assert chosen_day(whole(case), wanted, date(2026, 3, 31)) == date.fromisoformat(wanted)
