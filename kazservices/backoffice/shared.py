"""Cases of other offices of which an office sees a part only: what that part is, says the manifest of the service."""

from kazservices.cases.models import SEEING_ROLES, Case, CaseParty
from kazservices.design.languages import in_language
from kazservices.flow.manifest import manifest_of, specific, specifics
from kazservices.offices.service import offices_of
from kazservices.passports.models import Service

from .nextmoves import status_name


def cases_in_part(user):
    """The cases that an office of this person sees in part, with the sheet alone."""
    return Case.objects.seen_in_part(user).select_related("office")


def with_part(found, user) -> tuple:
    """(the service's case, the part in which it is seen)."""
    party = _parties(user).filter(case=found.pk).first()
    return specific(found), party.part


def opened(case, which) -> dict:
    """What the page of a part shows: the facts of that part and the template that tells them."""
    manifest = manifest_of(case.service)
    return {
        "case": case,
        "facts": manifest.part(case, which),
        "service_part": manifest.pages.get(which, ""),
        "status_name": status_name(case),
    }


def lines(cases, user) -> list[dict]:
    """The rows of the list, in a number of queries that does not grow with them."""
    cases = list(cases)
    parts = dict(_parties(user).filter(case__in=cases).values_list("case_id", "part"))
    full, names = specifics(cases), dict(_names(cases))
    return [
        {
            "case": case,
            "service": names.get(case.service, case.service),
            "status": status_name(case),
            "facts": manifest_of(case.service).part(full[case.pk], parts[case.pk]),
        }
        for case in cases
    ]


def _parties(user):
    return CaseParty.objects.current().in_part().filter(office__in=offices_of(user, *SEEING_ROLES))


def _names(cases):
    for service in Service.objects.filter(code__in={case.service for case in cases}):
        yield service.code, in_language(service, "alias")
