"""What the law wants before a move, each with the words that say why not."""

from django.utils.translation import gettext_lazy as _

from kazservices.flow.conditions import because

from .flows import flow_of


@because(_("Not available: the office has not opened on the acceptance date yet."))
def office_has_opened(case):
    """Put to work at the opening of the acceptance date, never before it. Norm: CLK-0."""
    return case.moment >= case.time.opening(case.accepted_on)


@because(_("Not available: acceptance may be refused only on the acceptance date."))
def still_the_acceptance_day(case):
    """After the day of arrival a refusal needs a ground of the service itself. Norm: LAW-19."""
    return case.moment < case.time.closing(case.accepted_on)


@because(_("Not available: this result is not handed over on paper."))
def is_handed_over_on_paper(case):
    return flow_of(case).handed_over


@because(_("Not available: the result has been handed over already."))
def is_not_handed_over_yet(case):
    return case.handed_over_at is None
