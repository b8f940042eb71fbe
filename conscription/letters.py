"""What the letters of an application may say: dates already in words, each in both languages."""

from calendars import words
from conscription import hearings
from kazservices.passports import service as passports

LANGUAGES = ("kk", "ru")


def context(case, move, facts) -> dict:
    """The context of a letter owed by a move; the applicant's name stands only in his own letters."""
    hearing = hearings.current(case)
    decide = case.deadlines.filter(rule=f"{case.service}.decide").order_by("-started_at").first()
    return {
        "service": case.edition,
        "office": case.office,
        "accepted": _days(case.accepted_on),
        "result": _days(decide.due_on) if decide else None,
        "result_at": _moments(case.time.local(decide.due_at)) if decide else None,
        "hearing": hearing,
        "hearing_at": _moments(case.time.local(hearing.held_at)) if hearing else None,
        "objection_by": _moments(case.time.local(hearings.objection_ends(case, hearing))) if hearing else None,
        "refusal_late": bool(decide and hearing and hearings.first_refusal_moment(case, hearing) > decide.due_at),
        "missing": _missing(case, facts.get("missing", ())),
        "motive": facts.get("motive", ""),
        **_mended(case, move, facts),
        "moved_because": _why_anew(facts) if move == "reappoint" else None,
    }


def _why_anew(facts) -> dict:
    return {language: words.revision_words(facts["revision"], facts["acts"], language) for language in LANGUAGES}


def _mended(case, move, facts) -> dict:
    """The paper that was replaced or withdrawn, the one that says so, and why."""
    if move == "correct":
        old = case.papers.select_related("replaced_by").get(pk=facts["paper"])
        return {"old": old, "old_on": _issued(case, old), "new": old.replaced_by, "reason": facts["reason"]}
    if move == "withdraw_result":
        old = case.papers.filter(withdrawn_at=case.moment).select_related("withdrawn_by").latest("pk")
        return {"old": old, "old_on": _issued(case, old), "new": old.withdrawn_by, "reason": facts["because"]}
    return {}


def _issued(case, paper) -> dict:
    return _days(case.time.local(paper.issued_at).date())


def _missing(case, missing):
    asked = {r.code: r for r in passports.required_documents(case.category, case.answers)}
    return [{"document": asked[row["code"]], "expired": row["reason"] == passports.EXPIRED} for row in missing]


def _days(day) -> dict:
    return {language: words.citizen_date(day, language, year=True) for language in LANGUAGES}


def _moments(moment) -> dict:
    return {language: words.citizen_datetime(moment, language, year=True) for language in LANGUAGES}
