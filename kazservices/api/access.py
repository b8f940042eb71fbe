"""Who asks, what his token lets him do, and how often. Who may see or move a case is asked further down."""

import json

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    NotAuthenticated,
    ParseError,
    PermissionDenied,
)
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.throttling import SimpleRateThrottle

from kazservices.addresses import address_of

from . import tokens
from .models import Scope

SCHEME = b"bearer"
LARGEST_BODY = 1024 * 1024


class Bearer(BaseAuthentication):
    """``Authorization: Bearer kaz_…``; neither a session nor a cookie is a way in."""

    def authenticate(self, request):
        words = get_authorization_header(request).split()
        if not words:
            return None
        token = tokens.find(words[1].decode(errors="replace")) if _is_bearer(words) else None
        if token is None:
            raise AuthenticationFailed(
                _("This token is not valid: it is unknown, expired, revoked, or its post ended.")
            )
        token.user.by_post = token.post_id  # whatever else he is: he is here as that, and may no more
        return token.user, token

    def authenticate_header(self, request):
        return "Bearer"


class Scoped(BasePermission):
    """The token has the scope of the operation and belongs to those for whom it is; public ones ask for no token."""

    def has_permission(self, request, view):
        wanted = view.scope_of(request.method)
        if wanted is None:
            return True
        if request.auth is None:
            raise NotAuthenticated(_("Send a token: Authorization: Bearer …"))
        if wanted not in request.auth.scopes:
            raise PermissionDenied(
                _("This token has no right to %(scope)s.") % {"scope": Scope(wanted).label}, code="scope"
            )
        if view.only_for_recipients and not request.user.is_recipient:
            raise PermissionDenied(_("Only a service recipient may do this."), code="recipients_only")
        return True


class OftenEnough(SimpleRateThrottle):
    """So many requests a minute: of a token, and without one of a network address."""

    scope = "token"

    def __init__(self):
        """The rate is chosen when it is known who asks."""

    def allow_request(self, request, view):
        self.scope = "token" if request.auth else "address"
        self.rate = self.THROTTLE_RATES[self.scope]
        self.num_requests, self.duration = self.parse_rate(self.rate)
        return super().allow_request(request, view)

    def get_cache_key(self, request, view):
        ident = request.auth.prefix if request.auth else address_of(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


class Bounded(JSONParser):
    """JSON, and not more of it than any of our shapes can need."""

    def parse(self, stream, media_type=None, parser_context=None):
        if int(parser_context["request"].META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            raise TooLarge(_("The body is larger than 1 MB."))
        body = super().parse(stream, media_type, parser_context)
        try:
            json.dumps(body, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:  # half a pair of surrogates: no letter, nothing keeps or answers it
            raise ParseError(_("The body holds half a letter.")) from error
        return body


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"


class OnlyWhatThereIs(BaseContentNegotiation):
    """An answer has one form: whatever is asked for in Accept, that form comes."""

    def select_parser(self, request, parsers):
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


def _is_bearer(words) -> bool:
    return len(words) == 2 and words[0].lower() == SCHEME
