"""What the papers of a complaint say: facts of the case as it stands and of the move that is to be made."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from kazservices.documents import kinds
from kazservices.documents.models import Paper
from kazservices.flow.paper_facts import both, cover, receipt, signer, today

from . import bodies, casefile
from .states import Outcome

GRANTED, FORWARDING = "complaint_granted", "complaint_forwarding"
EXTENSION = "complaint_extension"
#: The answer of the body that considers, by its outcome.
ANSWERS = {outcome: f"complaint_{outcome}" for outcome in Outcome.values}
RESULTS = (GRANTED, *ANSWERS.values())
LANGUAGES = ("kk", "ru")
#: The outcome in the words of its paper.
OUTCOMES = {
    Outcome.SATISFIED: {"kk": "Шағым қанағаттандырылды", "ru": "Жалоба удовлетворена"},
    Outcome.PARTLY: {"kk": "Шағым ішінара қанағаттандырылды", "ru": "Жалоба удовлетворена частично"},
    Outcome.REFUSED: {"kk": "Шағымды қанағаттандырудан бас тартылды", "ru": "В удовлетворении жалобы отказано"},
}
GROUNDS = {
    "study": {
        "kk": "қосымша зерделеу немесе тексеру не жергілікті жерге барып тексеру жүргізу қажеттілігі",
        "ru": "необходимость дополнительного изучения, проверки либо проверки с выездом на место",
    },
    "information": {
        "kk": "қосымша ақпарат алу қажеттілігі",
        "ru": "необходимость получения дополнительной информации",
    },
}


def declare_kinds() -> None:
    signed = ("signer", "demand")
    kinds.declare(GRANTED, _("decision to grant the complaint in full"), wanted=("decided_on", "granted", *signed))
    kinds.declare(FORWARDING, _("letter that forwards the complaint"), wanted=("sent_on", "body", "case_file", *signed))
    kinds.declare(
        EXTENSION, _("notice of the extension of the term"),
        wanted=("extended_on", "ground", "reason", "days", "due_before", "due_after", "signer"),
    )  # fmt: skip
    answered = ("decided_on", "outcome", "motive", "court", *signed)
    kinds.declare(ANSWERS[Outcome.SATISFIED], _("answer: the complaint is satisfied"), wanted=(*answered, "ordered"))
    kinds.declare(
        ANSWERS[Outcome.PARTLY], _("answer: the complaint is satisfied in part"), wanted=(*answered, "ordered")
    )
    kinds.declare(ANSWERS[Outcome.REFUSED], _("answer: satisfaction of the complaint is refused"), wanted=answered)


def facts(case, kind: str, inputs: dict) -> dict:
    """The facts of a paper; the same state of the case and the same inputs give the same facts."""
    return {**cover(case), **_complaint(case), **_OF[kind](case, inputs), "inputs": inputs}


def _complaint(case) -> dict:
    """What every paper of a complaint begins with: against whom, on which case, what is demanded."""
    return {
        "against": both(case.against, "name"),
        "about": case.about.number if case.about_id else "",
        "demand": case.demand,
        "applicant": _complainant(case),
    }


def _complainant(case) -> dict:
    person = case.applicant
    return {"full_name": person.full_name, "iin": person.iin or person.document_number}


def _granted(case, inputs) -> dict:
    return {
        "decided_on": today(case),
        "granted": inputs["granted"],
        "reopened": bool(inputs.get("reopen")),
        "signer": signer(case, inputs["signed_by"]),
    }


def _forwarding(case, inputs) -> dict:
    """The body, and the case file that goes with the complaint, by its digest. (CONS-14-2)"""
    made = casefile.ready_for(case)
    return {
        "sent_on": today(case),
        "body": both(case.considered_by, "name"),
        "body_address": both(case.considered_by, "address"),
        "case_file": made and {
            "sha256": made.sha256,
            "verifier": made.verifier,
            "made_on": case.time.local(made.made_at).date().isoformat(),
            "lost": len(made.lost),
        },
        "granted": case.granted,
        "signer": signer(case, inputs["signed_by"]),
    }  # fmt: skip


def _extension(case, inputs) -> dict:
    """The ground, the reasons, and the day before and after. (LAW-25-4b)"""
    clock = case.answer_clock
    after = case.time.due_working_days(clock.base_on, clock.length + inputs["days"])
    return {
        "extended_on": today(case),
        "ground": GROUNDS[inputs["ground"]],
        "reason": inputs["reason"],
        "days": inputs["days"],
        "due_before": case.time.local(clock.due_at).isoformat(),
        "due_after": case.time.local(after).isoformat(),
        "signer": signer(case, inputs["signed_by"]),
    }


def _answer(case, inputs, *, outcome) -> dict:
    """The outcome with its reasons, what it orders and by when, and the way to court. (LAW-25-1, CONS-14-7)"""
    return {
        "decided_on": today(case),
        "outcome": OUTCOMES[outcome],
        "upheld": outcome != Outcome.REFUSED,
        "motive": inputs["motive"],
        "ordered": inputs.get("ordered", ""),
        "within": inputs.get("within"),
        "reopened": bool(inputs.get("reopen")),
        "court": True,
        "signer": signer(case, inputs["signed_by"]),
    }


def _receipt(case, inputs) -> dict:
    """What was given, and by when what happens: the terms of the office that has it. (CONS-S8-4)"""
    rule = "forward" if case.capacity == case.Capacity.PROVIDER else _at_the_body(case)
    return {
        **receipt(case, inputs, rule=rule),
        "result_label": DUE[rule],
        "asks_registers": False,
        "hearing": False,
        "what_next": WHAT_NEXT[case.capacity],
        "body": both(case.considered_by, "name"),
    }


def _at_the_body(case) -> str:
    """The rule whose clock says when the body answers; before the registration there is only that of it."""
    rule = "answer_15" if bodies.considers_longer(case.considered_by) else "answer_5"
    running = case.deadlines.filter(rule=f"complaint.{rule}").exists()
    return rule if running else "register"


ANSWERED = {"kk": "Жауап беру мерзімі", "ru": "Срок ответа"}
#: What the day of a receipt means, by the clock from which it comes.
DUE = {
    "forward": {"kk": "Толық орындау немесе жіберу мерзімі", "ru": "Удовлетворить полностью или направить"},
    "register": {"kk": "Тіркеу мерзімі", "ru": "Срок регистрации"},
    "answer_5": ANSWERED,
    "answer_15": ANSWERED,
}
WHAT_NEXT = {
    "provider": {
        "kk": "Осы күнге дейін талаптар толық орындалады немесе шағым іспен бірге қарайтын органға жіберіледі.",
        "ru": "До этого дня требования удовлетворят полностью либо жалобу вместе с делом направят органу, который её"
        " рассматривает.",
    },
    "body": {
        "kk": "Шағымды осы орган қарайды. Мерзім тіркелген күннен бастап есептеледі.",
        "ru": "Жалобу рассматривает этот орган. Срок считается со дня регистрации.",
    },
}

_OF = {
    Paper.Kind.RECEIPT: _receipt,
    GRANTED: _granted,
    FORWARDING: _forwarding,
    EXTENSION: _extension,
    **{kind: partial(_answer, outcome=outcome) for outcome, kind in ANSWERS.items()},
}
