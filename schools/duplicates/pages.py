"""What the faces show of a duplicate or an original beyond the cover sheet, and what goes into its file."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazservices.design.templatetags.design import staff_datetime
from kazservices.flow import particulars
from kazservices.flow.bundle import Chapter, chapter
from kazservices.gateways.answers import in_words
from kazservices.gateways.service import answers
from kazservices.looking import looking
from kazservices.passports import service as passports
from schools.duplicates import exchange, letters
from schools.duplicates.states import OriginalState, State


def page(case, viewer) -> dict:
    """Facts of the case for its page."""
    with looking(case):
        common = {
            "category": case.category,
            "particulars": particulars.in_words(case.category, case.particulars),
            "state_label": State(case.state).label,
            "place": {f"place_{language}": said for language, said in letters.place(case).items()},
            "kept_until": _kept_until(case),
        }
        if viewer.is_recipient:
            return common
        return {
            **common,
            "registers": registers(case),
            "blanks": list(case.blanks.select_related("form")),
            "items": list(case.consignment_items.select_related("consignment").order_by("pk")),
            "slow_counter": slow_counter(case),
        }


def original_page(case, viewer) -> dict:
    return {
        "state_label": OriginalState(case.state).label,
        "blanks": list(case.blanks.select_related("form")),
    }


def slow_counter(case) -> bool:
    """The State Corporation says that the person waited, or was served, for more than fifteen minutes.

    Norms: DUP-S3-2, DUP-S3-3.
    """
    too_long = (case.waited_minutes or 0) > exchange.LONGEST_WAIT
    return too_long or (case.served_minutes or 0) > exchange.LONGEST_SERVICE


def registers(case) -> list[tuple]:
    """(what was asked, what the register said line by line, or none while it is silent). Norm: DUP-17."""
    given, language = answers(case), get_language() or "kk"
    said = {name: None if answer is None else in_words(answer, language) for name, answer in given.items()}
    return [(item, said.get(item.register)) for item in passports.registers_needed(case.category)]


def bundle(case) -> tuple[Chapter, ...]:
    """What was filled in, its blanks, its lines of the registers of dispatch."""
    lines = case.consignment_items.select_related("consignment").order_by("pk")
    return (
        particulars.chapter_of(case),
        _blanks(case),
        chapter("dispatch", "dispatch", _("Lines of the registers of dispatch"), lines, _line),
    )


def original_bundle(case) -> tuple[Chapter, ...]:
    return (_blanks(case),)


def _blanks(case) -> Chapter:
    return chapter("blanks", "blank", _("Blanks"), case.blanks.select_related("form").order_by("pk"), _blank)


def _blank(blank):
    yield _("Blank"), f"{blank.series} {blank.number}"
    yield _("State"), blank.get_state_display()
    yield _("Used"), staff_datetime(blank.used_at)
    yield _("Spoilt"), staff_datetime(blank.spoilt_at)
    yield _("Why"), blank.spoilt_because


def _line(item):
    yield _("Register №"), item.consignment.number
    yield _("What"), item.consignment.get_direction_display()
    yield _("Sent"), staff_datetime(item.consignment.sent_at)
    yield _("Countersigned"), staff_datetime(item.consignment.countersigned_at)
    yield _("State"), item.get_state_display()


def _kept_until(case):
    clock = case.deadlines.running().filter(rule="duplicates.store").first()
    return clock and clock.due_on
