"""Pages for what cannot be shown: each says what happened and where to go on."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def broken(request):
    """Asks neither the session nor the database: one of them may be what is broken."""
    return HttpResponseServerError(render_to_string("500.html"))
