"""The days of a hearing. Norms: CONS-10-6, CONS-10-7, GAP-35, GAP-40."""

from datetime import timedelta

from calendars.service import office_time, revision_at
from conscription import commission
from conscription.models.hearing import Hearing
from kazservices.looking import asked_once

HELD_WITHIN = 2  # working days from service
LATE, QUORUM = "late", "quorum"


@asked_once
def current(case) -> Hearing | None:
    """The hearing that the case stands at: the last one called."""
    return case.hearings.order_by("number").last()


def counted_from(case, hearing):
    """The day of service; one that became a day off gives way to the next working day. Norms: CLK-0, GAP-40."""
    return case.time.days.next_working(hearing.served_on)


def days_for(case, at):
    """(first, last) lawful day of a hearing whose notice is served at an instant."""
    days, served_on = case.time.days, case.time.accepts(at)
    return days.add_working(served_on, 1), days.add_working(served_on, HELD_WITHIN)


class Asked:
    """A hearing that is to be set anew: why, and on which days it may be."""

    def __init__(self, case, hearing, *, by_applicant: bool):
        self.case, self.hearing = case, hearing
        self.by_wish = by_applicant and bool(hearing.wish)
        self.day_off = not case.time.days.is_working(case.time.local(hearing.held_at).date())

    @property
    def exhausted(self) -> bool:
        """One postponement since the case was (re)opened; the applicant's own wish, or a new day off, needs none."""
        if self.day_off or self.by_wish:
            return False
        done = self.case.hearings.filter(counts_as_postponement=True)
        if self.case.reopened_at:
            done = done.filter(served_at__gte=self.case.reopened_at)
        return done.count() >= self.case.edition.postponements

    def days(self, at):
        """(first, last): after the new notice is served, within the two days of the first; wider only by his wish."""
        days, time = self.case.time.days, self.case.time
        first = days.add_working(time.accepts(at), 1)
        last = days.add_working(counted_from(self.case, self.hearing), HELD_WITHIN)
        if self.day_off:
            last = max(last, first)
        if self.by_wish:
            wished = self.hearing.wished_at
            wished_on = time.local(wished).date() if wished else days.add_working(time.accepts(at), HELD_WITHIN)
            first, last = min(first, wished_on), max(last, wished_on)
        return first, last


def days_anew(case, at):
    """(first, last) lawful day of a hearing whose own day became a day off: never earlier than it was. Norm: GAP-35."""
    hearing, time = current(case), case.time
    first, last = Asked(case, hearing, by_applicant=False).days(at)
    first = max(first, time.days.next_working(time.local(hearing.held_at).date()))
    return first, max(first, last)


def was_working(case, at) -> bool:
    """Whether the day of an instant was a working day by the calendar as it was known at that instant."""
    known = office_time(case.time.schedule.code, case.office.zone, revision=revision_at(at))
    return known.days.is_working(known.local(at).date())


def lacking(case) -> set[str]:
    """What a notice sent now would need the head's written consent for. Norms: CONS-10-8, GAP-13."""
    found = set()
    if case.moment >= last_day_for_notice(case).due_at:
        found.add(LATE)
    if not commission.tally(case).has_quorum:
        found.add(QUORUM)
    return found


@asked_once
def last_day_for_notice(case):
    """The clock of the last day on which three working days of the whole term remain."""
    return case.deadlines.filter(rule=f"{case.service}.hearing_notice").order_by("-started_at").first()


def objection_ends(case, hearing):
    """The later of the hearing's end and the close of the second working day after service."""
    close = case.time.due_working_days(counted_from(case, hearing), case.edition.objection_working_days)
    return max(close, hearing.ended_at or close)


def refusal_from(case, hearing):
    """The first day on which a refusal may follow: the third working day after service."""
    return case.time.days.add_working(counted_from(case, hearing), case.edition.act_not_before)


def first_refusal_moment(case, hearing):
    """The earliest instant of a refusal after this hearing, for telling people."""
    opening = case.time.opening(refusal_from(case, hearing))
    if hearing.objection_waived or hearing.position:
        return opening
    return max(opening, objection_ends(case, hearing) + timedelta(minutes=1))
