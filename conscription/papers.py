"""What the papers of an application say: facts of the case as it stands and of the move that is to be made."""

from datetime import datetime

from django.utils import translation

from conscription import commission, hearings
from conscription.models.hearing import Hearing
from kazservices.cases import representation
from kazservices.documents import papers
from kazservices.documents.models import Paper
from kazservices.flow.representing import PowerPaper
from kazservices.offices.actors import SYSTEM
from kazservices.offices.roles import Role
from kazservices.offices.service import holders
from kazservices.passports import service as passports
from kazservices.passports.models import Ground

LANGUAGES = ("kk", "ru")
#: The result of the service: what a withdrawal withdraws. Norm: CONS-S5.
RESULTS = (Paper.Kind.CONCLUSION, Paper.Kind.REFUSAL)


def facts(case, kind: str, inputs: dict) -> dict:
    """The facts of a paper; the same state of the case and the same inputs give the same facts."""
    return {**_cover(case), **_OF[kind](case, inputs), "inputs": inputs}


def owe_receipt(case) -> Paper:
    """The receipt of an application taken in: number, received, accepted, result date. Norm: CONS-S8-4."""
    return papers.prepare(case, Paper.Kind.RECEIPT, facts(case, "receipt", {}), by=SYSTEM, by_system=True)


def owe_not_taken_receipt(case, missing, motive="") -> Paper:
    """The receipt of a refusal to accept: what is missing or expired. Norm: LAW-19."""
    inputs = {"missing": missing, "motive": motive}
    said = facts(case, "not_taken_receipt", inputs)
    return papers.prepare(case, Paper.Kind.NOT_TAKEN_RECEIPT, said, by=SYSTEM, by_system=True)


def _cover(case) -> dict:
    applicant = case.applicant
    return {
        "number": case.number,
        "service": both(case.edition, "name"),
        "service_code": case.service,
        "act": both(case.edition, "act"),
        "office": both(case.office, "name"),
        "office_address": both(case.office, "address"),
        "office_phone": case.office.phone,
        "applicant": {"full_name": applicant.full_name, "iin": applicant.iin},
        "category": both(case.category, "label"),
        "submitted_at": case.time.local(case.submitted_at).isoformat(),
        "accepted_on": case.accepted_on.isoformat(),
        **_representative(case),
    }


def _representative(case) -> dict:
    """Who acts for the applicant and on which ground, while his power stands."""
    power = representation.standing_in(case)
    if power is None:
        return {}
    ground = {language: representation.ground_of(power, language) for language in LANGUAGES}
    return {"representative": {"full_name": power.representative.full_name, "ground": ground}}


def _receipt(case, inputs) -> dict:
    asked = {r.code: both(r, "text") for r in passports.required_documents(case.category, case.answers)}
    asked[representation.DOCUMENT] = both(PowerPaper(), "plain")
    files = [{"document": asked.get(a.requirement), "name": a.name} for a in case.attachments.all()]
    return {"result_at": _due(case, "decide"), "documents": files, "count": len(files)}


def _not_taken(case, inputs) -> dict:
    asked = {r.code: both(r, "text") for r in passports.required_documents(case.category, case.answers)}
    rows = [{"document": asked[m["code"]], "expired": m["reason"] == passports.EXPIRED} for m in inputs["missing"]]
    return {"refused_on": _today(case), "missing": rows, "motive": inputs.get("motive", "")}


def _preliminary(case, inputs) -> dict:
    served_on = case.time.accepts(case.moment)
    ends = case.time.due_working_days(served_on, case.edition.objection_working_days)
    return {
        "decided_on": _today(case),
        "grounds": _grounds(case, inputs["grounds"]),
        "motive": inputs["motive"],
        "hearing": {"at": _local(case, inputs["held_at"]), "place": inputs["place"], "method": _method(inputs["way"])},
        "objection_until": ends.isoformat(),
        "result_at": _due(case, "decide"),
        "signer": _presiding(case),
    }


def _record(case, inputs) -> dict:
    hearing = hearings.current(case)
    fields = ("place", "official", "secretary", "participant", "matter", "explanations")
    return {
        "held_on": case.time.local(hearing.held_at).date().isoformat(),
        "method": _method(hearing.method),
        "started_at": _local(case, inputs["started_at"]),
        "ended_at": _local(case, inputs["ended_at"]),
        "questions": inputs.get("questions", ""),
        "entered": inputs.get("entered", ""),
        "objection_waived": bool(inputs.get("objection_waived")),
        **{name: inputs[name] for name in fields},
    }


def _conclusion(case, inputs) -> dict:
    tally = commission.tally(case)
    return {
        "decided_on": _today(case),
        "votes": {"seats": tally.seats, "approve": tally.approve, "refuse": tally.refuse},
        "valid_until": inputs.get("valid_until"),
        "motive": inputs.get("motive", ""),
        "signer": _presiding(case),
    }


def _refusal(case, inputs) -> dict:
    hearing = hearings.current(case)
    return {
        "decided_on": _today(case),
        "grounds": _grounds(case, inputs["grounds"]),
        "motive": inputs["motive"],
        "heard": {"on": case.time.local(hearing.ended_at).date().isoformat(), "how": hearing.status},
        "served_on": hearing.served_on.isoformat(),
        "position": hearing.position,
        "signer": _presiding(case),
    }


def _withdrawal(case, inputs) -> dict:
    result = case.papers.issued().filter(kind__in=RESULTS).order_by("pk").last()
    head = holders(case.office, Role.HEAD).first()
    return {
        "withdrawn_on": _today(case),
        "withdrawn": {
            "number": result.number,
            "on": case.time.local(result.issued_at).date().isoformat(),
            "name": _name(result),
        },
        "because": inputs["because"],
        "signer": head.user.full_name if head else "",
    }


_OF = {
    Paper.Kind.RECEIPT: _receipt,
    Paper.Kind.NOT_TAKEN_RECEIPT: _not_taken,
    Paper.Kind.PRELIMINARY_DECISION: _preliminary,
    Paper.Kind.HEARING_RECORD: _record,
    Paper.Kind.CONCLUSION: _conclusion,
    Paper.Kind.REFUSAL: _refusal,
    Paper.Kind.WITHDRAWAL: _withdrawal,
}


def both(thing, name: str) -> dict:
    """A text of a row in both languages."""
    return {language: getattr(thing, f"{name}_{language}") for language in LANGUAGES}


def _due(case, rule: str) -> str:
    clock = case.deadlines.filter(rule=f"{case.service}.{rule}").order_by("-started_at").first()
    return case.time.local(clock.due_at).isoformat()


def _today(case) -> str:
    """The day of the act is the day of the move: a paper signed yesterday is made anew."""
    return case.time.local(case.moment).date().isoformat()


def _local(case, moment: str) -> str:
    """A moment as the clock of the office shows it, whatever offset it was given with."""
    return case.time.local(datetime.fromisoformat(moment)).isoformat()


def _grounds(case, codes) -> list[dict]:
    rows = [*case.edition.grounds.filter(code__in=codes), *Ground.objects.filter(edition=None, code__in=codes)]
    return [{"code": row.code, "text": both(row, "text"), "basis": both(row, "basis")} for row in rows]


def _method(method: str) -> dict:
    words = {
        Hearing.Method.IN_PERSON: {"kk": "бетпе-бет", "ru": "лично"},
        Hearing.Method.VIDEO: {"kk": "бейнебайланыс арқылы", "ru": "по видеосвязи"},
        Hearing.Method.PHONE: {"kk": "телефон арқылы", "ru": "по телефону"},
    }
    return words[Hearing.Method(method)]


def _name(paper) -> dict:
    """What a paper is called, in both languages."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = paper.name
    return said


def _presiding(case) -> str:
    post = commission.presiding_post(case)
    return post.user.full_name if post else ""
