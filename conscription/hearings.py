"""The days of a hearing. Norms: CONS-10-6, CONS-10-7, GAP-35, GAP-40."""

from datetime import timedelta

from conscription.models.hearing import Hearing

HELD_WITHIN = 2  # working days from service


def current(case) -> Hearing | None:
    """The hearing that the case stands at: the last one called."""
    return case.hearings.order_by("number").last()


def days_for(case, at):
    """(first, last) lawful day of a hearing whose notice is served at an instant."""
    served_on = case.time.accepts(at)
    days = case.time.days
    return days.add_working(served_on, 1), days.add_working(served_on, HELD_WITHIN)


def days_of(case, hearing):
    """(first, last) lawful day of a hearing already called: a postponement stays within the same two days."""
    days = case.time.days
    return days.add_working(hearing.served_on, 1), days.add_working(hearing.served_on, HELD_WITHIN)


def last_day_for_notice(case):
    """The last day on which three working days of the whole term remain, and its closing."""
    return case.deadlines.filter(rule=f"{case.service}.hearing_notice").order_by("-started_at").first()


def objection_ends(case, hearing):
    """The later of the hearing's end and the close of the second working day after service."""
    time = case.time
    close = time.due_working_days(hearing.served_on, case.edition.objection_working_days)
    return max(close, hearing.ended_at or close)


def refusal_from(case, hearing):
    """The first day on which a refusal may follow: the third working day after service."""
    return case.time.days.add_working(hearing.served_on, case.edition.act_not_before)


def first_refusal_moment(case, hearing):
    """The earliest instant of a refusal after this hearing, for telling people."""
    opening = case.time.opening(refusal_from(case, hearing))
    if hearing.objection_waived or hearing.position:
        return opening
    return max(opening, objection_ends(case, hearing) + timedelta(minutes=1))
