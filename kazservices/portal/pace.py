"""How often one address may ask what is open to everyone: enough for a gate with a queue, too little to search by."""

from datetime import timedelta

from django.core.cache import cache

from kazservices import clock
from kazservices.addresses import address_of

MOST = 60
WINDOW = timedelta(minutes=1)


def is_too_fast(request, what: str) -> bool:
    """True when this address has asked more than MOST times since the WINDOW began, which begins for all at once.

    The window stands in the key: where counts are files, each request would prolong one that stood for the address
    alone. There two requests at once may count as one; so much wider the gate may be.
    """
    window = int(clock.now().timestamp() // WINDOW.total_seconds())
    key = f"pace:{what}:{address_of(request)}:{window}"
    if cache.add(key, 1, timeout=WINDOW.total_seconds()):
        return False
    try:
        return cache.incr(key) > MOST
    except ValueError:  # it was thrown out between the two calls
        return False
