"""What the public page of a service says: is it open, until when, and when would the answer come."""

from dataclasses import dataclass
from datetime import date, datetime

from calendars.arithmetic import ExplainedDay, OfficeTime
from calendars.minutes import Stretch, stretches
from calendars.rules import Unit, rule_on
from calendars.rules import due_at as rule_due_at
from calendars.service import office_time
from calendars.windows import WindowStatus, window_at

from .models import Edition, Service
from .service import windows

ALWAYS = WindowStatus(True, None, None)


@dataclass(frozen=True)
class Reckoning:
    """The answer to "if I file then, when do I get it?", with the day-by-day reason."""

    submitted: datetime
    accepted: date
    due: datetime
    days: list[ExplainedDay]
    window: WindowStatus
    #: The hours of a term in minutes: which counted, which stood still; empty for a term of days.
    stretches: tuple[Stretch, ...] = ()

    @property
    def accepted_later(self) -> bool:
        return self.accepted != self.submitted.date()


def hours_of(edition: Edition, office=None) -> OfficeTime:
    """The working time by which the service is counted: the office's own, or that of the standard."""
    return office.time_for(edition.service_id) if office else office_time(edition.schedule)


def window_of(edition: Edition, at: datetime, time: OfficeTime, office=None) -> WindowStatus:
    """Is the service open to an application filed at an instant? Norms: CONS-S10-1, GAP-23.

    A service without periods is open all the year round.
    """
    periods = windows(edition, day=time.local(at).date(), office=office)
    return window_at(periods, at, time) if periods else ALWAYS


def reckon(edition: Edition, submitted: datetime, time: OfficeTime, *, accepted: date | None = None) -> Reckoning:
    """The term of an application filed at a moment; a day of the year where the law names one.

    ``accepted``: the acceptance day where another office judges it. Norms: CLK-0, CONS-8. Raises: OutOfCalendar.
    """
    submitted = time.local(submitted)
    accepted = accepted or time.accepts(submitted)
    rule = rule_on(f"{edition.service_id}.decide", accepted)
    hours: tuple[Stretch, ...] = ()
    if rule is not None and rule.unit is Unit.FIXED_DATE:
        due = rule_due_at(rule, time, submitted)
    elif edition.term_unit == Edition.TermUnit.WORKING_MINUTES:
        due = time.due_working_minutes(submitted, edition.term_length)
        hours = tuple(stretches(time, submitted, due))
    else:
        due = time.due_working_days(accepted, edition.term_length)
    days = time.explain(accepted, due.date())
    return Reckoning(submitted, accepted, due, days, window_of(edition, submitted, time), hours)


def reckon_after_hours(edition: Edition, reckoning: Reckoning, time: OfficeTime) -> Reckoning | None:
    """The same at the closing of that day, where it makes a difference."""
    closing = time.closing(reckoning.submitted.date())
    if reckoning.submitted >= closing or reckoning.accepted_later:
        return None
    return reckon(edition, closing, time)


def services_on(day: date) -> list[tuple[Service, Edition | None]]:
    """Each service with its standard of the day, none where no standard is loaded; not those nobody applies for."""
    editions = {}
    known = Edition.objects.switched_on().filter(valid_from__lte=day)
    for edition in known.order_by("valid_from").prefetch_related("windows"):
        if edition.valid_to is None or edition.valid_to >= day:
            editions[edition.service_id] = edition
    found = [(service, editions.get(service.pk)) for service in Service.objects.all()]
    return [(service, edition) for service, edition in found if edition is None or edition.channels_open]


def loaded(edition: Edition) -> Edition:
    """The edition with all that its page shows, in few queries."""
    own = ("windows", "assumptions", "grounds", "register_items")
    related = Edition.objects.select_related("service").prefetch_related(*own, "categories__requirements")
    return related.get(pk=edition.pk)


def in_groups(categories) -> list[tuple]:
    """Categories by their group, in the order of the standard: (first category, all of the group)."""
    groups: dict[str, list] = {}
    for category in categories:
        groups.setdefault(category.group, []).append(category)
    return [(members[0], members) for members in groups.values()]
