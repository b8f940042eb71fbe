"""My tokens, and for a head or an operator those of his offices. A secret is shown once, on the page of its making."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kazservices.api import tokens as service
from kazservices.api.models import ApiToken, Scope
from kazservices.design.languages import in_language

from .forms import TokenForm

MOST_SHOWN = 100


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request):
    """The list, and the form of a new one."""
    form = TokenForm(request.POST if request.method == "POST" else None, user=request.user)
    made, secret = None, ""
    if form.is_valid():
        made, secret = service.make(request.user, **form.wanted())
        form = TokenForm(user=request.user)
    own = ApiToken.objects.of_person(request.user)
    governed = service.offices_governed_by(request.user)
    others = ApiToken.objects.filter(post__office__in=governed).exclude(user=request.user)
    context = {
        **_around(request),
        "form": form if request.user.is_recipient or form.posts else None,
        "made": made,
        "secret": secret,
        "own": _rows(own),
        "others": _rows(others) if governed else None,
        "page_url": reverse("api:page"),
    }
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request, ref):
    """End a token at once. One that is not mine to end is not there for me."""
    token = get_object_or_404(ApiToken.objects.select_related("post"), ref=ref)
    service.revoke(token, by=request.user)
    messages.success(request, _("The token “%(name)s” does not work any more.") % {"name": token.name})
    return redirect("tokens:list")


def _rows(found) -> list[dict]:
    """The living ones first, each with its words."""
    posts = ("post__office", "post__commission", "post__stands_for")
    found = found.select_related("user", *posts).order_by("-created_at")[:MOST_SHOWN]
    rows = [
        {
            "token": token,
            "scopes": ", ".join(str(Scope(scope).label) for scope in token.scopes),
            "office": in_language(token.office, "name") if token.office else "",
            "alive": token.is_alive and service.post_stands(token),
            "post_ended": not service.post_stands(token),
        }
        for token in found
    ]
    return sorted(rows, key=lambda row: not row["alive"])


def _around(request) -> dict:
    """The frame of the reader's own face: the cabinet's, or the desk's with a way back to it."""
    if request.user.is_recipient:
        return {"base": "base_portal.html", "section": "tokens"}
    if not request.user.is_staff:
        raise PermissionDenied("no account of ours")
    pages = (
        ("admin:index", _("Today"), "home"),
        ("admin:queue", _("Queue"), "list"),
        ("tokens:list", _("Tokens"), "shield"),
    )
    menu = [
        {"name": name, "url": reverse(page), "icon": icon, "current": page == "tokens:list"}
        for page, name, icon in pages
    ]
    return {"base": "base_staff.html", "menu": menu, "leave_url": reverse("admin:logout")}
