"""What lists show of many complaints at once, in a fixed number of queries."""

from kazservices.design.languages import in_language
from kazservices.flow.manifest import Glance

from .models import Complaint


def glance(cases, viewer) -> dict[int, Glance]:
    """Against whom, on which case; the words of the complaint are on its page."""
    found = Complaint.objects.filter(pk__in=[case.pk for case in cases]).select_related("about", "against")
    return {case.pk: Glance(subject=_subject(case)) for case in found}


def _subject(case) -> str:
    about = f"№ {case.about.number}" if case.about_id else in_language(case.category, "plain")
    return about if case.office_id == case.against_id else f"{in_language(case.against, 'name')}, {about}"
