"""One shape for every error: problem details (RFC 9457), in the reader's language."""

import logging
from datetime import date

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response

from kazservices.faults import where
from kazservices.flow.errors import MoveNotAllowed

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("The request is not right"),
    401: gettext_lazy("A valid token is wanted"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("There is no such thing"),
    405: gettext_lazy("This address is not used in this way"),
    409: gettext_lazy("Not possible as things stand now"),
    413: gettext_lazy("The body is too large"),
    415: gettext_lazy("The body comes in a form that is not read here"),
    422: gettext_lazy("Understood, but not possible in this way"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Something went wrong on our side"),
    503: gettext_lazy("A body outside does not answer now"),
}
#: What is wrong with a move because somebody or something was quicker.
OVERTAKEN = ("paper_outdated", "paper_changed", "paper_missing")
#: Why nothing can be asked for again yet.
NOT_AGAIN = ("open", "not_refused")
#: What an objection of the services is, unless it is the law's own (422).
STATUSES = {**dict.fromkeys((*OVERTAKEN, *NOT_AGAIN), 409), "too_often": 429, "silent": 503}


class Refused(exceptions.ValidationError):
    """Of the shape that is described, and yet a field names what there is not, or what is not allowed."""

    status_code = 422


class Conflict(exceptions.APIException):
    """The state of things stands against it."""

    status_code = 409


class Unprocessable(exceptions.APIException):
    """Well formed, and yet not possible; ``more`` goes into the answer."""

    status_code = 422

    def __init__(self, detail, code, **more):
        super().__init__(detail, code)
        self.more = more


def answer(error, context) -> Response:
    """The problem that an error is to the one who asked. What was not foreseen is logged without its message."""
    body, headers = _told(error)
    response = Response(body, status=body["status"], content_type=MEDIA_TYPE, headers=headers)
    response.exception = True
    return response


def plain(status: int, code: str) -> JsonResponse:
    """A problem where no view of ours was reached."""
    return JsonResponse(problem(status, code, str(TITLES[status])), status=status, content_type=MEDIA_TYPE)


def problem(status: int, code: str, detail: str, **more) -> dict:
    """The members of every problem; ``code`` is for programs, ``detail`` for people."""
    return {
        "type": f"/api/v1/#{code}",
        "title": str(TITLES[status]),
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }


def _told(error) -> tuple[dict, dict]:
    if isinstance(error, exceptions.APIException) and not isinstance(error, exceptions.ValidationError):
        return _of_framework(error)
    for kind, tell in KNOWN:
        if isinstance(error, kind):
            return tell(error), {}
    log.error("the interface failed: %s", where(error))
    return problem(500, "server_error", str(TITLES[500])), {}


def _of_permission(error) -> dict:
    return problem(403, "forbidden", _("Your part in this case, or your office, does not allow it."))


def _of_law(error: ValidationError) -> dict:
    """An objection of the services: to a field, or to the whole."""
    if hasattr(error, "error_dict"):
        return _of_fields({name: list(map(str, words)) for name, words in error.message_dict.items()}, Refused)
    code, words = getattr(error, "code", None) or "invalid", " ".join(error.messages)
    opening = getattr(error, "next_opening", None)
    more = {"next_opening": opening.isoformat()} if isinstance(opening, date) else {}
    return problem(STATUSES.get(code, 422), code, words, **more)


def _of_fields(errors: dict, kind=exceptions.ValidationError) -> dict:
    """400 where the shape is another than the description says; 422 where it is not that."""
    words = " ".join(message for messages in errors.values() for message in messages)
    code = "refused" if kind.status_code == Refused.status_code else "invalid"
    return problem(kind.status_code, code, words, errors=errors)


def _of_framework(error) -> tuple[dict, dict]:
    headers = {"WWW-Authenticate": error.auth_header} if getattr(error, "auth_header", None) else {}
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(max(1, int(error.wait)))
    status = error.status_code if error.status_code in TITLES else 400
    code = error.get_codes()
    code = code if isinstance(code, str) else "invalid"
    return problem(status, code, str(error.detail), **getattr(error, "more", {})), headers


def _flat(detail, path="") -> dict:
    """The messages of nested shapes under dotted names; what concerns the whole stands under ``""``."""
    if isinstance(detail, dict):
        found = {}
        for name, inner in detail.items():
            own = "" if name == "non_field_errors" else str(name)
            found |= _flat(inner, f"{path}.{own}".strip("."))
        return found
    if isinstance(detail, list):
        nested = [_flat(inner, f"{path}.{n}".strip(".")) for n, inner in enumerate(detail) if isinstance(inner, dict)]
        words = [str(inner) for inner in detail if not isinstance(inner, dict)]
        return {name: said for one in nested for name, said in one.items()} | ({path: words} if words else {})
    return {path: [str(detail)]}


KNOWN = (
    (MoveNotAllowed, lambda error: problem(409, "move_not_allowed", str(error.reason))),
    (Http404, lambda error: problem(404, "not_found", str(TITLES[404]))),
    (PermissionDenied, _of_permission),
    (exceptions.ValidationError, lambda error: _of_fields(_flat(error.detail), type(error))),
    (RequestDataTooBig, lambda error: problem(413, "too_large", str(TITLES[413]))),
    (SuspiciousOperation, lambda error: problem(400, "invalid", str(TITLES[400]))),
    (ValidationError, _of_law),
)
