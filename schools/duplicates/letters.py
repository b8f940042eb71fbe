"""What the letters of duplicates and originals may say, each text in both languages."""

from calendars import words
from kazservices.flow import letter_facts
from kazservices.passports.models import Ground
from schools.duplicates.states import State

LANGUAGES = ("kk", "ru")


def context(case, move, facts) -> dict:
    """The context of a letter owed by a move."""
    return {
        **letter_facts.cover(case, rule="issue"),
        **(letter_facts.refused_to_accept(case, facts) if move == "refuse_acceptance" else {"missing": []}),
        **letter_facts.mended(case, move, facts),
        "motive": case.motive or facts.get("motive", ""),
        "grounds": _grounds(case),
        "refused": case.outcome == "refusal",
        "place": place(case),
        "kept_until": _kept_until(case),
        "register": facts.get("register", ""),
        "resend_by": _due(case, "resend"),
    }


def original_context(case, move, facts) -> dict:
    """The context of a letter about an original."""
    return {
        **letter_facts.cover(case, rule="hand_over"),
        "graduate": case.graduate,
        "document": {"kk": named(case, "kk"), "ru": named(case, "ru")},
        "register_number": case.register_number,
        "because": case.cancelled_because,
    }


def place(case) -> dict:
    """Where the result is handed over: the name and the address of the school or of the State Corporation. DUP-26-3."""
    at_school = case.state == State.OFFERED or not case.goes_to_corporation
    office = case.office if at_school else case.corporation
    said = {}
    for language in LANGUAGES:
        name, address = getattr(office, f"name_{language}"), getattr(office, f"address_{language}")
        said[language] = f"{name}, {address}" if address else name
    return said


DOCUMENTS = {
    "basic": {"kk": "негізгі орта білім туралы аттестат", "ru": "аттестат об основном среднем образовании"},
    "general": {"kk": "жалпы орта білім туралы аттестат", "ru": "аттестат об общем среднем образовании"},
}
WITH_DISTINCTION = {
    "basic": {
        "kk": "негізгі орта білім туралы үздік аттестат",
        "ru": "аттестат об основном среднем образовании с отличием",
    },
    "general": {
        "kk": "жалпы орта білім туралы үздік аттестат",
        "ru": "аттестат об общем среднем образовании с отличием",
    },
}


def named(case, language) -> str:
    """What the document is called; one with distinction by its own name. Norm: DUP-5."""
    names = WITH_DISTINCTION if case.with_distinction else DOCUMENTS
    return names[case.document][language]


def _grounds(case) -> list:
    codes = case.refusal_grounds
    if not codes:
        return []
    return [*case.edition.grounds.filter(code__in=codes), *Ground.objects.filter(edition=None, code__in=codes)]


def _kept_until(case):
    return _day(case.deadlines.filter(rule="duplicates.store").order_by("-started_at").first())


def _due(case, rule):
    return _day(case.deadlines.running().filter(rule=f"duplicates.{rule}").first())


def _day(clock):
    if clock is None:
        return None
    return {language: words.citizen_date(clock.due_on, language, year=True) for language in LANGUAGES}
