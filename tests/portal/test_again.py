"""Applying again after a refusal: prefilled, linked, the clock new; and the dates of a case as calendar files."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from calendars import service as calendars
from calendars.models import DayShift
from kazservices.cases.models import Case, Draft
from kazservices.deadlines import recount
from kazservices.documents.models import Attachment
from kazservices.flow import recounts
from tests import world
from tests.conftest import on

pytestmark = pytest.mark.django_db
AFTER = "2026-04-06 10:00"


def url(case, tail=""):
    return f"/cases/{case.ref}/{tail}"


def begin_again(browser, case):
    return browser.post(url(case, "again/"), follow=True)


@pytest.fixture
def refused(user, place):
    return world.to_refused(user, place)


@pytest.mark.norm("LAW-19-1-3")
def test_after_a_refusal_everything_said_is_carried_over_and_the_new_case_names_the_old(
    cabinet, refused, place, outside, read
):
    with on(AFTER):
        assert url(refused, "again/") in read(cabinet.get(url(refused)))
        page = read(begin_again(cabinet, refused))
        assert f"№ {refused.number}" in page
        draft = Draft.objects.get(previous=refused.pk)
        assert (draft.data["category"], draft.office) == ("STUDY", refused.office)
        assert draft.attachments.count() == refused.attachments.count() == 1
        cabinet.post(f"/drafts/{draft.ref}/consent/", {"consent": "yes"})
        cabinet.post(f"/drafts/{draft.ref}/review/")
        told = read(cabinet.post(f"/drafts/{draft.ref}/sign/", {"code": outside.code, "key": draft.key}, follow=True))
        new = Case.objects.order_by("pk").last()
        assert url(refused) in told
        desk = Client()
        desk.force_login(place.secretary)
        seen = desk.get(f"/admin/cases/{new.ref}/").content.decode()
    assert (new.previous_id, new.accepted_on) == (refused.pk, date(2026, 4, 6))
    assert new.deadlines.get(rule="deferral.decide").base_on == date(2026, 4, 6)  # the clock is new
    assert refused.number in seen
    assert refused.motive in seen


@pytest.mark.norm("LAW-19-1-3")
def test_a_paper_that_has_expired_is_not_carried_over_and_is_named_with_its_day(cabinet, refused, read):
    Attachment.objects.filter(case=refused.pk).update(valid_until=date(2026, 4, 3))
    with on(AFTER):
        begin_again(cabinet, refused)
        draft = Draft.objects.get(previous=refused.pk)
        cabinet.post(f"/drafts/{draft.ref}/consent/", {"consent": "yes"})
        papers = read(cabinet.get(f"/drafts/{draft.ref}/papers/"))
        review = read(cabinet.get(f"/drafts/{draft.ref}/review/"))
    assert not draft.attachments.exists()
    assert "3 сәуір" in papers
    assert "мерзімі өткен" in review


def test_asked_twice_it_is_the_same_draft(cabinet, refused):
    with on(AFTER):
        begin_again(cabinet, refused)
        begin_again(cabinet, refused)
    assert Draft.objects.filter(previous=refused.pk).count() == 1


def test_the_file_of_the_old_case_outlives_the_draft(cabinet, refused):
    with on(AFTER):
        begin_again(cabinet, refused)
        draft = Draft.objects.get(previous=refused.pk)
        cabinet.post(f"/drafts/{draft.ref}/discard/")
        kept = refused.attachments.get()
        with kept.file.open("rb") as content:
            assert content.read()


def test_while_another_application_is_open_none_is_repeated(cabinet, refused, user, place, read):
    with on(AFTER):
        running = world.apply(user, place.office)
        page = read(begin_again(cabinet, refused))
    assert f"№ {running.number} өтініш қаралып жатыр" in page
    assert not Draft.objects.filter(previous=refused.pk).exists()


def test_outside_the_period_the_citizen_is_told_when_it_opens(cabinet, refused, read):
    with on("2026-07-10 10:00"):
        page = read(begin_again(cabinet, refused))
    assert "1 қыркүйекте" in page
    assert not Draft.objects.filter(previous=refused.pk).exists()


def test_a_case_that_runs_or_was_granted_is_not_repeated(cabinet, user, place, read):
    with on("2026-03-20 17:00"):
        running = world.apply(user, place.office)
        page = read(begin_again(cabinet, running))
    assert "қайталап берудің қажеті жоқ" in page
    assert not Draft.objects.filter(previous=running.pk).exists()


def test_anothers_refusal_is_nobody_elses_to_repeat(client, refused):
    client.force_login(world.build_recipient("000101100006"))
    with on(AFTER):
        assert client.post(url(refused, "again/")).status_code == 404


def test_a_withdrawn_application_may_be_filed_again(cabinet, user, place, read):
    with on("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    with on("2026-03-26 12:00"):
        world.make(case, "withdraw", user)
        read(begin_again(cabinet, case))
    assert Draft.objects.filter(previous=case.pk).count() == 1


# --- calendar files ---


def events(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return Calendar.from_ical(answer.content).walk("VEVENT")


@pytest.fixture
def invited(user, place):
    return world.to_hearing(user, place)


def test_the_hearing_is_an_entry_with_place_reminder_and_no_person(cabinet, invited):
    with on("2026-03-30 12:30"):
        answer = cabinet.get(url(invited, "hearing.ics"))
        (event,) = events(answer)
    assert event["UID"] == f"{invited.ref}-hearing-1@kazservices"
    assert event.decoded("DTSTART") == datetime(2026, 4, 1, 6, tzinfo=UTC)  # 11:00 in Almaty
    assert (event["SEQUENCE"], event["STATUS"], event["LOCATION"]) == (0, "CONFIRMED", "214-кабинет")
    assert event["SUMMARY"] == f"Тыңдау, № {invited.number} іс"
    assert event.walk("VALARM")[0].decoded("TRIGGER") == timedelta(days=-1)
    for personal in ("Сәбитов", "000101100016"):
        assert personal not in answer.content.decode()


def test_a_hearing_that_is_moved_is_the_same_entry_with_a_higher_sequence(cabinet, invited, place):
    with on("2026-03-30 13:00"):
        world.make(
            invited, "postpone_hearing", place.chair, held_at=world.local("2026-04-01 15:00"), place="101",
            way="in_person", reason="Зал бос емес.",
        )  # fmt: skip
        (event,) = events(cabinet.get(url(invited, "hearing.ics")))
    assert (event["UID"], event["SEQUENCE"]) == (f"{invited.ref}-hearing-1@kazservices", 1)
    assert event.decoded("DTSTART") == datetime(2026, 4, 1, 10, tzinfo=UTC)


def test_a_hearing_no_longer_needed_calls_itself_off(cabinet, invited, place):
    with on("2026-03-31 10:00"):
        world.make(invited, "grant", place.chair, motive="Оқуы жалғасуда.")
        (event,) = events(cabinet.get(url(invited, "hearing.ics")))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert not event.walk("VALARM")


def test_the_result_date_is_a_whole_day_and_the_file_of_the_case_has_all(cabinet, invited):
    with on("2026-03-30 12:30"):
        (result,) = events(cabinet.get(url(invited, "result.ics")))
        every = events(cabinet.get(url(invited, "dates.ics")))
    assert result.decoded("DTSTART") == date(2026, 4, 2)
    assert result["UID"] == f"{invited.ref}-result-1@kazservices"
    assert {str(event["UID"]) for event in every} >= {result["UID"], f"{invited.ref}-hearing-1@kazservices"}
    assert len({str(event["UID"]) for event in every}) == len(every)


def own_term(cabinet, case):
    """The citizen's own term in the file of all dates: (day, SEQUENCE, STATUS), and its UID."""
    (event,) = [event for event in events(cabinet.get(url(case, "dates.ics"))) if "-term-" in event["UID"]]
    assert bool(event.walk("VALARM")) is (event["STATUS"] == "CONFIRMED")
    return (event.decoded("DTSTART"), event["SEQUENCE"], event["STATUS"]), str(event["UID"])


def test_a_term_of_the_citizens_own_that_a_day_off_moves_is_the_same_entry_with_a_higher_sequence(cabinet, invited):
    with on("2026-03-30 13:00"):  # Mon: two working days from service end on Wed 1 April
        first, entry = own_term(cabinet, invited)
    with on("2026-03-30 14:00"):
        shift = DayShift(date=date(2026, 3, 31), kind="day_off", issuer="government", act_number="215",
                         act_date=date(2026, 3, 26), source="adilet.zan.kz")  # fmt: skip
        revision = calendars.publish([shift], by="operator2")
        recount.begin(revision, [shift])
        recounts.run_waiting()
        moved, same = own_term(cabinet, invited)
    assert (first, moved) == ((date(2026, 4, 1), 0, "CONFIRMED"), (date(2026, 4, 2), moved[1], "CONFIRMED"))
    assert moved[1] > 0
    assert same == entry


@pytest.mark.parametrize("by_using_it", [True, False])
def test_a_term_of_the_citizens_own_that_has_ended_calls_itself_off(cabinet, invited, user, place, by_using_it):
    with on("2026-03-30 13:00"):
        before, entry = own_term(cabinet, invited)
        if by_using_it:
            world.make(invited, "give_position", user, position="Оқуым жалғасуда.")
        else:
            world.make(invited, "grant", place.chair, motive="Оқуы жалғасуда.")
        after, same = own_term(cabinet, invited)
    assert (before[1:], after[1:], same) == ((0, "CONFIRMED"), (1, "CANCELLED"), entry)


def test_a_case_without_a_hearing_has_no_such_file(cabinet, user, place):
    with on("2026-03-20 17:00"):
        case = world.apply(user, place.office)
        assert cabinet.get(url(case, "hearing.ics")).status_code == 404


def test_the_letter_of_the_hearing_leads_to_its_entry(cabinet, invited, read):
    letter = invited.notices.get(letter="hearing_notice", channel="cabinet")
    other = invited.notices.filter(letter="taken", channel="cabinet").get()
    with on("2026-03-30 12:30"):
        assert url(invited, "hearing.ics") in read(cabinet.get(f"/letters/{letter.key}/"))
        assert url(invited, "hearing.ics") not in read(cabinet.get(f"/letters/{other.key}/"))


@pytest.mark.parametrize(("span", "number"), [("day", 0), ("week", 1)])
def test_the_commission_takes_the_hearings_of_its_day_or_week(client, invited, place, span, number):
    client.force_login(place.secretary)
    with on("2026-03-30 12:30"):
        found = client.get(f"/admin/commission/hearings.ics?span={span}")
        told = Calendar.from_ical(found.content).walk("VEVENT")
        client.force_login(world.build_place("07", "Басқа аудан әкімдігі").secretary)
        others = Calendar.from_ical(client.get("/admin/commission/hearings.ics").content).walk("VEVENT")
    assert len(told) == number
    assert others == []
    assert "Сәбитов" not in found.content.decode()
