"""A form that came without its token: the page had grown old. Said in the look of the face it belongs to."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kazservices.api.problems import plain

PROGRAMS, STAFF = "/api/", ("/admin/", "/reports/")


def expired(request, reason=""):
    """What happened and what to do: nothing was taken, the page can be opened anew."""
    if request.path.startswith(PROGRAMS):
        return plain(403, "csrf")
    at_the_desk = request.path.startswith(STAFF) or request.user.is_staff
    face = "backoffice" if at_the_desk else "portal"
    front = reverse("admin:index" if at_the_desk else "portal:home")
    context = {"anew": _page_before(request) or front, "front": front}
    return render(request, f"{face}/expired.html", context, status=403)


def _page_before(request) -> str:
    """The page on which the form stood; none that is not ours."""
    page = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else ""
