"""What lists show of many applications at once, in a fixed number of queries."""

from kazservices.design.languages import in_language
from kazservices.flow.manifest import Glance

from .models import SimpleCase


def glance(cases, viewer) -> dict[int, Glance]:
    """The category of each application."""
    found = SimpleCase.objects.filter(pk__in=[case.pk for case in cases]).select_related("category")
    return {case.pk: Glance(subject=in_language(case.category, "plain")) for case in found}
