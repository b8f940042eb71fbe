"""What the letters of an application may say: dates already in words, each in both languages."""

from calendars import words
from conscription import hearings
from kazservices.flow.letter_facts import LANGUAGES, cover, mended, moments, refused_to_accept


def context(case, move, facts) -> dict:
    """The context of a letter owed by a move; the applicant's name stands only in his own letters."""
    hearing = hearings.current(case)
    decide = case.deadlines.filter(rule=f"{case.service}.decide").order_by("-started_at").first()
    return {
        **cover(case),
        "hearing": hearing,
        "hearing_at": moments(case.time.local(hearing.held_at)) if hearing else None,
        "objection_by": moments(case.time.local(hearings.objection_ends(case, hearing))) if hearing else None,
        "refusal_late": bool(decide and hearing and hearings.first_refusal_moment(case, hearing) > decide.due_at),
        **refused_to_accept(case, facts),
        **mended(case, move, facts),
        "moved_because": _why_anew(facts) if move == "reappoint" else None,
    }


def _why_anew(facts) -> dict:
    return {language: words.revision_words(facts["revision"], facts["acts"], language) for language in LANGUAGES}
