"""Every opening of a case by staff leaves a line: the citizen may ask who has read his file."""

from kazservices import clock

from .models import CaseReading


def note_reading(case, user, part="case"):
    """Write down that a member of staff opened a case; the recipient's own look is not noted."""
    if not user.is_recipient:
        CaseReading.objects.create(case_id=case.pk, user=user, at=clock.now(), part=part)
