"""What lists show of many cases at once, in a fixed number of queries."""

from kazservices.design.languages import in_language
from kazservices.flow.manifest import Glance
from schools.duplicates.models.application import DuplicateApplication
from schools.duplicates.models.original import Original


def glance(cases, viewer) -> dict[int, Glance]:
    """The reason, the document and where it is collected."""
    found = DuplicateApplication.objects.filter(pk__in=[case.pk for case in cases]).select_related("category")
    return {
        one.pk: Glance(subject=f"{in_language(one.category, 'plain')} · {one.get_pick_up_display()}") for one in found
    }


def original_glance(cases, viewer) -> dict[int, Glance]:
    """Which document, and whether with distinction."""
    found = Original.objects.filter(pk__in=[case.pk for case in cases])
    return {one.pk: Glance(subject=str(one.get_document_display())) for one in found}
