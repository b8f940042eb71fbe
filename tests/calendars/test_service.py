from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from calendars import proposals, service
from calendars.arithmetic import DayKind, OutOfCalendar
from calendars.models import DayShift, Revision
from calendars.shipped import digest, shipped_calendars, shipped_shifts
from kazservices.clock import fixed_at

pytestmark = pytest.mark.django_db
AUTUMN = datetime(2026, 11, 2, 6, tzinfo=UTC)
FRIDAY, SATURDAY = date(2026, 11, 13), date(2026, 11, 14)


@pytest.fixture(autouse=True)
def _autumn():
    with fixed_at(AUTUMN):
        yield


def draft(day, kind, exchanged_with, **changes):
    row = {"issuer": "labour_ministry", "act_number": "500", "act_date": date(2026, 10, 30), "source": "order"}
    return DayShift(date=day, kind=kind, exchanged_with=exchanged_with, **(row | changes))


def bridge():
    return [draft(FRIDAY, "day_off", SATURDAY), draft(SATURDAY, "works", FRIDAY)]


def test_the_acts_that_come_with_the_program_are_in_force():
    assert service.current_revision() == len(shipped_calendars()) == Revision.objects.count()
    assert DayShift.objects.in_force(service.current_revision()).count() == len(shipped_shifts()) == 12
    assert Revision.objects.first().digest == digest(row.as_shift() for row in shipped_shifts())
    office = service.office_time("akimat")
    assert office.days.is_working(date(2025, 1, 5))
    assert office.days.revision == service.current_revision()
    assert service.office_time("akimat") is office


@pytest.mark.parametrize(("zone", "day"), [("Asia/Almaty", date(2026, 11, 3)), ("UTC", date(2026, 11, 2))])
def test_today_is_the_day_of_the_zone_in_which_the_calendar_is_kept(settings, zone, day):
    settings.TIME_ZONE = zone
    with fixed_at(datetime(2026, 11, 2, 19, 30, tzinfo=UTC)):  # Tue 3 November, 00:30 in Almaty
        assert service.today() == day


def test_a_published_day_off_moves_the_terms_that_touch_it():
    before = service.office_time("akimat")
    revision = service.publish(bridge(), by="operator", note="three days in a row")
    after = service.office_time("akimat")
    assert before.due_working_days(date(2026, 11, 12), 1).date() == FRIDAY
    assert after.due_working_days(date(2026, 11, 12), 1).date() == SATURDAY
    assert (after.days.revision, revision.published_by) == (before.days.revision + 1, "operator")
    assert after.days.day(FRIDAY).kind is DayKind.DAY_OFF_MOVED
    assert after.days.day(FRIDAY).act == "labour_ministry 500 2026-10-30"


def test_a_draft_moves_nothing():
    proposals.add(proposals.begin("operator"), bridge(), "operator")
    assert service.office_time("akimat").days.is_working(FRIDAY)
    assert DayShift.objects.drafts().count() == 2


def test_any_date_is_explained_as_it_was_known():
    service.publish(bridge(), by="operator")
    assert service.office_time("akimat", as_of=date(2026, 11, 1)).days.is_working(FRIDAY)
    assert not service.office_time("akimat", as_of=date(2026, 11, 2)).days.is_working(FRIDAY)
    assert not service.office_time("akimat", as_of=date(2026, 3, 17)).days.is_working(date(2026, 8, 31))
    assert service.office_time("akimat", as_of=date(2026, 3, 18)).days.is_working(date(2026, 8, 31))
    assert service.office_time("akimat", as_of=date(2024, 11, 13)).days.is_working(date(2025, 1, 3))
    assert not service.office_time("akimat", as_of=date(2024, 11, 14)).days.is_working(date(2025, 1, 3))


def test_what_was_not_covered_then_is_an_error_then():
    days = service.office_time("akimat", as_of=date(2024, 6, 1)).days
    assert (days.covered_until, days.provisional_from) == (date(2025, 12, 31), date(2025, 1, 1))
    with pytest.raises(OutOfCalendar):
        days.is_working(date(2026, 3, 20))


def test_a_withdrawn_day_is_kept_and_explained_as_it_was_known():
    published = bridge()
    with fixed_at(datetime(2026, 11, 3, 6, tzinfo=UTC)):
        service.publish(published, by="operator")
    with fixed_at(datetime(2026, 11, 5, 6, tzinfo=UTC)):
        service.publish([], by="operator", withdraw=published)
        assert service.office_time("akimat").days.is_working(FRIDAY)
        assert not service.office_time("akimat", as_of=date(2026, 11, 4)).days.is_working(FRIDAY)
    assert DayShift.objects.filter(date=FRIDAY).count() == 1


def test_a_later_act_for_the_same_day_replaces_the_first():
    service.publish(bridge(), by="operator")
    service.publish([draft(FRIDAY, "works", None, act_number="501")], by="operator")
    assert service.office_time("akimat").days.day(FRIDAY).act == "labour_ministry 501 2026-10-30"
    assert DayShift.objects.filter(date=FRIDAY).count() == 2


def test_two_acts_in_force_for_one_day_are_refused_by_the_database():
    service.publish(bridge(), by="operator")
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(FRIDAY, "works", None, revision=Revision.objects.first()).save()


def test_the_following_year_is_always_there_as_provisional():
    with fixed_at(datetime(2027, 1, 4, 6, tzinfo=UTC)):
        days = service.working_calendar()
        assert days.covered_until == date(2028, 12, 31)
        assert days.is_provisional(date(2028, 1, 3))
    with fixed_at(datetime(2024, 1, 4, 6, tzinfo=UTC)):
        assert service.working_calendar().covered_until == date(2027, 12, 31)


def test_a_year_that_has_begun_without_its_act_stays_provisional_until_a_revision_confirms_it():
    with fixed_at(datetime(2027, 1, 4, 6, tzinfo=UTC)):
        assert service.working_calendar().provisional_from == date(2027, 1, 1)
        service.publish([draft(date(2027, 3, 9), "day_off", None)], by="operator")  # one act is not all of them
        assert service.working_calendar().provisional_from == date(2027, 1, 1)
        service.publish([], by="operator", confirms_year=2027)
        assert service.working_calendar().provisional_from == date(2028, 1, 1)


def test_a_moved_day_and_a_revision_have_short_names():
    assert "2022-03-05" in str(DayShift.objects.first())
    assert str(Revision.objects.first()) == f"№ {service.current_revision()}"
