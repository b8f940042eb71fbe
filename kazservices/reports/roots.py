"""The state of the journal: the roots of its nights, each with its signature and its copy, and a file of them all."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazservices.cases.roots import keys
from kazservices.cases.roots.models import JournalRoot
from kazservices.cases.roots.sealing import head_line, root_hash

from .mandate import mandate_or_403
from .menu import staff_page

A_PAGE = 50


@login_required(login_url="admin:login")
@require_safe
def journal(request):
    """When the journal was last sealed, and whether each seal is signed by our key. Raises: PermissionDenied."""
    context = staff_page(request, "reports:journal", mandate_or_403(request.user))
    page = Paginator(_newest_first().select_related("copy"), A_PAGE).get_page(request.GET.get("page"))
    trusted = keys.trusted()
    context |= {"page": page, "roots": [(root, _holds(root, trusted)) for root in page.object_list]}
    context |= {"last": _newest_first().first(), "fingerprints": [_in_groups(known) for known in trusted]}
    return render(request, "reports/journal.html", context)


@login_required(login_url="admin:login")
@require_safe
def journal_jsonl(request):
    """Every root, one line each, the oldest first: hash, signature, key. What they sealed is in their copies."""
    mandate_or_403(request.user)
    rows = JournalRoot.objects.order_by("number").iterator(chunk_size=500)
    response = StreamingHttpResponse((head_line(root) for root in rows), content_type="application/jsonl")
    response["Content-Disposition"] = 'attachment; filename="journal-roots.jsonl"'
    response["Cache-Control"] = "no-store"
    return response


def _newest_first():
    return JournalRoot.objects.order_by("-number")


def _holds(root: JournalRoot, trusted: dict) -> bool:
    known = trusted.get(root.key)
    return known is not None and root.hash == root_hash(root) and keys.holds(known, root.signature, root.hash)


def _in_groups(fingerprint: str) -> str:
    """Eight signs at a time: to be compared by eye with the one that was written down."""
    return " ".join(fingerprint[i : i + 8] for i in range(0, len(fingerprint), 8))
