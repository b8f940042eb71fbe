"""Dates of cases for a calendar, and a date as it was known on a day: those of the pages."""

from datetime import date

import pytest
from icalendar import Calendar

from calendars import proposals
from calendars.models import DayShift
from kazservices.flow import recounts, revisions
from tests import world
from tests.api.conftest import program
from tests.conftest import on

pytestmark = pytest.mark.django_db
TUESDAY = "2026-03-31 12:00"


def test_a_program_takes_the_dates_that_the_page_gives(user, place, client):
    case = world.to_hearing(user, place)
    client.force_login(user)
    with on(TUESDAY):
        for name in ("dates", "hearing", "result"):
            only = {} if name == "dates" else {"only": name}
            answer = program(user, language="kk").get(f"cases/{case.ref}/dates.ics", only)
            page = client.get(f"/cases/{case.ref}/{name}.ics", headers={"accept-language": "kk"})
            assert answer["Content-Type"] == "text/calendar; charset=utf-8"
            assert answer.content == page.content
            assert answer["Content-Disposition"] == page["Content-Disposition"]


def test_the_office_takes_no_terms_of_the_citizen_and_a_stranger_nothing(user, place, other_place):
    case = world.to_hearing(user, place)
    with on(TUESDAY):
        for_office = program(place.chair, place.office).get(f"cases/{case.ref}/dates.ics").content
        strange = program(other_place.chair, other_place.office).get(f"cases/{case.ref}/dates.ics")
        own = program(user).get(f"cases/{case.ref}/dates.ics").content
    assert len(Calendar.from_ical(for_office).events) < len(Calendar.from_ical(own).events)
    assert strange.status_code == 404


def test_the_commission_takes_its_hearings_and_a_clerk_does_not(user, place, client):
    world.to_hearing(user, place)
    client.force_login(place.chair)
    with on(TUESDAY):
        chair = program(place.chair, place.office, language="kk")
        week, day = (chair.get("cases/hearings.ics", {"span": span}) for span in ("week", "day"))
        page = client.get("/admin/commission/hearings.ics", headers={"accept-language": "kk"})
        clerk = program(place.clerk, place.office).get("cases/hearings.ics")
        himself = program(user).get("cases/hearings.ics")
    assert week.content == page.content
    assert (len(Calendar.from_ical(week.content).events), len(Calendar.from_ical(day.content).events)) == (1, 0)
    assert (clerk.status_code, himself.status_code) == (403, 403)


ACT = {"issuer": "government", "act_number": "215", "act_date": date(2026, 3, 26), "source": "adilet.zan.kz"}


@pytest.fixture
def moved(user, place):
    """Due Thu 2 April; on Thu 26 March Mon 30 March becomes a day off, so due Fri 3 April."""
    case = world.to_members(user, place)
    second = world.build_staff(place.office, "operator2", "operator")
    with on("2026-03-26 15:00"):
        proposal = proposals.begin(place.operator.username)
        proposals.add(proposal, [DayShift(date=date(2026, 3, 30), kind="day_off", **ACT)], place.operator.username)
        proposals.propose(proposal, place.operator.username)
        view = revisions.preview(proposal)
        revisions.publish(proposal, second, digest=view.digest, hearings={})
        recounts.run_waiting()
    return case


def test_a_date_is_told_as_it_was_known_on_a_day(user, moved):
    address = f"cases/{moved.ref}/clocks/{moved.deadlines.get(rule='deferral.decide').pk}/days/"
    with on("2026-03-27 10:00"):
        now = program(user).get(address).json()
        then = program(user).get(address, {"as_of": "2026-03-25"}).json()
    assert (now[-1]["date"], then[-1]["date"]) == ("2026-04-03", "2026-04-02")
    monday = [next(day for day in days if day["date"] == "2026-03-30") for days in (now, then)]
    assert [day["counted"] for day in monday] == [False, True]
    assert "215" in monday[0]["act"]


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-03-20", 200), ("2026-03-27", 200), ("2026-03-19", 422), ("2026-03-28", 422), ("yesterday", 400)],
)
def test_a_date_is_told_for_the_days_on_which_it_was_known(user, moved, day, status):
    address = f"cases/{moved.ref}/clocks/{moved.deadlines.get(rule='deferral.decide').pk}/days/"
    with on("2026-03-27 10:00"):
        answer = program(user).get(address, {"as_of": day})
    assert answer.status_code == status
    if status != 200:
        assert list(answer.json()["errors"]) == ["as_of"]
