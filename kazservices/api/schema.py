"""How operations are described: every one names its problems, and the scope that its token needs."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiResponse

from .problems import MEDIA_TYPE
from .shapes import Problem

WORDS = {
    400: "The request is not right: `errors` names the fields.",
    401: "The token is missing, unknown, expired or revoked, or its post has ended.",
    403: "The token, the person or his part in the case does not allow it, whatever the state.",
    404: "There is no such thing, or none that this person may know of.",
    405: "This address is not used in this way.",
    409: "Not possible as things stand now: `detail` says why in words.",
    413: "The body is larger than 1 MB.",
    415: "The body comes in a form that is not read here.",
    422: "Well formed, but a field names what there is not (`errors`), or the law does not allow it.",
    503: "The register of numbers does not answer now: try again.",
    429: "Too many requests: `Retry-After` says when to come again.",
}


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "kazservices.api.access.Bearer"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "A token made in the cabinet or at the desk."}


class Described(AutoSchema):
    """Adds to each operation what all of its kind may answer."""

    def get_auth(self):
        return [{"token": []}] if self._scope else []

    def get_description(self):
        said = super().get_description()
        return f"{said}\n\nScope of the token: `{self._scope}`." if self._scope else said

    def get_operation_id(self):
        return f"{type(self.view).__name__}.{self.method.lower()}"

    def get_operation(self, *args, **kwargs):
        operation = super().get_operation(*args, **kwargs)
        if operation and self._scope:
            operation["x-scope"] = str(self._scope)
        return operation

    def get_tags(self):
        return [self.view.tag]

    def _get_response_bodies(self, direction="response"):
        found = super()._get_response_bodies(direction)
        for status in self._problems():
            described = OpenApiResponse(Problem, description=WORDS[status], examples=[_example(status)])
            found[str(status)] = self._get_response_for_code(described, str(status), [MEDIA_TYPE], direction)
        return found

    @property
    def _scope(self):
        return self.view.scope_of(self.method)

    def _problems(self):
        yield from (400, 405, 429)
        if self._scope:
            yield from (401, 403)
        if self._scope is None:
            yield 401  # a token that is sent is looked at
        if "{" in self.path:
            yield 404
        if self.method in ("POST", "PUT", "PATCH"):
            yield from (413, 415)
        yield from self.view.problems.get(self.method, ())


def _example(status):
    value = {"type": "/api/v1/#example", "title": "…", "status": status, "code": "example", "detail": WORDS[status]}
    return OpenApiExample(f"A problem {status}", value=value, media_type=MEDIA_TYPE, status_codes=[str(status)])
