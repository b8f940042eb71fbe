"""What the law objects to in the facts of a move of any service, each at the field it concerns."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.passports import service as passports


def fault(field: str, message, code: str, **params) -> ValidationError:
    """What the law objects to, at the field it concerns."""
    return ValidationError({field: ValidationError(message, code=code, params=params)})


def grounds_offered(case):
    """The grounds on which this application may be refused; where no register is asked, none lacks a consent.

    Norm: LAW-5-1-2.
    """
    consent = case.consents.filter(given=True, withdrawn_at=None).exists()
    return passports.grounds_offered(
        case.edition,
        office=case.office,
        accepted_on=case.accepted_on,
        consent_given=consent or not passports.registers_needed(case.category),
    )


def demand_offered(case, field, codes) -> None:
    """Only a ground of the closed list. Norm: LAW-5-1-2."""
    if not codes or not set(codes) <= {ground.code for ground in grounds_offered(case)}:
        raise fault(field, _("Choose a ground from the list: no other ground is lawful."), "ground")


def demand_words(field, text, message=None) -> None:
    """No decision against a person without its reasons. Norm: LAW-19-1-1."""
    if not text.strip():
        raise fault(field, message or _("State the motive in words: the applicant will read it."), "words")


def demand_own_signature(by, signed_by) -> None:
    """The paper names the person who signs it, and nobody else signs it. (TRN-S5-2, CONS-14-3)"""
    if signed_by != by.pk:
        raise fault("signed_by", _("The paper names another official. Open the form again."), "signed_by")
