"""Tokens: made and shown once, found by their prefix, ended by a day, a hand, a post or an account."""

import hashlib
import secrets
import string
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils.crypto import constant_time_compare

from kazservices import clock
from kazservices.offices.models import Staff
from kazservices.offices.roles import Role
from kazservices.offices.service import offices_of

from .models import ApiToken, Scope

BEGINNING = "kaz"
ALPHABET = string.ascii_lowercase + string.digits
PREFIX_LENGTH = 10
LIVES_AT_MOST = timedelta(days=365)
#: The moment of the last use is written at most so often.
NOTED_EVERY = timedelta(minutes=1)
OF_CITIZENS = (Scope.READ, Scope.FILE, Scope.MOVE)
OF_STAFF = (Scope.READ, Scope.MOVE, Scope.REPORT)


def make(user, *, name: str, scopes, lives: timedelta, post: Staff | None = None) -> tuple[ApiToken, str]:
    """A new token and its secret, which is told this once. Raises PermissionDenied for a post that is not one's own."""
    at = clock.now()
    if user.is_recipient == (post is not None) or (post and not _holds(user, post)):
        raise PermissionDenied("post")
    allowed = OF_CITIZENS if post is None else OF_STAFF
    prefix = "".join(secrets.choice(ALPHABET) for _ in range(PREFIX_LENGTH))
    secret = f"{BEGINNING}_{prefix}_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        post=post,
        name=name,
        prefix=prefix,
        sha256=_hash(secret),
        scopes=[scope.value for scope in allowed if scope in scopes],
        created_at=at,
        expires_at=at + min(lives, LIVES_AT_MOST),
    )
    return token, secret


def find(secret: str) -> ApiToken | None:
    """The token of a secret, if it may be used now: not revoked, not expired, its account open, its post in force."""
    beginning, _, rest = secret.partition("_")
    prefix, _, _ = rest.partition("_")
    known = ApiToken.objects.alive().filter(prefix=prefix).select_related("user", "post__office").first()
    if beginning != BEGINNING or known is None or not constant_time_compare(known.sha256, _hash(secret)):
        return None
    if not known.user.is_active or (known.post and not _holds(known.user, known.post)):
        return None
    _note_use(known)
    return known


def revoke(token: ApiToken, *, by) -> None:
    """End a token: its owner does it, or the head or operator of its office. Raises PermissionDenied."""
    if token.user_id != by.pk and (token.post is None or token.post.office_id not in offices_governed_by(by)):
        raise PermissionDenied("revoke")
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now(), revoked_by=by)


def offices_governed_by(user) -> list[int]:
    """The offices whose tokens a person may see and end: where he is the head or the operator today."""
    return [] if user.is_recipient else offices_of(user, Role.HEAD, Role.OPERATOR)


def posts_of(user) -> list[Staff]:
    """The posts in force today, each of which a token may stand for."""
    posts = Staff.objects.filter(user=user).select_related("office").order_by("office__code", "pk")
    return [post for post in posts if _holds(user, post)]


def post_stands(token: ApiToken) -> bool:
    """A token of a recipient needs none; that of a post stops at the instant when the post ends."""
    return token.post is None or token.post.covers(token.post.office.today())


def _holds(user, post: Staff) -> bool:
    return Staff.objects.on(post.office.today()).filter(pk=post.pk, user=user).exists()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _note_use(token: ApiToken) -> None:
    at = clock.now()
    if token.last_used_at is None or at - token.last_used_at >= NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
