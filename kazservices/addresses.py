"""Where a request came from."""

from django.conf import settings


def address_of(request) -> str:
    """The network address the request came from: the last hop is our own proxy's word, earlier ones the sender's."""
    if settings.BEHIND_PROXY:
        hop = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if hop:
            return hop
    return request.META.get("REMOTE_ADDR", "")
