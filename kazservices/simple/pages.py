"""What the faces show of an application beyond its cover sheet, and what goes into its file."""

from kazservices.cases.models import Case
from kazservices.flow import particulars
from kazservices.flow.bundle import Chapter
from kazservices.flow.manifest import specific
from kazservices.gateways.service import answers
from kazservices.passports import service as passports
from kazservices.passports.models import FormField, Ground

from .flows import flow_of
from .states import State


def page(case, viewer) -> dict:
    """Facts of the case for its page: what was asked and written, how it was decided."""
    flow = flow_of(case)
    common = {
        "category": case.category,
        "variant": passports.chosen_variant(case.category, {passports.VARIANT: case.variant}),
        "particulars": particulars.in_words(case.category, case.particulars),
        "state_label": State(case.state).label,
        "result": flow.result,
        "on_paper": flow.handed_over,
    }
    if viewer.is_recipient:
        return common
    own = {"grounds": grounds_of(case), "registers": registers(case), "earlier": earlier(case, viewer)}
    return {**common, **own, "brought": brought(case), "particulars": filled_in(case)}


def filled_in(case) -> list[tuple]:
    """(question, answer, whether it is an IIN): the desk shows an IIN when it is asked for, and the journal says so."""
    asked = [field for field in passports.fields_of(case.category) if field.code in case.particulars]
    said = particulars.in_words(case.category, case.particulars)
    return [(*row, field.kind == FormField.Kind.IIN) for row, field in zip(said, asked, strict=True)]


def brought(case) -> list:
    """The documents that the clerk got on paper, or was shown."""
    if not case.handed_in:
        return []
    return list(case.category.requirements.filter(code__in=case.handed_in))


def grounds_of(case) -> list[Ground]:
    """The grounds on which it was refused, the edition's own and the Law's."""
    named = Ground.objects.filter(code__in=case.refusal_grounds)
    return [ground for ground in named if ground.edition_id in (None, case.edition_id)]


def registers(case) -> list[tuple]:
    """(what was asked of a register, whether it has answered)."""
    given = answers(case)
    return [(item, given.get(item.register) is not None) for item in passports.registers_needed(case.category)]


def earlier(case, viewer) -> dict | None:
    """The application before this one, as far as the reader may see it."""
    if case.previous_id is None:
        return None
    if not Case.objects.visible_to(viewer).filter(pk=case.previous_id).exists():
        return {"case": case.previous, "seen": False}
    before = specific(case.previous)
    return {"case": before, "seen": True, "grounds": grounds_of(before), "state_label": State(before.state).label}


def bundle(case) -> tuple[Chapter, ...]:
    """What was filled in. Norm: CONS-14-2."""
    return (particulars.chapter_of(case),)
