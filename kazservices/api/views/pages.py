"""The description itself: as OpenAPI for programs, as a page for people."""

from functools import wraps

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator

from kazservices.api.problems import TITLES, plain

VERBS = ("get", "post", "put", "patch", "delete")
SAFE = ("GET", "HEAD")


def only_read(view):
    """Asked in any other way it answers as every address of the interface does; no cookie is a way in here."""

    @csrf_exempt
    @wraps(view)
    def guarded(request):
        if request.method in SAFE:
            return view(request)
        answer = plain(405, "method_not_allowed")
        answer["Allow"] = ", ".join(SAFE)
        return answer

    return guarded


@only_read
def schema(request):
    """OpenAPI 3.1."""
    return JsonResponse(described(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@only_read
def page(request):
    """All operations on one page, without a script."""
    description = described()
    groups: dict[str, list] = {}
    for path, verbs in description["paths"].items():
        for verb in VERBS:
            if verb in verbs:
                operation = verbs[verb]
                groups.setdefault(operation["tags"][0], []).append(_shown(path, verb, operation, description))
    return render(request, "api/page.html", {"groups": groups, "problems": TITLES.items()})


@csrf_exempt
def not_found(request):
    """Under the interface an unknown address is a problem too, not a page, in whatever way it is asked."""
    return plain(404, "not_found")


def described() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def _shown(path, verb, operation, description) -> dict:
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "path": path,
        "verb": verb.upper(),
        "summary": operation.get("summary", ""),
        "about": operation.get("description", "").partition("\n\nScope of the token")[0],
        "scope": operation.get("x-scope", ""),
        "parameters": operation.get("parameters", []),
        "body": [(kind, _fields(content.get("schema", {}), description)) for kind, content in body.items()],
        "statuses": sorted(operation["responses"]),
    }


def _fields(schema, description) -> list[str]:
    """The names of the fields of a body; those that may be left out stand in brackets."""
    name = schema.get("$ref", "").rpartition("/")[2]
    known = description["components"]["schemas"].get(name, {})
    wanted = known.get("required", [])
    return [field if field in wanted else f"[{field}]" for field in known.get("properties", {})]
