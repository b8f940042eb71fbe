"""Lists of cases by the working time that is left: urgency, the filter, what a service says of its own."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy

from calendars.service import working_calendar
from kazservices.cases.models import Stage

from .manifest import Glance, all_manifests, manifest_of

OVERDUE, TODAY, SOON, LATER, NO_TERM = "overdue", "today", "soon", "later", "none"
WORDS = {
    OVERDUE: (gettext_lazy("Overdue"), "bad"),
    TODAY: (gettext_lazy("Due today"), "warn"),
    SOON: (gettext_lazy("In the next 3 working days"), "ok"),
    LATER: (gettext_lazy("Later"), "ok"),
    NO_TERM: (gettext_lazy("Without a running term"), "wait"),
}


@dataclass(frozen=True)
class Bounds:
    """The instants between the degrees of urgency, in local days."""

    at: object
    end_of_today: object
    end_of_soon: object

    def degree(self, due_at) -> str:
        if due_at is None:
            return NO_TERM
        if due_at < self.at:
            return OVERDUE
        if due_at < self.end_of_today:
            return TODAY
        return SOON if due_at < self.end_of_soon else LATER

    def of(self, degree) -> Q:
        """The condition of a degree, for a query."""
        return {
            OVERDUE: Q(next_due_at__lt=self.at),
            TODAY: Q(next_due_at__gte=self.at, next_due_at__lt=self.end_of_today),
            SOON: Q(next_due_at__gte=self.end_of_today, next_due_at__lt=self.end_of_soon),
            LATER: Q(next_due_at__gte=self.end_of_soon),
            NO_TERM: Q(next_due_at=None),
        }[degree]


def bounds(at, zone) -> Bounds:
    """Today ends at midnight; the next three working days end with the third one's midnight."""
    local = at.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    third = working_calendar().add_working(local.date(), 3)
    return Bounds(at, midnight + timedelta(days=1), midnight + (third - local.date()) + timedelta(days=1))


@dataclass(frozen=True)
class Filter:
    """What the address asks for; unknown values ask for nothing."""

    service: str = ""
    status: str = ""
    office: str = ""
    due: str = ""
    stage: str = ""
    mine: bool = False
    number: str = ""

    @classmethod
    def of(cls, query):
        plain = {
            name: query.get(name, "").strip() for name in ("service", "status", "office", "due", "stage", "number")
        }
        plain["number"] = plain["number"].upper()
        return cls(**plain, mine=query.get("mine") == "1")

    def apply(self, cases, limits: Bounds):
        """The cases that the filter leaves, the most urgent first; without stage or number only open ones."""
        if self.stage in Stage.values:
            cases = cases.filter(stage=self.stage)
        elif not self.number:
            cases = cases.open()
        if self.number:
            cases = cases.filter(number__contains=self.number)
        if self.service:
            cases = cases.filter(service=self.service)
        if self.status:
            cases = cases.filter(status=self.status)
        if self.office:
            cases = cases.filter(office__code=self.office)
        if self.due in WORDS:
            cases = cases.filter(limits.of(self.due))
        return cases.by_urgency()


def tied(case, visible) -> list:
    """The cases of other services that are about this one, those that the reader may see."""
    about = [one for manifest in all_manifests() for one in manifest.tied(case)]
    seen = set(visible.filter(pk__in=[one.pk for one in about]).values_list("pk", flat=True)) if about else set()
    return [one for one in about if one.pk in seen]


def glances(cases, viewer) -> dict[int, Glance]:
    """What each service says of its cases, asked once a service."""
    found = {}
    for service in sorted({case.service for case in cases}):
        found |= manifest_of(service).glance([case for case in cases if case.service == service], viewer)
    return found
