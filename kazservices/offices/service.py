"""Who holds which role, on which day."""

from kazservices.looking import asked_once

from .models import Absence, Staff
from .roles import Role


def holders(office, *roles, on=None):
    """The posts of these roles in the office on a day (today by default)."""
    return Staff.objects.on(on or office.today()).filter(office=office).with_role(*roles).select_related("user")


@asked_once
def posts_today(office, role) -> tuple:
    """The posts of one role today, in the order in which they were entered; who is away still holds his own."""
    return tuple(holders(office, role).order_by("pk"))


def roles_of(user, office, on=None) -> set[str]:
    """The roles a person holds in an office on a day; of one who is here by a single post, its role alone."""
    return set(holders(office, *Role.values, on=on).held_by(user).values_list("role", flat=True))


def offices_of(user, *roles) -> list[int]:
    """The offices in which a person holds one of the roles today (any role when none is named)."""
    posts = Staff.objects.held_by(user).select_related("office", "commission", "stands_for")
    posts = posts.filter(role__in=roles or Role.values, user__is_active=True)
    return [post.office_id for post in posts if post.covers(post.office.today())]


def posts_of(user, office) -> list:
    """The posts a person holds in an office today, in his own right or in the place of another; or the single one."""
    return list(holders(office, *Role.values).held_by(user).select_related("stands_for"))


def in_place_of(posts, *roles) -> int | None:
    """For whom a person acts who holds one of these roles only as a substitute: the key of the absent one."""
    held = [post for post in posts if post.role in roles]
    if not held or any(post.is_own for post in held):
        return None
    return held[0].stands_for.user_id


def is_absent(user, office, *, until=None) -> bool:
    """Away today; with ``until``, away from today through that day without a break."""
    last = max(office.today(), until or office.today())
    return any(absence.user_id == user.pk and absence.until >= last for absence in absences(office))


@asked_once
def absences(office) -> tuple:
    """Who is away from the office today, and until when."""
    return tuple(Absence.objects.on(office.today()).filter(office=office))
