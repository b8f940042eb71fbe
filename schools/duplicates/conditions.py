"""What the law wants before a move, each with the words that say why not."""

from django.utils.translation import gettext_lazy as _

from kazservices.flow.conditions import because
from schools.duplicates.states import State


@because(_("Not available: the application did not come through the State Corporation."))
def came_by_corporation(case):
    return case.came_by_corporation


@because(_("Not available: the papers have not come from the State Corporation yet."))
def papers_have_arrived(case):
    """What the State Corporation took in is registered on the day it came to the school. Norm: DUP-25."""
    return not case.came_by_corporation or case.state == State.DELIVERED


@because(_("Not available: the school has not opened on the day of registration yet."))
def office_has_opened(case):
    """After hours, or on a day off, it is registered on the next working day. Norm: DUP-21."""
    arrived = case.arrived_at or case.submitted_at
    return case.moment >= case.time.opening(case.time.accepts(arrived))


@because(_("Not available: acceptance may be refused only on the acceptance date."))
def still_the_acceptance_day(case):
    """Later than that only a reasoned refusal of the service remains. Norm: DUP-20."""
    return case.moment < case.time.closing(case.time.accepts(case.arrived_at or case.submitted_at))


@because(_("Not available: the blank is of a sample that is in force no longer. Spoil it and take another."))
def blank_is_in_force(case):
    """Blanks in force at the moment of the decision. Norm: DUP-10."""
    blank = case.blanks.filter(state="assigned").select_related("form").first()
    return blank is not None and blank.form.in_force(case.time.local(case.moment).date())


@because(_("Not available: the applicant collects it at the school."))
def goes_to_corporation(case):
    return case.goes_to_corporation


@because(_("Not available: the State Corporation hands this result over."))
def stays_at_school(case):
    return not case.goes_to_corporation


@because(_("Not available: the month of storage has not ended."))
def month_is_over(case):
    """A result is kept for a whole month. Norm: DUP-30."""
    clock = case.deadlines.running().filter(rule="duplicates.store").first()
    return clock is not None and case.moment >= clock.due_at
