"""Waiting and service at the counters: minutes of a period by service and office, with the breaches and a CSV."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from statistics import median
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from calendars.words import staff_datetime
from kazservices import clock
from kazservices.counter.models import Ticket
from kazservices.design.forms import DayInput
from kazservices.design.languages import active_language, in_language

from .export import csv_response
from .figures import share_of
from .mandate import mandate_or_403
from .menu import staff_page
from .scope import services, usual_period

A_PAGE = 50


class CounterForm(forms.Form):
    """Asked by GET, so that the report can be shared by its address."""

    since = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    until = forms.DateField(label=gettext_lazy("Until"), widget=DayInput)
    service = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)

    def __init__(self, asked, *, offices):
        self.offices = offices
        today = timezone.localtime(clock.now()).date()
        super().__init__({**usual_period(today), **asked})
        self.fields["service"].choices = [("", _("All")), *services()]
        self.fields["office"].choices = [("", _("All")), *((o.code, in_language(o, "name")) for o in offices)]

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The last day stands before the first. Check both dates."))
        return data

    def tickets(self):
        """The tickets of the period in the offices of the mandate."""
        data = self.cleaned_data
        chosen = [office for office in self.offices if data["office"] in ("", office.code)]
        found = Ticket.objects.filter(office__in=chosen, day__range=(data["since"], data["until"]))
        return found.filter(service=data["service"]) if data["service"] else found

    def printed(self) -> list[tuple[str, str]]:
        """What stands on top of the page and of the export."""
        data = self.cleaned_data
        offices = [in_language(o, "name") for o in self.offices if data["office"] in ("", o.code)]
        return [
            (_("Tickets of the period"), f"{data['since']:%d.%m.%Y} – {data['until']:%d.%m.%Y}"),
            (_("Service"), dict(services()).get(data["service"]) or _("all")),
            (_("Office"), "; ".join(offices)),
            (_("As of"), staff_datetime(timezone.localtime(clock.now()), active_language())),
        ]

    def address(self) -> str:
        asked = {name: self.cleaned_data[name] for name in ("since", "until", "service", "office")}
        shown = {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items()}
        return "?" + urlencode({name: value for name, value in shown.items() if value})


@dataclass
class Minutes:
    """Working minutes of one kind (waiting, or service), and how many were above the longest of the standard."""

    spent: list[int] = field(default_factory=list)
    alerts: int = 0
    late: int = 0
    limits: set = field(default_factory=set)
    norms: set = field(default_factory=set)

    def take(self, minutes, limit, norm, *, beyond, late) -> None:
        self.spent.append(minutes)
        self.alerts += beyond
        self.late += late
        self.limits.add(limit)
        self.norms.add(norm)

    @property
    def count(self) -> int:
        return len(self.spent)

    @property
    def share(self) -> float | None:
        """Per cent within the minutes that the standard promises."""
        return share_of(self.count - self.alerts, self.count)

    @property
    def median(self):
        return f"{median(self.spent):g}" if self.spent else "–"

    @property
    def percentile_90(self):
        """The minutes within which nine of ten were done: nearest rank."""
        return sorted(self.spent)[ceil(0.9 * self.count) - 1] if self.spent else "–"

    @property
    def longest(self):
        return max(self.spent, default="–")

    @property
    def limit(self) -> str:
        return ", ".join(str(one) for one in sorted(self.limits))

    @property
    def norm(self) -> str:
        return ", ".join(sorted(self.norms))


def figures(tickets) -> list[tuple[tuple[int, str], Minutes, Minutes]]:
    """((office, service), waiting, service) of ended tickets. Norms: ADM-S10-1, ADM-S10-2, TRN-S10-1, TRN-S10-2."""
    lines = defaultdict(lambda: (Minutes(), Minutes()))
    for ticket in tickets.ended().order_by("office_id", "service"):
        waiting, serving = lines[ticket.office_id, ticket.service]
        if ticket.waited is not None:
            beyond, late = ticket.waited_beyond_the_promise, ticket.waited_too_long
            waiting.take(ticket.waited, ticket.waiting_limit, ticket.waiting_norm, beyond=beyond, late=late)
        if ticket.served is not None:
            late = ticket.served_too_long
            serving.take(ticket.served, ticket.serving_limit, ticket.serving_norm, beyond=late, late=late)
    return [(key, *line) for key, line in lines.items()]


@login_required(login_url="admin:login")
@require_safe
def counter(request):
    """How long people waited at the counters, and were served there."""
    form = _form(request)
    context = {"form": form, **staff_page(request, "reports:counter", form.offices)}
    if form.is_valid():
        names = _Names(form.offices)
        late = form.tickets().waited_too_long() | form.tickets().served_too_long()
        shown = Paginator(late.order_by("-issued_at"), A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "printed": form.printed(),
            "address": form.address(),
            "rows": [(names.of(*key), waiting, serving) for key, waiting, serving in figures(form.tickets())],
            "page": shown,
            "late": [(ticket, names.of(ticket.office_id, ticket.service)) for ticket in shown.object_list],
        }
    return render(request, "reports/counter.html", context, status=200 if form.is_valid() else 400)


@login_required(login_url="admin:login")
@require_safe
def counter_csv(request):
    """One line a ticket, streamed; no ticket names its holder."""
    form = _form(request)
    if not form.is_valid():
        context = {"form": form, **staff_page(request, "reports:counter", form.offices)}
        return render(request, "reports/counter.html", context, status=400)
    names = _Names(form.offices)
    rows = (_line(ticket, names) for ticket in form.tickets().select_related("case").order_by("issued_at").iterator())
    name = f"tickets-{form.cleaned_data['since']}-{form.cleaned_data['until']}"
    return csv_response(name, top=form.printed(), head=_head(), rows=rows)


def _form(request) -> CounterForm:
    return CounterForm(request.GET.dict(), offices=mandate_or_403(request.user))


class _Names:
    def __init__(self, offices):
        self.offices = {office.pk: in_language(office, "name") for office in offices}
        self.services = dict(services())

    def of(self, office_id, service) -> dict:
        return {"office": self.offices[office_id], "service": self.services.get(service, service)}


def _head() -> list[str]:
    return [
        _("Office"), _("Service"), _("Day"), _("Number"), _("Issued"), _("Called"), _("Ended"), _("Outcome"),
        _("Waited, min"), _("Longest waiting, min"), _("Norm"), _("Waited longer than promised"), _("Waited too long"),
        _("Served, min"), _("Longest service, min"), _("Norm"), _("Served too long"), _("Case"),
    ]  # fmt: skip


def _line(ticket, names) -> list:
    named, yes = names.of(ticket.office_id, ticket.service), _("yes")
    return [
        named["office"], named["service"], f"{ticket.day:%d.%m.%Y}", ticket.number, _hour(ticket.issued_at),
        _hour(ticket.called_at), _hour(ticket.ended_at), ticket.get_outcome_display(),
        ticket.waited, ticket.waiting_limit, ticket.waiting_norm,
        yes if ticket.waited_beyond_the_promise else "", yes if ticket.waited_too_long else "",
        ticket.served, ticket.serving_limit, ticket.serving_norm, yes if ticket.served_too_long else "",
        ticket.case.number if ticket.case else "",
    ]  # fmt: skip


def _hour(moment) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""
