"""What the letters of any application may say: dates already in words, each in both languages."""

from datetime import date

from calendars import words
from kazservices.passports import service as passports

LANGUAGES = ("kk", "ru")


def cover(case, *, rule="decide") -> dict:
    """The service, the office, the acceptance date and the moment of the result."""
    whole = case.deadlines.filter(rule=f"{case.service}.{rule}").order_by("-started_at").first()
    return {
        "service": case.edition,
        "office": case.office,
        "accepted": days(case.accepted_on),
        "result": days(whole.due_on) if whole else None,
        "result_at": moments(case.time.local(whole.due_at)) if whole else None,
    }


def refused_to_accept(case, facts) -> dict:
    """What a refusal to accept names. Norm: LAW-19."""
    asked = {r.code: r for r in passports.required_documents(case.category, case.answers, case.channel)}
    rows = [{"document": asked[row["code"]], "expired": row["reason"] == passports.EXPIRED} for row in _missing(facts)]
    return {"missing": rows, "motive": facts.get("motive", ""), "late": _late(facts.get("late"))}


def mended(case, move, facts) -> dict:
    """The paper that was replaced or withdrawn, the one that says so, and why."""
    if move == "correct":
        old = case.papers.select_related("replaced_by").get(pk=facts["paper"])
        return {"old": old, "old_on": issued(case, old), "new": old.replaced_by, "reason": facts["reason"]}
    if move == "withdraw_result":
        old = case.papers.filter(withdrawn_at=case.moment).select_related("withdrawn_by").latest("pk")
        return {"old": old, "old_on": issued(case, old), "new": old.withdrawn_by, "reason": facts["because"]}
    return {}


def issued(case, paper) -> dict:
    return days(case.time.local(paper.issued_at).date())


def days(day) -> dict:
    return {language: words.citizen_date(day, language, year=True) for language in LANGUAGES}


def moments(moment) -> dict:
    return {language: words.citizen_datetime(moment, language, year=True) for language in LANGUAGES}


def _late(said) -> dict | None:
    """The last day of the period that was missed, and the first of the next one."""
    if said is None:
        return None
    opens = said["opens_on"]
    return {
        "ended": days(date.fromisoformat(said["ended_on"])),
        "opens": days(date.fromisoformat(opens)) if opens else None,
    }


def _missing(facts):
    return facts.get("missing", ())
