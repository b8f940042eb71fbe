"""Every route of the product, with what each person is answered when he opens it."""

from django.urls import get_resolver
from django.urls.resolvers import URLPattern


def names(patterns=None, namespace=""):
    """The names of all routes, as ``namespace:name``."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            if entry.name:
                yield f"{namespace}:{entry.name}".lstrip(":")
        else:
            yield from names(entry.url_patterns, entry.namespace or namespace)
