"""Admission: the first class with its queue of three and one, other classes, enrolment orders.

Norms: ADM-S3-1, ADM-S3-2, ADM-9-5, GAP-06.
"""

from kazservices.passports import service as passports
from kazservices.passports.models import Edition
from schools.admission import orders, rounds
from tests.model.counting import closing
from tests.model.law import THEIRS, Law, Service, Step, Term, words
from tests.schools.admission import scene

STAGES = {
    "submitted": "received", "seated": "in_work", "no_seat": "in_work", "admitted": "decided", "refused": "decided",
    "listed": "decided", "offered": "in_work", "accepted": "in_work", "enrolled": "decided", "withdrawn": "closed",
    "not_taken": "closed",
}  # fmt: skip
LIVE = words("submitted seated no_seat admitted listed offered accepted")
SCHOOL, HEAD, SYSTEM = words("academic clerk head"), words("head"), words("system")
HEALTHY = words("submitted seated admitted enrolled")
COMMON = {
    "refuse_acceptance": Step(words("clerk system"), words("submitted"), "not_taken"),
    "refuse": Step(HEAD, words("submitted"), "refused"),
    "conclude_contract": Step(HEAD, words("admitted")),
    "enrol": Step(SYSTEM, words("admitted"), "enrolled"),
    "ask_health_documents": Step(SYSTEM, HEALTHY),
    "take_health_documents": Step(words("clerk"), HEALTHY),
    "withdraw": Step(words("applicant"), LIVE, "withdrawn"),
    "record_withdrawal": Step(words("clerk"), LIVE, "withdrawn"),
    "correct": Step(SCHOOL, frozenset(STAGES)),
    "withdraw_result": Step(SCHOOL, words("admitted refused listed"), "submitted"),
    "reopen": Step(SYSTEM, words("admitted refused listed"), "submitted"),
}
QUEUE = {
    **COMMON,
    "correct_side": Step(SCHOOL, words("submitted")),
    "enter_late": Step(words("clerk"), words("submitted")),
    "confirm_late": Step(SCHOOL, words("submitted")),
    "seat": Step(SYSTEM, words("submitted"), "seated"),
    "leave_without_seat": Step(SYSTEM, words("submitted"), "no_seat"),
    "admit": Step(HEAD, words("seated"), "admitted"),
    "refuse_full": Step(HEAD, words("no_seat"), "listed"),
    "offer": Step(SYSTEM, words("listed"), "offered"),
    "accept_offer": Step(words("applicant"), words("offered"), "accepted"),
    "record_acceptance": Step(words("clerk"), words("offered"), "accepted"),
    "decline_offer": Step(words("applicant"), words("offered"), "refused"),
    "lapse": Step(SYSTEM, words("offered"), "refused"),
    "admit_from_list": Step(HEAD, words("accepted"), "admitted"),
}
CLASSES = {**COMMON, "admit_to_class": Step(HEAD, words("submitted"), "admitted")}
ANEW = words("submit reopen withdraw_result")


def terms(code, answered):
    return {
        f"{code}.answer": Term(ANEW, answered, 1),
        f"{code}.health": Term(
            words("ask_health_documents"), words("take_health_documents"), 10, whose=THEIRS, goes_on=True
        ),
    }


TERMS = terms("admission", words("admit refuse refuse_full")) | {
    "admission.offer": Term(
        words("offer"), words("accept_offer record_acceptance decline_offer lapse"), 1, whose=THEIRS, ends_by="lapse"
    ),
    "admission.offer_answer": Term(words("accept_offer record_acceptance"), words("admit_from_list"), 1),
}
TERMS_OF_CLASSES = terms("admission_classes", words("admit_to_class refuse")) | {
    "admission_classes.order": Term(
        ANEW, words("enrol"), 0, unit="fixed_date", month_day=(8, 20), goes_on=True, needless_by=words("refuse")
    )
}
#: What another room tells in its own tests: papers of restrictions, late entries, contracts, corrections.
UNTOLD = words("conclude_contract enter_late correct_side correct withdraw_result seat leave_without_seat offer enrol")


class Place(Service):
    """A place at school."""

    def __init__(self, place, pool):
        people = {key: place.staff[key] for key in ("head", "academic", "clerk", "operator", "auditor")}
        super().__init__(place.office, people)
        self.place, self.pool = place, pool
        self.owners = [scene.parent() for _ in range(self.most)]

    def facts(self, card, move, actor, at):
        if move in UNTOLD:
            return None
        return {
            "refuse": {"grounds": ["1"], "motive": "Құжаттар басқа баланікі."},
            "refuse_acceptance": {"missing": [], "motive": "Басқа баланың құжаты."},
            "reopen": {"because": "Сот актісі № 1"},
        }.get(move, {})

    def allows(self, card, move, actor, at):
        match move:
            case "refuse_acceptance":
                return at < closing("school", card.accepted_on)
            case "ask_health_documents" | "take_health_documents" | "record_withdrawal" | "record_acceptance":
                return False  # nothing was put off, and nobody came on paper
            case "confirm_late":
                return False
            case "admit" | "refuse_full" | "withdraw" | "decline_offer" | "admit_from_list" | "admit_to_class":
                return True
            case "accept_offer" | "lapse":
                ends = [clock.due_at for clock in card.clocks if clock.rule == "admission.offer"][-1]
                return (at <= ends) if move == "accept_offer" else (at >= ends)
        return None


class FirstClass(Place):
    weight = 2
    code, law = "admission", Law(STAGES, QUEUE, TERMS)

    def file(self, number, at):
        return scene.apply(self.place, 800 + number, user=self.owners[number]), self.owners[number]

    def tend(self, at):
        """The head confirms the round of yesterday, if one waits."""
        proposal = rounds.proposed(self.pool)
        if proposal is None or not proposal.is_open(at) or unanswered(self.pool):
            return False
        scene.confirm(self.place, self.pool)
        return True

    def overdue(self, card, at):
        return card.state == "offered" and all(c.due_at < at for c in card.clocks if c.rule == "admission.offer")


def unanswered(pool) -> bool:
    return any(scene.waiting_to_be_signed(pool, move) for move in ("admit", "refuse_full", "admit_from_list"))


class OtherClass(Place):
    code, law = "admission_classes", Law(STAGES, CLASSES, TERMS_OF_CLASSES)

    def file(self, number, at):
        how = {"service": self.code, "said": {"grade": 5}}
        return scene.apply(self.place, 900 + number, user=self.owners[number], **how), self.owners[number]


class Orders(Service):
    code = "admission_order"
    law = Law(
        {"drawn_up": "in_work", "signed": "decided", "dropped": "closed"},
        {
            "sign_order": Step(words("head"), words("drawn_up"), "signed"),
            "drop": Step(words("academic head"), words("drawn_up"), "dropped"),
        },
        {},
    )

    def __init__(self, place, pools):
        people = {key: place.staff[key] for key in ("head", "academic", "clerk", "operator", "auditor")}
        super().__init__(place.office, people)
        self.place, self.pools = place, pools

    def file(self, number, at):
        return orders.draw_up(self.pools[number % len(self.pools)], by=self.place.head), None

    def facts(self, card, move, actor, at):
        return {"order_number": "1"} if move == "sign_order" else {}

    def allows(self, card, move, actor, at):
        return True if move == "drop" else None


def build():
    place = scene.build_school()
    edition = Edition.objects.get(code="admission-classes-2020")
    passports.switch(edition, on=True, reason="Тексерілді", by=place.operator)
    first, fifth = scene.pool(place, 2), scene.pool(place, 100, grade=5)
    return [FirstClass(place, first), OtherClass(place, fifth), Orders(place, [fifth, first])]
