"""Is an office ready to take applications? The check list, and the two acts by which it opens and closes."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from calendars.arithmetic import SCHEDULES
from kazservices import clock

from .demands import seats_for
from .roles import Role

#: The checks by their codes.
LABELS = {
    "name": _("Name and territory"),
    "contact": _("Address and telephone"),
    "hours": _("Working hours"),
    "superior": _("Superior body"),
    "commission": _("Order on the commission"),
    "seats": _("Seats of the commission"),
    "head": _("Head of the office"),
    "clerk": _("Clerk"),
    "operator": _("Operator"),
    "letter": _("Test letter"),
}
#: Who an office needs whatever it provides, with the words for his absence.
POSTS = (
    (Role.HEAD, _("Nobody is head today: missed terms are told to the head.")),
    (Role.CLERK, _("Nobody is clerk today.")),
    (Role.OPERATOR, _("Nobody is operator today: the operator keeps posts and absences.")),
)

NOT_TAKEN = _("This office takes no applications for this service now. Choose another one; your draft is kept.")


@dataclass(frozen=True)
class Check:
    """One line of the check list; ``why`` says what is missing, and is empty when nothing is."""

    code: str
    label: str
    ok: bool
    why: str = ""


def checklist(office) -> tuple[Check, ...]:
    """All that must stand before an office takes applications, as of its own day. Norms: CONS-S1, GAP-13, SCHED-1."""
    return tuple(_checks(office, office.today()))


def is_ready(office) -> bool:
    return all(check.ok for check in checklist(office))


def lacking(office) -> list[Check]:
    """The checks that fail today."""
    return [check for check in checklist(office) if not check.ok]


def endings(office, within: timedelta) -> list[tuple[Check, date]]:
    """The checks that hold today and will fail, each with the last day on which it holds; the nearest first."""
    today = office.today()
    failing = {check.code for check in lacking(office)}
    found = []
    for day in _last_days(office, today, today + within):
        fresh = [c for c in _checks(office, day + timedelta(days=1)) if not c.ok and c.code not in failing]
        failing |= {check.code for check in fresh}
        found += [(check, day) for check in fresh if check.code != "seats" or "commission" not in failing]
    return found


def commission_on(office, day):
    """The commission whose term covers the day; the one named last when two orders overlap."""
    in_force = [c for c in office.commissions.all() if c.since <= day and (c.until is None or c.until >= day)]
    return max(in_force, key=lambda commission: (commission.since, commission.pk), default=None)


def demand_provider(office, service: str) -> None:
    """No application is written, signed or taken in where nobody could answer it. Raises ValidationError at ``office``.

    Asked of the office as it stands in the database now. Norms: CONS-S1, GAP-13.
    """
    if office is None or not type(office).objects.with_checks().get(pk=office.pk).provides(service):
        raise ValidationError({"office": NOT_TAKEN})


def time_of(office, service: str):
    """The working time by which an office takes applications in. Raises as ``demand_provider`` where it keeps none."""
    if office is None or not office.keeps(service):
        raise ValidationError({"office": NOT_TAKEN})
    return office.time_for(service)


@transaction.atomic
def open_office(office, *, by):
    """From now on the office takes applications. Raises ValidationError with every check that fails."""
    office = _locked(office)
    if office.is_active:
        raise ValidationError(_("This office is open already."), code="open")
    if missing := lacking(office):
        raise ValidationError([f"{check.label}: {check.why}" for check in missing], code="not_ready")
    return _turn(office, is_active=True, by=by)


@transaction.atomic
def close_office(office, *, by, reason: str):
    """No new applications; the cases that run go on to their end. Raises ValidationError at ``reason``."""
    office = _locked(office)
    if not office.is_active:
        raise ValidationError(_("This office is closed already."), code="closed")
    if not reason.strip():
        raise ValidationError({"reason": _("Write why the office closes: its people and the auditor will read it.")})
    return _turn(office, is_active=False, by=by, reason=reason.strip())


def _locked(office):
    return type(office).objects.select_for_update().get(pk=office.pk)


def _turn(office, *, is_active, by, reason=""):
    office.is_active = is_active
    office.save(update_fields=["is_active"])
    return office.openings.create(opened=is_active, by=by, at=clock.now(), reason=reason)


def _last_days(office, since, until) -> list[date]:
    """On which days of a span a term of the office's people or commissions ends."""
    terms = (*office.commissions.all(), *office.staff.all())
    return sorted({term.until for term in terms if term.until is not None and since <= term.until <= until})


def _checks(office, day):
    named = office.name_kk and office.name_ru and office.territory_kk and office.territory_ru
    yield _check("name", named, _("The name or the territory lacks one of the two languages."))
    reached = office.address_kk and office.address_ru and office.phone
    yield _check("contact", reached, _("The address in both languages or the phone lacks."))
    hours = office.hours.all()
    kept = hours and all(one.schedule in SCHEDULES for one in hours)
    yield _check("hours", kept, _("No service has its working hours yet."))
    above = office.superior_body_id
    yield _check("superior", above, _("Nobody to complain to: the superior body is not named."))
    posts = [post for post in office.staff.all() if post.is_own and post.covers(day) and post.user.is_active]
    if needed := seats_for(one.service for one in hours):
        yield from _commission(office, day, posts, needed)
    for role, why in POSTS:
        yield _check(role.value, any(post.role == role for post in posts), why)
    told = any(proof.delivered_at for proof in office.letter_proofs.all())
    yield _check("letter", told, _("No test letter has reached a person of the office yet."))


def _commission(office, day, posts, needed):
    commission = commission_on(office, day)
    why = _("No order on a commission is in force today.")
    yield _check("commission", commission is not None, why)
    seated = [post for post in posts if commission and post.commission_id == commission.pk]
    yield _check("seats", not (short := _lacking(seated, needed)), short)


def _lacking(seated, needed) -> str:
    """The seats that nobody fills, in words; one person fills one seat."""
    filled = {role: {post.user_id for post in seated if post.role == role} for role in needed}
    short = [
        format_lazy("{role}: {there} / {needed}", role=Role(role).label, there=len(filled[role]), needed=number)
        for role, number in needed.items()
        if len(filled[role]) < number
    ]
    if short:
        return format_lazy("{} {}", _("Seats not filled today:"), format_lazy(", ".join(["{}"] * len(short)), *short))
    if len(set().union(*filled.values())) < sum(needed.values()):
        return _("One person sits in two seats: each needs a person of its own.")
    return ""


def _check(code, ok, why) -> Check:
    return Check(code, LABELS[code], bool(ok), lazystr("") if ok else why)
