"""The link by which a member of staff sets a first password himself: Django's own tokens, on this product's clock."""

from datetime import UTC

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from kazservices import clock
from kazservices.notices.offices import invite

SECONDS_A_DAY = 86_400


class LinkTokens(PasswordResetTokenGenerator):
    """A token dies with the first password set, with the first entry, and after PASSWORD_RESET_TIMEOUT."""

    def _now(self):
        return clock.now().astimezone(UTC).replace(tzinfo=None)


tokens = LinkTokens()


def send_link(user, office) -> None:
    """Owe the person the letter with a link of his own; the address is the product's, never the request's."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("admin:set-password", args=[key, tokens.make_token(user)])
    days = settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY
    invite(user, office=office, link=f"{settings.KAZ_PUBLIC_URL}{path}", days=days)
