"""A day off published in the middle of the golden week: what moves, what is held, what is set anew, who is told.

Filed Fri 20 March 2026, 17:00. D1 Thu 26, D2 Fri 27, D3 Mon 30, D4 Tue 31, D5 Wed 1 April, D6 Thu 2 April.
With Mon 30 March off: D1 Thu 26, D2 Fri 27, D3 Tue 31, D4 Wed 1 April, D5 Thu 2, D6 Fri 3.
"""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from calendars import proposals
from calendars import service as calendars
from calendars.models import DayShift, Proposal, Revision
from calendars.service import CalendarChanged, current_revision
from calendars.windows import Window, window_at
from conscription import conditions as law
from conscription.states import State
from kazservices import clock
from kazservices.cases.journal import first_fault
from kazservices.cases.models import Case
from kazservices.deadlines import recount
from kazservices.deadlines.history import history
from kazservices.deadlines.models import Recount
from kazservices.deadlines.service import explain
from kazservices.documents import papers
from kazservices.flow import health, recounts, revisions, sweeps
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import MoveNotAllowed
from kazservices.notices.models import Notice
from kazservices.offices.actors import SYSTEM
from kazservices.offices.roles import Role
from tests import world

pytestmark = pytest.mark.django_db
MONDAY, SATURDAY = date(2026, 3, 30), date(2026, 4, 4)
ACT = {"issuer": "government", "act_number": "215", "act_date": date(2026, 3, 26), "source": "adilet.zan.kz"}


@pytest.fixture
def second(place):
    return world.build_staff(place.office, "operator2", Role.OPERATOR)


def day_off(day=MONDAY, **more):
    return DayShift(date=day, kind="day_off", **{**ACT, **more})


def worked(day=SATURDAY, **more):
    return DayShift(date=day, kind="works", **{**ACT, **more})


def proposed(place, *shifts, withdraw=(), confirms_year=None):
    operator = place.operator.username
    proposal = proposals.begin(operator, confirms_year=confirms_year)
    proposals.add(proposal, shifts, operator)
    if withdraw:
        proposals.withdraw(proposal, withdraw, operator)
    proposals.propose(proposal, operator)
    proposal.refresh_from_db()
    return proposal


def publish(proposal, by):
    view = revisions.preview(proposal)
    chosen = {one.case_id: one.proposed_at for one in view.hearings}
    return revisions.publish(proposal, by, digest=view.digest, hearings=chosen)


def published(place, second, *shifts, **more):
    """Published and recounted at the clock's moment, as a living worker would."""
    revision = publish(proposed(place, *shifts, **more), second)
    recounts.run_waiting()
    return revision


def dues(case, *, running=True):
    clocks = case.deadlines.filter(ended_at=None) if running else case.deadlines.all()
    local = case.time.local
    return {clock.rule.partition(".")[2]: f"{local(clock.due_at):%a %d %b %H:%M}" for clock in clocks}


# --- the golden week, by hand ---


@pytest.mark.norm("CONS-8", "CONS-10-6")
def test_a_day_off_published_on_the_first_day_moves_every_clock_that_it_touches(user, place, second):
    case = world.to_members(user, place)  # sent on Thu 26 March, 10:00
    assert dues(case) == {
        "decide": "Thu 02 Apr 18:30",  # D6
        "members": "Fri 27 Mar 18:30",  # the working day after Thu 26
        "hearing_notice": "Mon 30 Mar 18:30",  # D3: three working days of the term remain
    }
    with world.at("2026-03-26 15:00"):
        published(place, second, day_off())
    assert dues(case) == {
        "decide": "Fri 03 Apr 18:30",  # Fri 27, Tue 31, Wed 1, Thu 2 and Fri 3: D6
        "members": "Fri 27 Mar 18:30",  # before the day off: not moved
        "hearing_notice": "Tue 31 Mar 18:30",  # D3 is Tue 31 now; Wed 1, Thu 2, Fri 3 remain
    }
    assert first_fault(Case.objects.get(pk=case.pk)) == ""


def test_one_line_a_clock_says_from_what_to_what_and_by_which_act(user, place, second):
    case = world.to_members(user, place)
    with world.at("2026-03-26 15:00"):
        revision = published(place, second, day_off())
    lines = case.journal.filter(move="recount").select_related("kept")
    assert {line.kept.facts["rule"] for line in lines} == {"deferral.decide", "deferral.hearing_notice"}
    assert lines.count() == 2
    decide = case.deadlines.get(rule="deferral.decide")
    (told,) = history(decide)
    assert (told.revision, told.acts) == (revision.number, ("government 215 2026-03-26",))
    assert [case.time.local(due).date() for due in (told.due_before, told.due_after)] == [
        date(2026, 4, 2),  # Thu
        date(2026, 4, 3),  # Fri
    ]


def test_the_date_is_explained_before_and_after_as_it_was_known(user, place, second):
    case = world.to_members(user, place)
    with world.at("2026-03-26 15:00"):
        published(place, second, day_off())
        decide = case.deadlines.get(rule="deferral.decide")
        now, then = explain(decide), explain(decide, as_of=date(2026, 3, 25))
    assert (now[-1].date, then[-1].date) == (date(2026, 4, 3), date(2026, 4, 2))
    monday = next(day for day in now if day.date == MONDAY)
    assert (monday.counted, monday.act) == (False, "government 215 2026-03-26")
    assert next(day for day in then if day.date == MONDAY).counted


def test_one_letter_a_case_names_all_its_moved_clocks(user, place, second):
    case = world.to_members(user, place)
    with world.at("2026-03-26 15:00"):
        published(place, second, day_off())
    (letter,) = Notice.objects.filter(case=case, letter="due_moved", channel="cabinet")
    assert letter.recipient == user
    assert "2026 жылғы 3 сәуір" in letter.body
    assert "№ 215" in letter.body
    (to_chair,) = Notice.objects.filter(case=case, letter="staff_due_moved", channel="cabinet")
    assert to_chair.recipient == place.chair
    assert "Тыңдау туралы хабарлама" in to_chair.body


def test_the_cover_sheet_sorts_by_the_new_nearest_date(user, place, second):
    case = world.to_opinions(user, place)  # the conclusion is due Mon 30 March
    with world.at("2026-03-27 17:00"):
        published(place, second, day_off())
    case.refresh_from_db()
    assert f"{case.time.local(case.next_due_at):%a %d %b %H:%M}" == "Tue 31 Mar 18:30"


def test_a_recount_done_twice_changes_nothing_more(user, place, second):
    case = world.to_members(user, place)
    with world.at("2026-03-26 15:00"):
        published(place, second, day_off())
        before = dues(case), case.journal.count(), Notice.objects.count()
        Recount.objects.update(state="waiting", finished_at=None)
        recounts.run_waiting()
    assert (dues(case), case.journal.count(), Notice.objects.count()) == before


def test_a_withdrawn_revision_gives_the_dates_back(user, place, second):
    case = world.to_members(user, place)
    before = dues(case)
    with world.at("2026-03-26 15:00"):
        revision = published(place, second, day_off())
    with world.at("2026-03-26 16:00"):
        published(place, second, withdraw=revision.shifts.all())
    assert dues(case) == before
    assert len(history(case.deadlines.get(rule="deferral.decide"))) == 2


# --- the three things a recount never does ---


def test_a_clock_is_never_moved_to_before_the_closing_of_the_day_of_publication(user, place, second):
    with world.at("2026-03-26 10:00"):  # Thu
        case = world.apply(user, place.office)
    assert dues(case)["decide"] == "Fri 03 Apr 18:30"  # Fri 27, Mon 30, Tue 31, Wed 1, Thu 2, Fri 3
    late = date(2026, 3, 28)  # Sat, declared worked when it has long passed: the calendar alone says Thu 2 April
    with world.at("2026-04-03 10:00"):  # Fri, the last day
        view = revisions.preview(proposed(place, worked(late)))
        published(place, second, worked(late))
    kept = {row.rule: row.reason for row in view.held_back}
    assert kept["deferral.decide"] == "publication_day"
    assert dues(case)["decide"] == "Fri 03 Apr 18:30"
    (told,) = history(case.deadlines.get(rule="deferral.decide"))
    assert (told.is_moved, told.kept_by) == (False, "publication_day")


def test_a_worked_saturday_ahead_brings_the_date_forward(user, place, second):
    with world.at("2026-03-31 10:00"):  # Tue
        case = world.apply(user, place.office)
    assert dues(case)["decide"] == "Wed 08 Apr 18:30"  # Wed 1, Thu 2, Fri 3, Mon 6, Tue 7, Wed 8
    with world.at("2026-04-01 10:00"):
        view = revisions.preview(proposed(place, worked()))
        published(place, second, worked())
    assert dues(case)["decide"] == "Tue 07 Apr 18:30"  # Sat 4 counts
    assert {row.days for row in view.moved if row.rule == "deferral.decide"} == {-1}


def test_brought_forward_late_in_the_evening_a_clock_ends_with_the_next_working_day(user, place, second):
    with world.at("2026-03-26 10:00"):  # Thu
        case = world.apply(user, place.office)
    with world.at("2026-04-02 20:00"):  # Thu, after closing: the calendar alone says Thu 2, which has closed
        published(place, second, worked(date(2026, 3, 28)))
    assert dues(case)["decide"] == "Fri 03 Apr 18:30"
    with world.at("2026-04-03 09:01"):
        sweeps.note_breaches()
    assert not case.deadlines.filter(rule="deferral.decide").breaches().exists()


def test_a_clock_that_was_due_before_the_publication_stays_and_its_breach_stands(user, place, second):
    case = world.to_members(user, place)  # the members' day ends Fri 27 March
    friday = date(2026, 3, 27)
    with world.at("2026-03-28 11:00"):  # Sat: Friday is declared off too late
        view = revisions.preview(proposed(place, day_off(friday)))
        published(place, second, day_off(friday))
        sweeps.note_breaches()
    assert {row.rule: row.reason for row in view.held_back} == {"deferral.members": "already_due"}
    assert dues(case)["members"] == "Fri 27 Mar 18:30"
    assert [clock.rule for clock in case.deadlines.breaches()] == ["deferral.members"]


def test_an_ended_clock_is_never_touched(user, place, second):
    case = world.to_members(user, place)
    ended = case.deadlines.exclude(ended_at=None).order_by("pk")
    before = list(ended.values())
    with world.at("2026-03-26 15:00"):
        published(place, second, day_off(date(2026, 3, 26)), day_off(date(2026, 3, 20)))
    assert list(ended.values()) == before


def test_a_clock_is_never_brought_to_before_what_is_appointed(user, place, second):
    with world.at("2026-03-26 10:00"):  # Thu: the term ends Fri 3 April
        case = world.apply(user, place.office)
        case = world.make(case, "send_to_members", place.chair)
        for member in place.members:
            case = world.make(case, "give_opinion", member, decision="refuse", ground="2", motive="Мерзімі өткен.")
    with world.at("2026-03-27 12:00"):  # Fri: served, so heard on Mon 30 or Tue 31
        world.make(
            case, "call_hearing", place.chair, grounds=["2"], motive="Мерзімі өткен.", place="214",
            held_at=world.local("2026-03-31 11:00"), way="in_person",
        )  # fmt: skip
        assert dues(case)["hearing"] == "Tue 31 Mar 18:30"
        published(place, second, worked(date(2026, 3, 28)))  # Sat 28 counts: the second day is Mon 30 now
    assert dues(case)["hearing"] == "Tue 31 Mar 18:30"
    assert history(case.deadlines.get(rule="deferral.hearing"))[0].kept_by == "appointed"


# --- a hearing on the day that becomes off ---


def heard_on_monday(user, place):
    """Served Thu 26 March at 12:00, to be heard on Mon 30, the second working day."""
    with world.at("2026-03-26 10:00"):
        case = world.apply(user, place.office)
        case = world.make(case, "send_to_members", place.chair)
        for member in place.members:
            case = world.make(case, "give_opinion", member, decision="refuse", ground="2", motive="Мерзімі өткен.")
    with world.at("2026-03-26 12:00"):
        return world.make(
            case, "call_hearing", place.chair, grounds=["2"], motive="Мерзімі өткен.", place="214-кабинет",
            held_at=world.local("2026-03-30 11:00"), way="in_person",
        )  # fmt: skip


def test_the_preview_proposes_the_first_lawful_day_at_the_same_hour(user, place):
    case = heard_on_monday(user, place)
    with world.at("2026-03-26 15:00"):
        (one,) = revisions.preview(proposed(place, day_off())).hearings
    assert (one.case_id, one.first, one.last) == (case.pk, date(2026, 3, 31), date(2026, 3, 31))  # Tue: D2 of service
    assert f"{case.time.local(one.proposed_at):%a %d %b %H:%M}" == "Tue 31 Mar 11:00"


@pytest.mark.norm("CONS-10-7")
def test_a_hearing_on_the_new_day_off_is_set_anew_in_the_same_act(user, place, second):
    case = heard_on_monday(user, place)
    with world.at("2026-03-26 15:00"):
        published(place, second, day_off())
    old, new = case.hearings.order_by("number")
    assert (old.status, new.status, old.counts_as_postponement) == ("postponed", "appointed", False)
    assert f"{case.time.local(new.held_at):%a %d %b %H:%M}" == "Tue 31 Mar 11:00"
    assert dues(case) == {
        "decide": "Mon 06 Apr 18:30",  # filed Thu 26: Fri 27, Tue 31, Wed 1, Thu 2, Fri 3, Mon 6
        "hearing": "Tue 31 Mar 18:30",  # served Thu 26: Fri 27, Tue 31
        "objection": "Tue 31 Mar 18:30",
    }
    line = case.journal.get(move="reappoint")
    assert line.kept.facts["acts"] == ["government 215 2026-03-26"]
    letter = Notice.objects.get(case=case, letter="hearing_moved", channel="cabinet")
    assert "31 наурыз" in letter.body
    assert "№ 215" in letter.body
    with world.at("2026-03-31 15:00"):  # the notice of the new time was served: absence can be recorded
        advance(case, "record_no_show", by=place.secretary, note="Келмеді.")


def test_without_every_hearing_set_anew_nothing_is_published(user, place, second):
    case = heard_on_monday(user, place)
    with world.at("2026-03-26 15:00"):
        proposal, known = proposed(place, day_off()), current_revision()
        digest = revisions.preview(proposal).digest
        with pytest.raises(ValidationError):
            revisions.publish(proposal, second, digest=digest, hearings={})
        unlawful = {case.pk: datetime.fromisoformat(world.local("2026-04-02 11:00"))}  # Thu, the fourth working day
        with pytest.raises(ValidationError) as refusal:
            revisions.publish(proposal, second, digest=digest, hearings=unlawful)
    assert set(refusal.value.message_dict) == {f"hearing_{case.pk}"}
    assert current_revision() == known
    assert not Recount.objects.exists()
    assert case.hearings.get().status == "appointed"


def test_published_on_the_very_day_of_the_hearing_its_clock_follows_it(user, place, second):
    case = heard_on_monday(user, place)
    with world.at(
        "2026-03-30 09:30"
    ):  # Mon itself: the notice counts for Tue, the hearing may be on Wed at the earliest
        published(place, second, day_off())
        sweeps.note_breaches()
    new = case.hearings.get(status="appointed")
    assert f"{case.time.local(new.held_at):%a %d %b %H:%M}" == "Wed 01 Apr 11:00"
    assert dues(case)["hearing"] == "Wed 01 Apr 18:30"  # the calendar alone says Tue 31: no breach by the day off
    with world.at("2026-03-31 19:00"):
        sweeps.note_breaches()
    assert not case.deadlines.filter(rule="deferral.hearing").breaches().exists()


# --- a hearing whose hour has come on a day that becomes off ---


def new_hearing(case):
    new = case.hearings.get(status="appointed")
    return f"{case.time.local(new.held_at):%a %d %b %H:%M}"


def made_a_day_off_past_the_product(day=MONDAY):
    """In force, and nothing set anew."""
    calendars.publish([day_off(day)], by="operator2")


@pytest.mark.norm("CONS-10-7")
def test_nobody_is_absent_on_a_day_that_has_become_a_day_off(user, place):
    case = heard_on_monday(user, place)
    with world.at("2026-03-30 12:00"):
        made_a_day_off_past_the_product()
        with pytest.raises(MoveNotAllowed) as refusal:
            advance(case, "record_no_show", by=place.secretary, note="Келмеді.")
    assert refusal.value.reason == law.hearing_day_is_working.reason


@pytest.mark.norm("CONS-10-5", "CONS-10-7")
def test_an_absence_recorded_before_its_day_became_off_carries_no_refusal(user, place):
    case = heard_on_monday(user, place)
    with world.at("2026-03-30 11:30"):
        case = advance(case, "record_no_show", by=place.secretary, note="Келмеді.")
    with world.at("2026-03-30 12:00"):
        made_a_day_off_past_the_product()
    with world.at("2026-04-01 10:00"), pytest.raises(MoveNotAllowed) as refusal:
        advance(case, "refuse", by=place.chair, grounds=["2"], motive="Мерзімі өткен.")
    assert refusal.value.reason == law.heard_or_absent_with_proof.reason


@pytest.mark.norm("CONS-10-7")
@pytest.mark.parametrize("absence_recorded", [False, True])
def test_a_hearing_of_this_morning_that_was_not_held_is_set_anew_too(client, user, place, second, absence_recorded):
    case = heard_on_monday(user, place)
    if absence_recorded:
        with world.at("2026-03-30 11:30"):
            advance(case, "record_no_show", by=place.secretary, note="Келмеді.")
    with world.at("2026-03-30 12:00"):  # Mon: the notice counts for Tue, so it is heard on Wed at the earliest
        proposal = proposed(place, day_off())
        view = revisions.preview(proposal)
        assert [one.case_id for one in view.hearings] == [case.pk]
        with pytest.raises(ValidationError):
            revisions.publish(proposal, second, digest=view.digest, hearings={})
        publish(proposal, second)
        recounts.run_waiting()
    case.refresh_from_db()
    assert (case.state, case.stage, new_hearing(case)) == (State.HEARING_CALLED, "in_work", "Wed 01 Apr 11:00")
    assert Notice.objects.filter(case=case, letter="hearing_moved", channel="cabinet", recipient=user).exists()
    with world.at("2026-03-31 12:00"):
        with pytest.raises(MoveNotAllowed):
            advance(case, "record_no_show", by=place.secretary, note="Келмеді.")
        for person, address in (
            (user, f"/cases/{case.ref}/"),
            (place.secretary, reverse("admin:case", args=[case.ref])),
        ):
            client.force_login(person)
            assert client.get(address).status_code == 200
    with world.at("2026-04-01 12:00"):
        assert advance(case, "record_no_show", by=place.secretary, note="Келмеді.").state == State.HEARD
    assert first_fault(Case.objects.get(pk=case.pk)) == ""


def test_a_hearing_of_yesterday_without_a_record_is_set_anew_and_its_missed_clock_stays(user, place, second):
    case = heard_on_monday(user, place)
    with world.at("2026-03-31 10:00"):  # Tue: nothing was recorded on Mon, and its clock ran out
        sweeps.note_breaches()
        published(place, second, day_off())
    assert new_hearing(case) == "Wed 01 Apr 11:00"
    missed = case.deadlines.get(rule="deferral.hearing")
    assert (dues(case)["hearing"], missed.breach_noted_at is None) == ("Mon 30 Mar 18:30", False)


def test_a_hearing_that_was_held_before_its_day_became_off_was_held(user, place, second):
    case = heard_on_monday(user, place)
    times = {"started_at": world.local("2026-03-30 11:00"), "ended_at": world.local("2026-03-30 11:20")}
    with world.at("2026-03-30 11:40"):
        paper = prepare(case, "record_hearing", by=place.secretary, **world.RECORD, **times)
        papers.render(paper.pk)
        paper.refresh_from_db()
        proposal = proposed(place, day_off())
        assert len(revisions.preview(proposal).hearings) == 1  # a record that nobody has signed proves no hearing
        papers.sign(paper, by=place.secretary, sha256=paper.sha256)
    with world.at("2026-03-30 12:00"):
        assert revisions.preview(proposal).hearings == ()
        publish(proposal, second)
        recounts.run_waiting()
        papers.sign(paper, by=place.chair, sha256=paper.sha256)
        assert advance(case, "record_hearing", by=place.chair, document=paper).state == State.HEARD
    with world.at("2026-03-30 12:30"):
        assert revisions.preview(proposed(place, worked(), withdraw=[])).hearings == ()


@pytest.mark.norm("CONS-10-7")
def test_no_hearing_is_recorded_as_held_on_a_day_off(user, place):
    case = heard_on_monday(user, place)
    saturday = {"started_at": world.local("2026-04-04 11:00"), "ended_at": world.local("2026-04-04 11:20")}
    with world.at("2026-04-06 10:00"), pytest.raises(ValidationError) as refusal:
        prepare(case, "record_hearing", by=place.secretary, **world.RECORD, **saturday)
    assert set(refusal.value.message_dict) == {"started_at"}


def test_an_absence_of_an_earlier_life_of_the_case_is_not_set_anew(user, place, second):
    case = heard_on_monday(user, place)
    refusal = {"grounds": ["2"], "motive": "Мерзімі өткен."}
    with world.at("2026-03-30 11:30"):
        case = advance(case, "record_no_show", by=place.secretary, note="Келмеді.")
    with world.at("2026-03-31 10:00"):
        case = world.make(case, "refuse", place.chair, **refusal)
        case = advance(case, "reopen", by=SYSTEM, because="Шағым қанағаттандырылды.")
    with world.at("2026-03-31 12:00"):
        assert revisions.preview(proposed(place, day_off())).hearings == ()


def test_a_wish_of_the_applicant_still_waits_for_its_answer(user, place, second):
    case = heard_on_monday(user, place)
    with world.at("2026-03-26 14:00"):
        advance(case, "ask_postponement", by=user, wish="Емтиханым бар.")
    with world.at("2026-03-26 15:00"):
        published(place, second, day_off())
    assert case.hearings.get(status="appointed").wish == "Емтиханым бар."


def test_nobody_sets_a_hearing_anew_by_hand_nor_on_a_working_day(user, place):
    case = heard_on_monday(user, place)
    facts = {"held_at": world.local("2026-03-31 11:00"), "revision": 1, "acts": []}
    with world.at("2026-03-26 15:00"):
        with pytest.raises(PermissionDenied):
            advance(case, "reappoint", by=place.chair, **facts)
        with pytest.raises(MoveNotAllowed):
            advance(case, "reappoint", by=SYSTEM, **facts)


# --- who publishes ---


def test_whoever_drafted_it_cannot_publish_it(place):
    with world.at("2026-03-26 15:00"):
        proposal = proposed(place, day_off())
        with pytest.raises(ValidationError) as refusal:
            publish(proposal, place.operator)
    assert refusal.value.code == "same_person"


def test_only_an_operator_publishes(place):
    with world.at("2026-03-26 15:00"), pytest.raises(PermissionDenied):
        publish(proposed(place, day_off()), place.head)


def test_a_draft_is_not_published(place, second):
    with world.at("2026-03-26 15:00"):
        proposal = proposals.begin(place.operator.username)
        proposals.add(proposal, [day_off()], place.operator.username)
        with pytest.raises(ValidationError) as refusal:
            publish(proposal, second)
    assert refusal.value.code == "state"


def test_over_a_calendar_that_has_changed_nothing_is_published(place, second):
    with world.at("2026-03-26 15:00"):
        first, other = proposed(place, day_off()), proposed(place, worked())
        digest = revisions.preview(other).digest
        publish(first, second)
        with pytest.raises(CalendarChanged):
            revisions.publish(other, second, digest=digest, hearings={})
        assert Proposal.objects.get(pk=other.pk).state == "proposed"


def test_a_hearing_called_for_that_day_since_the_preview_is_to_be_looked_at_first(user, place, second):
    with world.at("2026-03-26 09:30"):
        proposal = proposed(place, day_off())
        seen = revisions.preview(proposal)
    assert seen.hearings == ()
    heard_on_monday(user, place)
    with world.at("2026-03-26 15:00"), pytest.raises(revisions.PreviewChanged):
        revisions.publish(proposal, second, digest=seen.digest, hearings={})


def test_a_preview_writes_nothing(user, place, django_assert_max_num_queries):
    heard_on_monday(user, place)
    with world.at("2026-03-26 15:00"):
        proposal = proposed(place, day_off())
        revision, recounts_ = Revision.objects.count(), Recount.objects.count()
        with django_assert_max_num_queries(40) as asked:
            view = revisions.preview(proposal)
    assert not [query for query in asked if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert (Revision.objects.count(), Recount.objects.count()) == (revision, recounts_)
    assert view.by_office[place.office] == len(view.moved)
    assert view.by_service == {"deferral": len(view.moved)}


# --- while the recount is under way ---


def test_a_clock_that_the_recount_has_yet_to_look_at_is_no_breach(user, place, second):
    case = world.to_opinions(user, place)  # the conclusion is due Mon 30 March
    with world.at("2026-03-27 17:00"):
        publish(proposed(place, day_off()), second)  # and no worker lives
    with world.at("2026-03-30 19:00"):
        sweeps.note_breaches()
        assert not case.deadlines.breaches().exists()
        sweeps.run("recounts")
        sweeps.note_breaches()
    assert not case.deadlines.breaches().exists()
    with world.at("2026-03-31 19:00"):
        sweeps.note_breaches()
    assert [clock.rule for clock in case.deadlines.breaches()] == ["deferral.conclude"]


def test_the_round_of_opinions_is_not_closed_by_its_old_end(user, place, second):
    with world.at("2026-03-26 10:00"):
        case = world.apply(user, place.office)
    with world.at("2026-03-27 10:00"):
        case = world.make(case, "send_to_members", place.chair)  # until Mon 30 March
        publish(proposed(place, day_off()), second)
    with world.at("2026-03-30 19:00"):
        sweeps.make_due_moves()
    case.refresh_from_db()
    assert case.state == "with_members"
    with world.at("2026-03-31 10:00"):  # the door recounts the case before it judges
        advance(case, "give_opinion", by=place.member1, decision="approve")
    assert dues(case)["members"] == "Tue 31 Mar 18:30"


def test_a_case_whose_day_of_acceptance_became_off_is_accepted_on_the_next(user, place, second):
    with world.at("2026-03-27 19:00"):  # Fri, after closing: accepted on Mon 30
        case = world.apply(user, place.office)
        assert case.accepted_on == MONDAY
        published(place, second, day_off())
    case.refresh_from_db()
    assert case.accepted_on == date(2026, 3, 31)
    assert dues(case)["hand_over"] == "Tue 31 Mar 18:30"
    assert dues(case)["decide"] == "Wed 08 Apr 18:30"  # Wed 1, Thu 2, Fri 3, Mon 6, Tue 7, Wed 8
    assert case.journal.get(move="acceptance_recounted").kept.facts["after"] == "2026-03-31"
    with world.at("2026-03-30 09:30"):
        sweeps.make_due_moves()
    case.refresh_from_db()
    assert case.state == "submitted"


# --- a recount killed half-way ---


def test_a_recount_killed_half_way_goes_on_where_it_stood_and_doubles_nothing(place, second, monkeypatch):
    cases = [world.to_members(world.build_recipient(f"0001011{n:05d}"), place) for n in range(3)]
    with world.at("2026-03-26 15:00"):
        publish(proposed(place, day_off()), second)
        work = Recount.objects.get()
        batches = []

        def killed(found, sheets):
            if len(batches) == 1:
                raise KeyboardInterrupt
            batches.append(found)
            write(found, sheets)

        write = recount._write
        monkeypatch.setattr(recount, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            recount.run(work.pk, around=recounts.AROUND, batch=1)
        monkeypatch.undo()
        work.refresh_from_db()
        assert (work.state, work.done, work.total) == ("running", 3, 9)
        assert recounts.run_waiting() == (1, 0)  # in another's hands until the lease ends
    with world.at("2026-03-26 15:03"):
        assert recounts.run_waiting() == (1, 1)
    work.refresh_from_db()
    assert (work.state, work.done, work.total, work.moved) == ("done", 9, 9, 6)
    for case in cases:
        assert case.journal.filter(move="recount").count() == 2
        assert Notice.objects.filter(case=case, letter="due_moved", channel="cabinet").count() == 1
        assert first_fault(Case.objects.get(pk=case.pk)) == ""


def test_a_case_that_cannot_be_counted_keeps_no_other_waiting(user, place, second, monkeypatch):
    with world.at("2026-03-20 17:00"):
        broken = world.apply(user, place.office)
        sound = world.apply(world.build_recipient("000101100099"), place.office)
    reckon = recount.reckon

    def fails(case, *how):
        if case.pk == broken.pk:
            raise LookupError("this office has no hours")
        return reckon(case, *how)

    with world.at("2026-03-26 10:00"):
        publish(proposed(place, day_off()), second)
        monkeypatch.setattr(recount, "reckon", fails)
        recounts.run_waiting()
        left = Recount.objects.get()
        assert (left.state, left.stuck) == (Recount.State.RUNNING, 1)
        assert health.health()["recounts"]["state"] == "red"
        assert not sound.deadlines.running().filter(calendar_revision__lt=left.revision).exists()
        monkeypatch.setattr(recount, "reckon", reckon)
        recounts.run_waiting()
        assert Recount.objects.get().state == Recount.State.RUNNING, "not at once"
    with world.at("2026-03-26 10:01"):
        recounts.run_waiting()
    left.refresh_from_db()
    assert (left.state, left.stuck) == (Recount.State.DONE, 0)
    assert dues(broken)["decide"] == dues(sound)["decide"]


def test_revisions_are_recounted_in_their_order(user, place, second):
    case = world.to_members(user, place)
    with world.at("2026-03-26 15:00"):
        publish(proposed(place, day_off()), second)
        publish(proposed(place, day_off(date(2026, 3, 31))), second)
        later = Recount.objects.get(revision=current_revision())
        assert not recounts.run(later.pk)
        recounts.run_waiting()
    moved = history(case.deadlines.get(rule="deferral.decide"))
    assert [case.time.local(one.due_after).date() for one in moved] == [date(2026, 4, 3), date(2026, 4, 6)]


def test_what_a_slow_move_started_by_the_old_calendar_is_recounted_too(user, place, second):
    with world.at("2026-03-26 15:00"):
        old = current_revision()
        published(place, second, day_off())
    case = world.to_members(user, place)
    case.deadlines.filter(rule="deferral.decide").update(
        calendar_revision=old, due_on=date(2026, 4, 2), due_at=datetime.fromisoformat(world.local("2026-04-02 18:30"))
    )
    with world.at("2026-03-26 15:30"):
        recounts.run_waiting()
    assert dues(case)["decide"] == "Fri 03 Apr 18:30"


# --- next year's days ---


def test_the_act_on_next_years_days_ends_what_was_provisional(user, place, second):
    with world.at("2026-12-28 10:00"):
        case = world.apply(user, place.office)
        assert case.deadlines.get(rule="deferral.decide").provisional
        published(place, second, day_off(date(2027, 1, 8)), confirms_year=2027)
        case.refresh_from_db()
    decide = case.deadlines.get(rule="deferral.decide")
    assert not decide.provisional
    assert dues(case)["decide"] == "Mon 11 Jan 18:30"  # Tue 29, Wed 30, Thu 31, Tue 5, Wed 6, Mon 11 (Fri 8 is off)


# --- how far ahead the calendar is confirmed ---


def test_operators_are_told_once_at_each_threshold(place):
    told = Notice.objects.filter(letter="calendar_ends", channel="cabinet", recipient=place.operator)
    with world.at("2026-07-01 10:00"):  # 183 days to 31 December
        sweeps.run("coverage")
    assert not told.exists()
    for day in ("2026-07-06", "2026-07-07", "2026-11-20"):  # 178 and 177 days: amber; 41
        with world.at(f"{day} 10:00"):
            sweeps.run("coverage")
    assert told.count() == 1
    with world.at("2026-11-23 10:00"):  # 38 days: red
        sweeps.run("coverage")
        sweeps.run("coverage")
    assert told.count() == 2
    assert "2027 жылғы" in told.first().body


def test_the_act_on_next_years_days_ends_the_alarm(place, second):
    with world.at("2026-12-01 10:00"):
        assert health.health()["calendar"]["state"] == "red"
        assert health.health()["calendar"]["provisional_from"] == "2027-01-01"
        published(place, second, confirms_year=2027)
        assert health.health()["calendar"]["state"] == "green"
        sweeps.run("coverage")
    assert not Notice.objects.filter(letter="calendar_ends").exists()


def test_new_years_day_alone_ends_no_alarm(place):
    with world.at("2027-01-04 10:00"):
        found = health.health()["calendar"]
    assert (found["state"], found["days_ahead"], found["provisional_from"]) == ("red", 0, "2027-01-01")


# --- the citizen's and the clerk's windows ---


@pytest.mark.norm("WIN-CONS")
def test_a_window_whose_last_day_became_off_takes_what_is_submitted_on_that_day(place, second):
    windows, friday = [Window(opens=(3, 10), closes=(4, 3))], "2026-04-03 19:00"  # Fri, after closing: accepted Mon 6
    with world.at(friday):
        assert not window_at(windows, clock.now(), place.office.time_for("deferral")).open
        published(place, second, day_off(date(2026, 4, 3)))
        assert window_at(windows, clock.now(), place.office.time_for("deferral")).open
