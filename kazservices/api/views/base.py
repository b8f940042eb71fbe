"""What all operations share."""

from django.core.paginator import Paginator
from rest_framework.response import Response
from rest_framework.views import APIView

from kazservices.flow.door import through

WAY = "api"


class Operation(APIView):
    """One address. ``scopes``: what its methods ask of a token; a method that is not named there is public."""

    scopes: dict[str, str] = {}
    #: What a method may answer beyond what all of its kind do.
    problems: dict[str, tuple[int, ...]] = {}
    only_for_recipients = False
    tag = ""
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    def dispatch(self, request, *args, **kwargs):
        """The journal says that what is done here came through the interface."""
        with through(WAY):
            return super().dispatch(request, *args, **kwargs)

    def scope_of(self, method: str) -> str | None:
        return self.scopes.get("GET" if method == "HEAD" else method)


def asked(request, shape) -> dict:
    """What the address asks for. Raises ValidationError for an unknown word."""
    return _checked(shape(data=request.query_params.dict()))


def sent(request, shape) -> dict:
    """What the body says. Raises ValidationError."""
    return _checked(shape(data=request.data))


def told(shape, thing, status=200, many=False) -> Response:
    """The answer: private, and kept by nobody on the way."""
    return Response(shape(thing, many=many).data, status=status, headers={"Cache-Control": "private, no-store"})


def paged(shape, rows, wanted: dict, make) -> Response:
    """One page of a list; ``make`` turns the rows of the page into what is told of them. Past the end it is empty."""
    paginator = Paginator(rows, wanted["page_size"])
    number = wanted["page"]
    shown = list(paginator.page(number).object_list) if number <= paginator.num_pages else []
    counts = {"count": paginator.count, "page": number, "pages": paginator.num_pages}
    return told(shape, {**counts, "results": make(shown)})


def _checked(shape) -> dict:
    shape.is_valid(raise_exception=True)
    return shape.validated_data
