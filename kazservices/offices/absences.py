"""Who is away, and who holds his posts for those days: the only way in which absences are written."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock

from .models import Absence, Office, Staff
from .posts import TO_HIMSELF, give
from .roles import VOTING_ROLES, Role

PRESIDING = (Role.CHAIR, Role.DEPUTY)
#: Whose post may not be filled by a holder of which other: he would sign beside himself, or check himself.
APART = {
    Role.SECRETARY: PRESIDING,
    Role.HEAD: PRESIDING,
    Role.AUDITOR: tuple(role for role in Role if role is not Role.AUDITOR),
}
STANDING_IN = {"kk": "{} (м.а.)", "ru": "{} (и. о.)"}


@transaction.atomic
def note_absence(*, user, office, since, until, reason, by, substitute=None, act="") -> Absence:
    """Write down who is away; a substitute gets his posts for these days, voting seats apart. Norm: GAP-13.

    Raises ValidationError at ``user``, ``since``, ``until``, ``substitute`` or ``act``.
    """
    Office.objects.select_for_update().order_by("pk").get(pk=office.pk)
    if until < since:
        raise ValidationError({"until": _("The last day stands before the first. Check both dates.")})
    days = Absence.objects.standing().filter(since__lte=until, until__gte=since)
    if days.filter(user=user).exists():
        raise ValidationError({"since": _("An absence of this person on these days is written down already.")})
    if days.filter(substitute=user).exists():
        raise ValidationError(
            {"user": _("This person stands in for somebody on these days. End that substitution first.")}
        )
    posts = _posts_to_fill(user, office, since, until) if substitute else []
    if substitute and substitute == by and substitute != user:
        raise ValidationError({"substitute": TO_HIMSELF})
    if substitute and (fault := _fault_of(substitute, user, office, posts, days)):
        raise ValidationError({"substitute": fault})
    if substitute and not act.strip():
        raise ValidationError({"act": _("Name the order by which the substitute stands in: its number and date.")})
    absence = Absence.objects.create(
        user=user, office=office, since=since, until=until, reason=reason, entered_by=by,
        substitute=substitute, act=act.strip() if substitute else "",
    )  # fmt: skip
    give((_in_place(absence, post) for post in posts), by=by)
    return absence


@transaction.atomic
def end_absence(absence: Absence, *, by) -> None:
    """The person is back, or does not go: the substitution ends at this instant. Norm: GAP-13.

    A post that has begun stays written for its days, this one included; only what has not begun is taken away.
    """
    absence = Absence.objects.select_for_update(of=("self",)).select_related("office").get(pk=absence.pk)
    today, at = absence.office.today(), clock.now()
    if absence.ended_at is not None or absence.until < today:
        return
    absence.ended_at, absence.ended_by = at, by
    absence.save(update_fields=["ended_at", "ended_by"])
    absence.substitutions.filter(since__gt=today).delete()
    absence.substitutions.filter(until__gte=today).update(until=today, ended_at=at, ended_by=by)


def _posts_to_fill(user, office, since, until) -> list[Staff]:
    """The posts without a vote that the person holds in his own right on some of the days."""
    posts = Staff.objects.filter(user=user, office=office, stands_for=None).exclude(role__in=VOTING_ROLES)
    return [post for post in posts if post.since <= until and (post.until is None or post.until >= since)]


def _fault_of(substitute, user, office, posts, days):
    """Why this person cannot stand in; nothing when he can."""
    if substitute == user:
        return _("Nobody stands in for himself.")
    if not (substitute.is_staff and substitute.is_active):
        return _("This account is closed, or is not of the staff.")
    if days.filter(user=substitute).exists():
        return _("This person is away himself on some of these days.")
    if not posts:
        return _("Nothing to stand in for: a voting seat is never substituted. For the chair the deputy presides.")
    own = Staff.objects.filter(user=substitute, office=office, stands_for=None)
    held = {post.role for post in own if any(_meet(post, filled) for filled in posts)}
    if any(held & set(APART.get(Role(post.role), ())) for post in posts):
        return _("This person signs or decides beside the absent one: the two must be different people.")
    return None


def _meet(one, other) -> bool:
    """The terms of two posts have a day in common."""
    return (one.until is None or one.until >= other.since) and (other.until is None or other.until >= one.since)


def _in_place(absence, post) -> Staff:
    return Staff(
        user=absence.substitute, office=absence.office, role=post.role, commission=post.commission,
        post_kk=STANDING_IN["kk"].format(post.post_kk) if post.post_kk else "",
        post_ru=STANDING_IN["ru"].format(post.post_ru) if post.post_ru else "",
        since=max(absence.since, post.since), until=min(filter(None, (absence.until, post.until))),
        act=absence.act, stands_for=post, absence=absence,
    )  # fmt: skip
