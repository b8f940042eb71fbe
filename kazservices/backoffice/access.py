"""The way to a case: through what the person may see, and by its reference."""

from django.shortcuts import get_object_or_404

from kazservices.flow.manifest import specific

from .desk import desk_of


def case_of(request, ref):
    """The service's case of this address, if its office is the reader's; otherwise there is no such page."""
    found = get_object_or_404(desk_of(request).cases().prefetch_related("office__hours"), ref=ref)
    return specific(found)
