"""What the papers of an application say: facts of the case as it stands and of the move that is to be made."""

from conscription import commission, hearings
from conscription.models.hearing import Hearing
from kazservices.documents.models import Paper
from kazservices.flow.paper_facts import cover, due, grounds, local, not_taken, receipt, remedy, today, withdrawal

#: The result of the service: what a withdrawal withdraws. Norm: CONS-S5.
RESULTS = (Paper.Kind.CONCLUSION, Paper.Kind.REFUSAL)


def facts(case, kind: str, inputs: dict) -> dict:
    """The facts of a paper; the same state of the case and the same inputs give the same facts."""
    return {**cover(case), **_OF[kind](case, inputs), "inputs": inputs}


def _preliminary(case, inputs) -> dict:
    served_on = case.time.accepts(case.moment)
    ends = case.time.due_working_days(served_on, case.edition.objection_working_days)
    return {
        "decided_on": today(case),
        "grounds": grounds(case, inputs["grounds"]),
        "motive": inputs["motive"],
        "hearing": {"at": local(case, inputs["held_at"]), "place": inputs["place"], "method": _method(inputs["way"])},
        "objection_until": ends.isoformat(),
        "result_at": due(case, "decide"),
        "signer": _presiding(case),
    }


def _record(case, inputs) -> dict:
    hearing = hearings.current(case)
    fields = ("place", "official", "secretary", "participant", "matter", "explanations")
    return {
        "held_on": case.time.local(hearing.held_at).date().isoformat(),
        "method": _method(hearing.method),
        "started_at": local(case, inputs["started_at"]),
        "ended_at": local(case, inputs["ended_at"]),
        "questions": inputs.get("questions", ""),
        "entered": inputs.get("entered", ""),
        "objection_waived": bool(inputs.get("objection_waived")),
        **{name: inputs[name] for name in fields},
    }


def _conclusion(case, inputs) -> dict:
    tally = commission.tally(case)
    return {
        "decided_on": today(case),
        "votes": {"seats": tally.seats, "approve": tally.approve, "refuse": tally.refuse},
        "valid_until": inputs.get("valid_until"),
        "motive": inputs.get("motive", ""),
        "signer": _presiding(case),
    }


def _refusal(case, inputs) -> dict:
    hearing = hearings.current(case)
    return {
        "remedy": remedy(case),
        "decided_on": today(case),
        "grounds": grounds(case, inputs["grounds"]),
        "motive": inputs["motive"],
        "heard": {"on": case.time.local(hearing.ended_at).date().isoformat(), "how": hearing.status},
        "served_on": hearing.served_on.isoformat(),
        "position": hearing.position,
        "signer": _presiding(case),
    }


_OF = {
    Paper.Kind.RECEIPT: receipt,
    Paper.Kind.NOT_TAKEN_RECEIPT: not_taken,
    Paper.Kind.PRELIMINARY_DECISION: _preliminary,
    Paper.Kind.HEARING_RECORD: _record,
    Paper.Kind.CONCLUSION: _conclusion,
    Paper.Kind.REFUSAL: _refusal,
    Paper.Kind.WITHDRAWAL: withdrawal,
}


def _method(method: str) -> dict:
    words = {
        Hearing.Method.IN_PERSON: {"kk": "бетпе-бет", "ru": "лично"},
        Hearing.Method.VIDEO: {"kk": "бейнебайланыс арқылы", "ru": "по видеосвязи"},
        Hearing.Method.PHONE: {"kk": "телефон арқылы", "ru": "по телефону"},
    }
    return words[Hearing.Method(method)]


def _presiding(case) -> str:
    post = commission.presiding_post(case)
    return post.user.full_name if post else ""
