"""How the product is, for machines. Four addresses, each for an asker of its own (docs/operations.md)."""

from functools import wraps
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from kazservices.flow.health import health as state_of_health
from kazservices.flow.metrics import exposition
from kazservices.flow.readiness import CHECKS, readiness

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def of_the_house(view):
    """Only for who asks from this very machine, past no proxy, or says the word of ``KAZ_METRICS_TOKEN``."""

    @wraps(view)
    def guarded(request):
        if _is_from_here(request) or _says_the_word(request):
            return view(request)
        return HttpResponse("403\n", status=403, content_type="text/plain")

    return guarded


def _is_from_here(request) -> bool:
    """What a proxy hands on is never from here, although the proxy itself may be."""
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False  # through a socket: whoever holds its other end


def _says_the_word(request) -> bool:
    scheme, _, word = request.headers.get("Authorization", "").partition(" ")
    token = settings.KAZ_METRICS_TOKEN
    return bool(token) and scheme == "Bearer" and constant_time_compare(word.strip(), token)


@never_cache
@require_safe
def alive(request):
    """This process answers; nothing else is asked, the database neither: who hears nothing starts it anew."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request):
    """May work be given to it? 503 while a check is red. ``?only=database,disk``: what the asker wants to know."""
    only = [name for name in request.GET.get("only", "").split(",") if name]
    if unknown := sorted(set(only) - set(CHECKS)):
        return JsonResponse({"unknown": unknown, "known": list(CHECKS)}, status=400)
    told = readiness(only)
    return JsonResponse(told, status=200 if told["ready"] else 503)


@never_cache
@require_safe
@of_the_house
def health(request):
    """Does the product keep its promises: sweeps, calendar, roots, recounts, offices by code. 503 when red."""
    told = state_of_health()
    return JsonResponse(told, status=503 if told["state"] == "red" else 200)


@never_cache
@require_safe
@of_the_house
def metrics(request):
    """The figures for Prometheus."""
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
