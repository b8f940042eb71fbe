"""The register of complaints of an office, year by year: on screen, and as a file. Norm: CONS-14-1."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazservices.design.languages import in_language
from kazservices.flow.deskpages import Asked, DeskPage, Shown, TableFile
from kazservices.masks import initials
from kazservices.offices.roles import Role

from .models import Complaint

YEARS = 5


def answer(asked: Asked):
    """A year of the register; the complainant stands in full only in the file."""
    office, year = asked.office, _year(asked)
    rows = rows_of(office, year)
    if asked.query.get("file") == "csv":
        return TableFile(f"complaints-{year}", [(_("Register of complaints"), year)], head(), map(cells, rows))
    years = [office.today().year - back for back in range(YEARS)]
    return Shown("complaints/register.html", {"rows": list(map(shown, rows)), "year": year, "years": years})


def rows_of(office, year: int):
    """The complaints that arrived at the office in that year, in the order of their numbers."""
    found = Complaint.objects.filter(office=office, accepted_on__year=year)
    found = found.select_related("office", "applicant", "about", "against", "considered_by", "forwarded_from")
    return found.prefetch_related("deadlines").order_by("registered_at", "pk")


def shown(case) -> dict:
    return {
        "case": case,
        "who": initials(case.applicant.full_name),
        "due_at": next((clock.due_at for clock in _clocks(case) if clock.is_running), None),
        "breached": any(clock.breach_noted_at for clock in case.deadlines.all()),
    }


def head() -> list[str]:
    return [
        _("Number"), _("Arrived"), _("Registered"), _("Complainant"), _("Against"), _("Case"), _("How it came"),
        _("Considered by"), _("Sent on"), _("Due"), _("Outcome"), _("Answered"), _("Breaches"),
    ]  # fmt: skip


def cells(case) -> tuple:
    due = next((clock.due_at for clock in _clocks(case)), None)
    return (
        case.number, _moment(case, case.submitted_at), _day(case.registered_on), case.applicant.full_name,
        in_language(case.against, "name"), case.about.number if case.about_id else "",
        case.get_arrival_display() or case.get_channel_display(), in_language(case.considered_by, "name"),
        _moment(case, case.forwarded_at), _moment(case, due), case.get_outcome_display() or case.get_state_display(),
        _day(case.answered_on), sum(clock.breach_noted_at is not None for clock in case.deadlines.all()),
    )  # fmt: skip


def _clocks(case) -> list:
    """The terms of the answer, the one that is due first in front."""
    own = [clock for clock in case.deadlines.all() if clock.ours and clock.rule != "complaint.register"]
    return sorted(own, key=lambda clock: clock.due_at)


def _year(asked: Asked) -> int:
    wanted = asked.query.get("year", "")
    year = int(wanted) if wanted.isdecimal() and len(wanted) == 4 else 0
    return year or asked.office.today().year


def _day(day) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _moment(case, at) -> str:
    return f"{case.time.local(at):%d.%m.%Y %H:%M}" if at else ""


REGISTER = DeskPage(
    "register", gettext_lazy("Register of complaints"), (Role.CLERK, Role.HEAD, Role.AUDITOR), answer, icon="list"
)
