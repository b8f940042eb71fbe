"""What the papers of an application for a place say, and those of the enrolment order."""

from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Channel
from kazservices.documents.kinds import declare
from kazservices.documents.models import Paper
from kazservices.flow.paper_facts import both, cover, grounds, not_taken, receipt, remedy, today, withdrawal
from kazservices.offices.roles import Role
from kazservices.offices.service import holders
from schools.admission import steps
from schools.admission.models.pools import Language
from schools.admission.models.school import Charter
from schools.admission.order_steps import admitted_of
from schools.admission.states import State

NOTICE, REFUSAL, CONTRACT, ORDER = "admission_notice", "admission_refusal", "school_contract", "enrolment_order"
#: The result of the service: what a new decision takes out of force. Norm: ADM-S5-1.
RESULTS = (NOTICE, REFUSAL)
LANGUAGES = {
    Language.KAZAKH: {"kk": "қазақ", "ru": "казахский"},
    Language.RUSSIAN: {"kk": "орыс", "ru": "русский"},
    Language.UYGHUR: {"kk": "ұйғыр", "ru": "уйгурский"},
    Language.UZBEK: {"kk": "өзбек", "ru": "узбекский"},
    Language.TAJIK: {"kk": "тәжік", "ru": "таджикский"},
}


def declare_kinds() -> None:
    """Make the kinds of papers known."""
    child = ("child", "school_class")
    declare(NOTICE, _("notice of admission"), wanted=(*child, "decided_on", "begins_on", "on_paper", "signer"))
    declare(REFUSAL, _("refusal of admission"), wanted=(*child, "decided_on", "grounds", "motive", "signer"))
    declare(CONTRACT, _("contract on education services"), wanted=(*child, "decided_on", "signer"))
    declare(ORDER, _("enrolment order"), wanted=("school_class", "order", "children", "signer"))


def facts(case, kind: str, inputs: dict) -> dict:
    """The facts of a paper; the same state of the case and the same inputs give the same facts."""
    return {**cover(case), **_child(case), **_OF[kind](case, inputs), "inputs": inputs}


def order_facts(order, kind: str, inputs: dict) -> dict:
    """The order with its list: number, date, who is enrolled. Norms: ADM-3, ADM-9-6c, ADM-S5-1."""
    return {
        **_order_cover(order),
        "school_class": _class(order.pool),
        "order": {"number": inputs["order_number"].strip(), "on": today(order), "begins_on": _begins_on(order.pool)},
        "children": [_listed(case) for case in admitted_of(order.pool)],
        "signer": _head(order),
        "inputs": inputs,
    }


def _listed(case) -> dict:
    born = case.child.birth_date
    return {"full_name": case.child.full_name, "born": born.isoformat() if born else "", "number": case.number}


def _order_cover(order) -> dict:
    nobody = {"kk": "", "ru": ""}
    return {
        "number": order.number,
        "service": both(order.edition, "name"),
        "service_code": order.service,
        "act": both(order.edition, "act"),
        "office": both(order.office, "name"),
        "office_address": both(order.office, "address"),
        "office_phone": order.office.phone,
        "applicant": {"full_name": "", "iin": ""},
        "category": nobody,
        "submitted_at": order.time.local(order.submitted_at).isoformat(),
        "accepted_on": order.accepted_on.isoformat(),
    }


def _child(case) -> dict:
    born = case.child.birth_date
    child = {"full_name": case.child.full_name, "born": born.isoformat() if born else ""}
    return {"child": child, "school_class": _class(case.pool)}


def _class(pool) -> dict:
    return {"grade": pool.grade, "year": pool.year, "language": LANGUAGES[pool.language]}


def _begins_on(pool) -> str:
    """From 1 September of the current year. Norm: ADM-9-4."""
    return f"{pool.year}-09-01"


def _notice(case, inputs) -> dict:
    """Norms: ADM-9-4, ADM-9-6a, ADM-S5-5, ADM-2."""
    return {
        "decided_on": today(case),
        "begins_on": _begins_on(case.pool),
        "on_paper": case.channel != Channel.PORTAL,
        "replaces": _refused_before(case),
        "charter": _charter(case.office),
        "health_due": case.health_due,
        "signer": _head(case),
    }


def _refused_before(case) -> dict | None:
    """A new decision is linked to the refusal that it takes out of force. Norm: GAP-06."""
    old = case.papers.issued().filter(kind=REFUSAL).order_by("pk").last()
    return old and {"number": old.number, "on": case.time.local(old.issued_at).date().isoformat()}


def _charter(office) -> dict | None:
    charter = Charter.objects.filter(office=office).first()
    return charter and {"url": charter.url, "approved": charter.approved}


def _refusal(case, inputs) -> dict:
    """The ground word for word, the motive, the way to the local education body. Norms: ADM-S5-4, ADM-8."""
    codes = inputs.get("grounds") or [steps.FULL]
    motive = dict.fromkeys(("kk", "ru"), inputs["motive"]) if "motive" in inputs else steps.full_words(case)
    return {
        "remedy": remedy(case),
        "decided_on": today(case),
        "grounds": grounds(case, codes),
        "motive": motive,
        "listed": "motive" not in inputs and steps.queues(case),
        "education_body": both(case.office.superior_body, "name") if case.office.superior_body else None,
        "signer": _head(case),
    }


def _contract(case, inputs) -> dict:
    """Norm: ADM-5."""
    return {"decided_on": today(case), "begins_on": _begins_on(case.pool), "signer": _head(case)}


def _head(case) -> str:
    head = holders(case.office, Role.HEAD).first()
    return head.user.full_name if head else ""


def _receipt(case, inputs) -> dict:
    """Number, documents, date and time of the result. Norms: ADM-9-3, ADM-S8-N."""
    return receipt(case, inputs, rule="answer") | {"annex": 1, "what_next": WHAT_NEXT[steps.queues(case)]}


#: What the receipt says of the answer: with the turns of the first class, or without.
WHAT_NEXT = {
    True: {
        "kk": "Бір күні қабылданған өтініштерге бірге жауап беріледі: алдымен аумақтан үш бала, содан кейін аумақтан"
        " тыс бір бала, тіркелу реті бойынша. Бос орын қалмаса, өтініш күту тізімінде қалады.",
        "ru": "На заявления одного дня отвечают вместе: трое детей с территории, затем один не с территории, в порядке"
        " регистрации. Если мест не останется, заявление сохраняется в списке ожидания.",
    },
    False: {"kk": "Жауап осы мерзімде беріледі.", "ru": "Ответ даётся в этот срок."},
}


_OF = {
    Paper.Kind.RECEIPT: _receipt,
    Paper.Kind.NOT_TAKEN_RECEIPT: not_taken,
    NOTICE: _notice,
    REFUSAL: _refusal,
    CONTRACT: _contract,
    Paper.Kind.WITHDRAWAL: withdrawal,
}
#: Which paper the answer of a round issues, by the state in which it waits.
OF_STATE = {State.SEATED: NOTICE, State.NO_SEAT: REFUSAL, State.ACCEPTED: NOTICE}
