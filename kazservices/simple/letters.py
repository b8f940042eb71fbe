"""What the letters of an application say: the words of its file where it has some, with the facts of the case."""

from kazservices.flow.letter_facts import LANGUAGES, cover, mended, refused_to_accept

from .flows import Flow, flow_of

GRANTED = "grant"


def context(case, move, facts) -> dict:
    """The context of a letter owed by a move; the applicant's name stands only in his own letters."""
    flow, known = flow_of(case), cover(case)
    return {
        **known,
        **refused_to_accept(case, facts),
        **mended(case, move, facts),
        "on_paper": flow.handed_over,
        "said": _of_the_file(flow, move, case, known),
    }


def _of_the_file(flow: Flow, move: str, case, known) -> dict | None:
    """Subject and text in both languages, the names of facts filled in; none where the file leaves it to us."""
    letter = flow.letters.get(_name(flow, move))
    if not letter:
        return None
    return {
        language: {part: _filled(letter[part][language], _facts(case, known, language)) for part in ("subject", "text")}
        for language in LANGUAGES
    }


def _name(flow: Flow, move: str) -> str:
    """Which letter of the file a move owes: a result that is collected on paper is told as ready."""
    if move == GRANTED:
        return "ready" if flow.handed_over else "granted"
    return {"submit": "taken", "refuse": "refused"}.get(move, "")


def _facts(case, known, language) -> dict[str, str]:
    return {
        "number": case.number,
        "service": getattr(case.edition, f"name_{language}"),
        "office": getattr(case.office, f"name_{language}"),
        "address": getattr(case.office, f"address_{language}"),
        "accepted": known["accepted"][language],
        "result_at": known["result_at"][language] if known["result_at"] else "",
    }


def _filled(text: str, facts: dict[str, str]) -> str:
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value)
    return text
