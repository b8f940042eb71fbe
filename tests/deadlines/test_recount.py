"""What the calendar makes of running clocks, on random days: the same as a fresh count, within the three bounds."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calendars.arithmetic import SCHEDULES, OfficeTime
from calendars.kazakhstan import Shift, working_days
from calendars.rules import due_at
from kazservices.cases.models import Case
from kazservices.deadlines.models import Deadline
from kazservices.deadlines.recount import Bounds, accepted_on, reckon
from kazservices.deadlines.service import reckoned, rules_of
from kazservices.offices.models import Office

ALMATY = ZoneInfo("Asia/Almaty")
FIRST = datetime(2026, 3, 2, tzinfo=ALMATY)
STATUTE = working_days()


def office(shifts, revision):
    days = working_days(shifts=shifts, revision=revision)
    return OfficeTime(days, SCHEDULES["akimat"], ALMATY)


def turned(day):
    """The day is worked when it was off, and off when it was worked."""
    return Shift(day, not STATUTE.is_working(day), "government 1 2026-01-05")


moments = st.integers(0, 60 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
days_near = st.integers(-5, 25)


@st.composite
def published(draw):
    """(submitted, published, the calendar before, the calendar after)."""
    submitted = draw(moments)
    publication = submitted + timedelta(minutes=draw(st.integers(1, 14 * 24 * 60)))
    chosen = sorted({submitted.date() + timedelta(days=draw(days_near)) for _ in range(draw(st.integers(1, 5)))})
    kept = draw(st.integers(0, len(chosen) - 1))
    before = office([turned(day) for day in chosen[:kept]], 1)
    after = office([turned(day) for day in draw(st.permutations(chosen))[: len(chosen)]], 2)
    return submitted, publication, before, after


def filed(submitted, time):
    """A case with the clocks that its submission starts, by a calendar."""
    case = Case(service="deferral", office=Office(zone="Asia/Almaty"), submitted_at=submitted)
    case.accepted_on = time.accepts(submitted)
    clocks, whole = [], None
    for rule in sorted(rules_of("deferral", case.accepted_on), key=lambda rule: bool(rule.before)):
        if "submit" not in rule.starts:
            continue
        named = whole.due_at if rule.before else None
        due, base = due_at(rule, time, submitted, named_due=named), case.accepted_on
        clock = Deadline(
            pk=len(clocks) + 1, rule=rule.code, norm=rule.norm, length=rule.length, unit=rule.unit, schedule="akimat",
            started_at=submitted, ours=rule.ours, **reckoned(rule, time, base, due),
        )  # fmt: skip
        whole = clock if rule.code == "deferral.decide" else whole
        clocks.append(clock)
    return case, clocks


def recounted(case, clocks, time, bounds):
    return reckon(case, clocks, lambda schedule, zone: time, bounds)


def take(change):
    for name, value in change.values.items():
        setattr(change.clock, name, value)


def walked(time, base, n):
    """The closing of the n-th working day after the base, found by walking."""
    day = base
    while n:
        day += timedelta(days=1)
        n -= time.days.is_working(day)
    while not time.days.is_working(day):
        day += timedelta(days=1)
    return time.closing(day)


@settings(max_examples=40, deadline=None)
@given(published())
def test_the_term_is_that_of_a_fresh_count_or_what_a_bound_leaves_of_it(drawn):
    submitted, publication, before, after = drawn
    case, clocks = filed(submitted, before)
    bounds = Bounds(publication, publication)
    changes = {change.clock.rule: change for change in recounted(case, clocks, after, bounds)}
    decide = changes["deferral.decide"]
    old, new = decide.clock.due_at, decide.values["due_at"]
    fresh = walked(after, accepted_on(case, after, bounds), 6)
    today = after.closing(after.accepts(publication))
    if old <= publication:
        assert new == old
    elif fresh >= old:
        assert new == fresh
    else:
        assert new == (old if old <= today else max(fresh, today))


@settings(max_examples=40, deadline=None)
@given(published())
def test_nobody_who_was_in_time_becomes_late(drawn):
    submitted, publication, before, after = drawn
    case, clocks = filed(submitted, before)
    for change in recounted(case, clocks, after, Bounds(publication, publication)):
        old, new = change.clock.due_at, change.values["due_at"]
        assert (new > publication) == (old > publication)
        if new < old:
            assert new.astimezone(ALMATY).date() >= publication.date()
            assert new >= after.closing(publication.date()) or not after.days.is_working(publication.date())


@settings(max_examples=40, deadline=None)
@given(published())
def test_a_recount_done_twice_is_a_recount_done_once(drawn):
    submitted, publication, before, after = drawn
    case, clocks = filed(submitted, before)
    bounds = Bounds(publication, publication)
    for change in recounted(case, clocks, after, bounds):
        take(change)
    assert not [change for change in recounted(case, clocks, after, bounds) if change.is_different]


@settings(max_examples=40, deadline=None)
@given(published())
def test_withdrawn_within_the_same_hour_all_is_as_it_was(drawn):
    submitted, publication, before, after = drawn
    case, clocks = filed(submitted, before)
    assume(case.accepted_on <= publication.date())  # a day of acceptance that came with the first stays with the second
    bounds = Bounds(publication, publication)
    first = {clock.rule: clock.due_at for clock in clocks}
    for change in recounted(case, clocks, after, bounds):
        take(change)
    for change in recounted(case, clocks, before, bounds):
        take(change)
    assert {clock.rule: clock.due_at for clock in clocks} == first


@settings(max_examples=40, deadline=None)
@given(published())
def test_a_term_counted_backward_keeps_its_working_days_unless_a_bound_holds_it(drawn):
    submitted, publication, before, after = drawn
    case, clocks = filed(submitted, before)
    changes = {change.clock.rule: change for change in recounted(case, clocks, after, Bounds(publication, publication))}
    whole, notice = changes["deferral.decide"], changes["deferral.hearing_notice"]
    if not (notice.reason or whole.reason):
        between = after.days.working_between(notice.values["due_on"], whole.values["due_on"])
        assert between == 3


def test_a_day_far_from_the_span_changes_nothing():
    submitted = datetime(2026, 3, 20, 17, tzinfo=ALMATY)  # Fri
    case, clocks = filed(submitted, office([], 1))
    far = office([turned(date(2026, 6, 10))], 2)  # Wed
    assert not [change for change in recounted(case, clocks, far, Bounds(submitted, submitted)) if change.is_different]
