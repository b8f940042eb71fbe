"""order(): the file of a case is to be made; who may order it, and who may take it along."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kazservices import clock
from kazservices.bells import ring
from kazservices.cases.models import Case, CaseParty
from kazservices.cases.permission import at as party
from kazservices.cases.permission import may
from kazservices.cases.reading import note_reading
from kazservices.flow.door import in_whose_place, record
from kazservices.flow.manifest import manifest_of, specific
from kazservices.offices.actors import SYSTEM, user_or_none
from kazservices.offices.roles import Party, Role

from .models import NORM, ORDERED, CaseBundle
from .tasks import make_file

#: Members of a commission are left out: the file holds the others' opinions, which each sees after his own only.
KEEPERS = (
    Role.CLERK, Role.SECRETARY, Role.CHAIR, Role.DEPUTY, Role.HEAD, Role.ACADEMIC_DEPUTY, Role.AUDITOR,
)  # fmt: skip
#: Who considers a complaint sees the whole case as a party of it.
ABOVE = (CaseParty.Part.SUPERIOR_BODY, CaseParty.Part.QUALITY_AUTHORITY)
MAY_ORDER = may(Party.SYSTEM, *KEEPERS, *(party(part, role) for part in ABOVE for role in KEEPERS))


@transaction.atomic
def order(case, *, with_cases=None, by, at=None, with_losses: bool = False) -> CaseBundle:
    """Order the file of a case, with the cases that belong to it: made by a worker, told in their journals.

    The same order while one is being made is that one. ``with_cases``: by default those that the manifest names.
    Raises: PermissionDenied for who may not see each of them in full. Norm: CONS-14-2.
    """
    others = manifest_of(case.service).bundled_with(specific(case)) if with_cases is None else with_cases
    sheets = _locked(case, others)
    if not all(MAY_ORDER(sheet, by) for sheet in sheets):
        raise PermissionDenied("file of the case")
    scope = ",".join(str(sheet.pk) for sheet in sheets) + (" with losses" if with_losses else "")
    found = CaseBundle.objects.open().filter(case=case.pk, scope=scope).first()
    if found is not None:
        return found
    at = at or clock.now()
    bundle = CaseBundle.objects.create(
        case_id=case.pk, scope=scope, with_losses=with_losses, language="ru" if case.language == "ru" else "kk",
        ordered_by=user_or_none(by), ordered_at=at,
    )  # fmt: skip
    bundle.others.set([sheet.pk for sheet in sheets if sheet.pk != case.pk])
    numbers = [sheet.number for sheet in sheets]
    for sheet in sheets:
        facts = {"file": bundle.pk, "cases": numbers, "with_losses": with_losses}
        record(sheet, ORDERED, by=by, facts=facts | _in_place(sheet, by), norm=NORM)
    ring(make_file, bundle.pk)
    return bundle


def opens(case, person) -> bool:
    """Whether the file of this case is his to order and to take along."""
    return MAY_ORDER(case, person)


def take(bundle: CaseBundle, *, by):
    """The archive, for whoever may see each case in it in full; each reading is written down. Raises: PermissionDenied.

    A case that only stands in the file is asked like any other: no page leads around its own.
    """
    cases = bundle.cases()
    seen = Case.objects.visible_to(by).filter(pk__in=[case.pk for case in cases])
    if len(seen) < len(cases) or not all(opens(case, by) for case in cases):
        raise PermissionDenied("file of the case")
    for case in cases:
        note_reading(case, by, part="file")
    return bundle.file


def _locked(case, others) -> list[Case]:
    """The cover sheets, locked in the order of a move: a complaint first, then the case that it is about."""
    sheets = Case.objects.select_for_update(of=("self",)).select_related("office", "applicant")
    keys = sorted({one.pk for one in others} - {case.pk})
    return [sheets.get(pk=case.pk), *sheets.filter(pk__in=keys).order_by("pk")]


def _in_place(case, by) -> dict:
    return {} if by is SYSTEM else in_whose_place(case, by, *KEEPERS)
