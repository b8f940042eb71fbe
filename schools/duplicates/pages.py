"""What the faces show of a duplicate or an original beyond the cover sheet, and what goes into its file."""

from django.utils.translation import get_language

from kazservices.flow import particulars
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


def bundle(case) -> dict:
    """Everything that goes with the case: documents, papers, notices, registers of dispatch, blanks."""
    return {
        "attachments": list(case.attachments.all()),
        "papers": list(case.papers.all()),
        "notices": list(case.notices.all()),
        "registers": answers(case),
        "blanks": list(case.blanks.all()),
        "consignments": list(case.consignment_items.all()),
        "journal": list(case.journal.all()),
    }


def original_bundle(case) -> dict:
    return {
        "papers": list(case.papers.all()),
        "notices": list(case.notices.all()),
        "blanks": list(case.blanks.all()),
        "journal": list(case.journal.all()),
    }


def _kept_until(case):
    clock = case.deadlines.running().filter(rule="duplicates.store").first()
    return clock and clock.due_on
