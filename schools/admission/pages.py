"""What the faces show of an application beyond its cover sheet, and what goes into its file."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazservices.design.templatetags.design import staff_date, staff_datetime
from kazservices.flow import particulars
from kazservices.flow.bundle import Chapter, Record, chapter
from kazservices.gateways.answers import in_words
from kazservices.gateways.service import answers
from kazservices.masks import initials
from kazservices.passports import service as passports
from schools.admission import conditions, rounds
from schools.admission.models.base import Kin
from schools.admission.models.rounds import LateEntry
from schools.admission.models.school import Charter
from schools.admission.order_steps import admitted_of
from schools.admission.states import State


def page(case, viewer) -> dict:
    """Facts of the case for its page: the child, the place in the queue, what the round said.

    Who has typed an IIN reads no name by it until a register, or papers at the counter, have shown whose child it is.
    """
    common = {
        "category": case.category,
        "state_label": State(case.state).label,
        "pool": case.pool,
        "child_name": case.child.full_name if _may_read_name(case, viewer) else initials(case.child.full_name),
        "particulars": particulars.in_words(case.category, _shown(case, viewer)),
        "charter": Charter.objects.filter(office=case.office_id).first(),
        "offer_ends": conditions.offer_ends(case) if case.state == State.OFFERED else None,
        "list_place": _list_place(case),
        "turn": _turn(case),
    }
    if viewer.is_recipient:
        return common
    return {
        **common,
        "registers": registers(case),
        "late": LateEntry.objects.filter(case_id=case.pk).select_related("entered_by", "confirmed_by").first(),
        "kin": case.get_kin_display(),
    }


def order_page(order, viewer) -> dict:
    """The grade of an order and the children of its list."""
    return {
        "pool": order.pool,
        "state_label": order.get_state_display(),
        "children": list(admitted_of(order.pool)) if order.state == "drawn_up" else [],
    }


def _may_read_name(case, viewer) -> bool:
    return not viewer.is_recipient or case.kin != Kin.SILENT or not case.child.iin


def _shown(case, viewer) -> dict:
    """What was filled in; a typed IIN is shown again to staff alone."""
    return {code: said for code, said in case.particulars.items() if not (viewer.is_recipient and code == "child_iin")}


def _list_place(case) -> int | None:
    """His number on the waiting list; others' names are nobody's business."""
    if case.state != State.LISTED:
        return None
    keys = list(rounds.waiting_list(case.pool).values_list("pk", flat=True))
    return keys.index(case.pk) + 1


def _turn(case) -> dict | None:
    """The day of the round that answered, and by which turn."""
    if case.round is None:
        return None
    said = next((row for row in case.round.answers if row[0] == case.pk), None)
    return said and {"day": case.round.day, "kind": said[1], "turn": said[2], "counter": said[3] + 1}


def registers(case) -> list[tuple]:
    """(what was asked, what the register said line by line, or none while it is silent)."""
    given, language = answers(case), get_language() or "kk"
    said = {name: None if answer is None else in_words(answer, language) for name, answer in given.items()}
    return [(item, said.get(item.register)) for item in passports.registers_needed(case.category)]


def bundle(case) -> tuple[Chapter, ...]:
    """What was filled in, the round that answered it so that anybody may replay it, and a late entry."""
    late = LateEntry.objects.filter(case_id=case.pk).select_related("entered_by", "confirmed_by")
    return (
        particulars.chapter_of(case),
        chapter("round", "round", _("Round of the queue"), filter(None, [_round(case)])),
        chapter("late_entry", "late entry", _("Entered later than it came"), late, _late),
    )


def order_bundle(order) -> tuple[Chapter, ...]:
    """The children whom the order enrols, by the numbers of their cases."""
    children = [{"case": child.number} for child in admitted_of(order.pool)]
    return (chapter("children", "children", _("Cases of the order"), children, _number, together=True),)


def _number(child):
    yield _("Case"), child["case"]


def _round(case) -> Record | None:
    if case.round is None:
        return None
    said = _turn(case)
    lines = [(_("Day of the round"), staff_date(case.round.day)), (_("Fingerprint of the round"), case.round.sha256)]
    lines += [(_("Turn"), str(said["turn"]))] if said else []
    return Record(str(_("Round of the queue")), case.round, tuple(lines))


def _late(entry):
    yield _("Received"), staff_datetime(entry.received_at)
    yield _("Why"), entry.reason
    yield _("Entered"), f"{entry.entered_by.full_name}, {staff_datetime(entry.entered_at)}"
    if entry.confirmed_by:
        yield _("Confirmed"), f"{entry.confirmed_by.full_name}, {staff_datetime(entry.confirmed_at)}"
