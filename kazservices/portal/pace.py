"""How often one address may ask what is open to everyone: enough for a gate with a queue, too little to search by."""

from datetime import timedelta

from django.core.cache import cache

from kazservices.addresses import address_of

MOST = 60
WINDOW = timedelta(minutes=1)


def is_too_fast(request, what: str) -> bool:
    """True when this address has asked more than MOST times within the WINDOW."""
    key = f"pace:{what}:{address_of(request)}"
    if cache.add(key, 1, timeout=WINDOW.total_seconds()):
        return False
    try:
        return cache.incr(key) > MOST
    except ValueError:  # the window has closed between the two calls
        return False
