"""Applying again after a refusal, a refusal to accept, or a withdrawal: a new case that names the old one.

Norm: LAW-19-1-3.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.cases import representation
from kazservices.cases.models import Case, Draft, Representation
from kazservices.cases.permission import speaks_for_applicant
from kazservices.documents import service as documents

from .manifest import manifest_of, specific


class OpenAlready(ValidationError):
    """Another application to the same service is still being considered; ``case`` is that one."""

    def __init__(self, case):
        message = _("Your application № %(number)s is being considered. A repeated one may follow when it has ended.")
        super().__init__(message, code="open", params={"number": case.number})
        self.case = case


def may_follow(case) -> bool:
    """Whether a new application may name this case as the one before it."""
    return case.status in manifest_of(case.service).again_from


@transaction.atomic
def begin_again(case, *, by, language: str) -> Draft:
    """A draft with all that the case said and the papers still valid; the same draft for whoever asks twice.

    Raises PermissionDenied; ValidationError: the case may not be followed; OpenAlready.
    """
    if not may_follow(case):
        message = _("This application has not ended in a refusal: there is nothing to repeat.")
        raise ValidationError(message, code="not_refused")
    representation.person_locked(case.applicant_id)
    if not speaks_for_applicant(case, by):
        raise PermissionDenied("again")
    demand_none_open(case.applicant, case.service)
    if unsent := Draft.objects.filter(user=by, previous=case.pk, case=None).first():
        return unsent
    at = clock.now()
    draft = Draft.objects.create(
        user=by,
        service=case.service,
        office=case.office if case.office.provides(case.service) else None,
        previous_id=case.pk,
        language=language,
        created_at=at,
        updated_at=at,
    )
    carry_power(case, draft)
    draft.data = {**said(specific(case)), "expired": _carry_papers(case, draft)}
    draft.save(update_fields=["data"])
    return draft


def said(case) -> dict:
    """What an application said, as the data of a new draft. Norm: LAW-19-1-3."""
    return {"category": case.category.code, "answers": case.answers, "particulars": case.particulars}


def demand_none_open(applicant, service: str) -> None:
    """A repeated application waits for the end of one that is open: they would be decided twice."""
    unfinished = Case.objects.filter(applicant=applicant, service=service).open().order_by("-submitted_at").first()
    if unfinished is not None:
        raise OpenAlready(unfinished)


def _carry_papers(case, draft) -> dict[str, str]:
    """Give the papers still valid on the next acceptance date to the draft; the others by code with their last day."""
    accepted_on = case.time.accepts(clock.now())
    acts_again = representation.of(draft) is not None
    expired = {}

    def still_good(attachment) -> bool:
        if attachment.requirement == representation.DOCUMENT:
            return acts_again
        ended = attachment.valid_until is not None and attachment.valid_until < accepted_on
        if ended:
            expired[attachment.requirement] = attachment.valid_until.isoformat()
        return not ended

    documents.copy_to_draft(case, draft, still_good)
    return expired


def carry_power(case, draft) -> None:
    """Whoever acted for another acts for him again, while his power stands."""
    power = representation.standing_in(case)
    if power is None or power.representative_id != draft.user_id:
        return
    power = Representation.objects.get(pk=power.pk)
    power.pk, power._state.adding = None, True
    power.case, power.represented, power.draft = None, None, draft
    power.save(force_insert=True)
