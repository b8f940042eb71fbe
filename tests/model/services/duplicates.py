"""Duplicates collected at the school, and originals. Norms: DUP-6, DUP-8, DUP-21, DUP-26-1."""

from datetime import timedelta

from kazservices.documents import papers
from kazservices.flow.door import advance, prepare
from schools.duplicates import originals
from schools.duplicates.models import Blank, BlankForm, Partner
from tests import world
from tests.model.counting import closing, opening
from tests.model.law import THEIRS, Law, Service, Step, Term, words
from tests.schools.duplicates import conftest as scene
from tests.schools.duplicates import counter

STAGES = {
    "submitted": "received", "delivered": "received", "registered": "in_work", "written_out": "in_work",
    "prepared": "in_work", "dispatched": "in_work", "offered": "decided", "with_corporation": "decided",
    "month_over": "decided", "returned": "decided", "asked_again": "decided", "sent_again": "decided",
    "handed_over": "decided", "refused": "decided", "withdrawn": "closed", "not_taken": "closed",
}  # fmt: skip
TWO_WEEKS = timedelta(days=14)
SIGNERS, BOOK, SCHOOL = words("academic head"), words("academic clerk"), words("academic clerk head")
THERE = words("corporation-clerk")


def offered(card) -> str:
    return "refused" if card.memo.get("refused") else "offered"


STEPS = {
    "deliver": Step(words("clerk system"), words("submitted"), "delivered"),
    "register": Step(words("clerk system"), words("submitted delivered"), "registered"),
    "route_to_corporation": Step(words("system"), words("registered")),
    "write_out": Step(BOOK, words("registered"), "written_out"),
    "issue_duplicate": Step(SIGNERS, words("written_out"), "prepared"),
    "refuse": Step(words("head"), words("registered written_out"), "prepared"),
    "spoil_blank": Step(BOOK, words("written_out"), "registered"),
    "offer": Step(words("system"), words("prepared"), offered),
    "dispatch": Step(words("clerk"), words("prepared"), "dispatched"),
    "arrive": Step(THERE | {"system"}, words("dispatched sent_again"), "with_corporation"),
    "hand_over": Step(words("clerk"), words("offered returned"), "handed_over"),
    "hand_over_there": Step(THERE | {"system"}, words("with_corporation month_over"), "handed_over"),
    "end_storage": Step(words("system"), words("with_corporation"), "month_over"),
    "give_back": Step(words("clerk system"), words("month_over"), "returned"),
    "ask_again": Step(THERE | {"system"}, words("returned"), "asked_again"),
    "send_again": Step(words("clerk"), words("asked_again"), "sent_again"),
    "refuse_acceptance": Step(THERE | {"clerk", "system"}, words("submitted delivered registered"), "not_taken"),
    "correct": Step(SCHOOL, words("prepared offered refused returned handed_over")),
    "withdraw_result": Step(SCHOOL, words("offered refused with_corporation returned handed_over"), "registered"),
    "reopen": Step(words("system"), words("offered refused with_corporation returned"), "registered"),
    "withdraw": Step(words("applicant"), words("submitted delivered registered written_out"), "withdrawn"),
}
ANEW = words("submit reopen withdraw_result")
TO_THE_SCHOOL = words("portal office")
TERMS = {
    "duplicates.issue": Term(ANEW, words("offer arrive"), 15),
    "duplicates.register": Term(words("submit"), words("register"), 0, channels=TO_THE_SCHOOL),
    "duplicates.register_delivered": Term(
        words("deliver"), words("register"), 0, channels=words("state_corporation")
    ),
    "duplicates.prepare": Term(
        words("register reopen withdraw_result"), words("issue_duplicate refuse"), 5, counted="own"
    ),
    "duplicates.dispatch": Term(words("route_to_corporation"), words("arrive"), 1, back="duplicates.issue"),
    "duplicates.store": Term(
        words("arrive"), words("end_storage hand_over_there give_back reopen withdraw_result"), 1,
        unit="calendar_months", counted="own", whose=THEIRS, goes_on=True, ends_by="end_storage",
        hours="state_corporation",
    ),
    "duplicates.resend": Term(words("ask_again"), words("send_again hand_over"), 1, goes_on=True),
}  # fmt: skip
#: What only the exchange with the State Corporation says; tests/schools/duplicates/test_exchange.py lives it.
EXCHANGED = words("deliver dispatch arrive hand_over_there give_back ask_again send_again correct withdraw_result")


class School(Service):
    """The school with its book of blanks."""

    def __init__(self, place, corporation):
        people = {key: place.staff[key] for key in ("clerk", "head", "auditor", "operator")}
        people |= {"academic": place.academic_deputy, "corporation-clerk": corporation.clerk}
        super().__init__(place.office, people)
        self.place = place

    def bars(self, card, actor):
        """What is collected at the school is no business of the State Corporation."""
        return actor == "corporation-clerk"

    def blank(self):
        return Blank.objects.filter(office=self.office, state="in_stock").order_by("number").first()


class Duplicates(School):
    weight = 2
    code, law = "duplicates", Law(STAGES, STEPS, TERMS, "duplicates")

    def __init__(self, place, corporation):
        super().__init__(place, corporation)
        self.owners = [world.build_recipient(f"0404012{n:05d}") for n in range(self.most)]

    def file(self, number, at):
        return counter.apply(self.owners[number], self.office), self.owners[number]

    def facts(self, card, move, actor, at):
        if move in EXCHANGED:
            return None
        return {
            "write_out": lambda: {"blank": self.blank().pk},
            "refuse": lambda: {"grounds": ["1"], "motive": "Мұрағатта мұндай түлек жоқ."},
            "spoil_blank": lambda: {"reason": "Қате жазылды."},
            "hand_over": lambda: {"received_by": "self", "identity": "ЖК 1"},
            "refuse_acceptance": lambda: {"missing": [], "motive": "Басқа адамның құжаты."},
            "reopen": lambda: {"because": "Сот актісі № 1"},
        }.get(move, dict)()

    def allows(self, card, move, actor, at):
        match move:
            case "register":
                return at >= opening("duplicates", card.accepted_on)
            case "refuse_acceptance":
                return at < closing("duplicates", card.accepted_on)
            case "route_to_corporation" | "end_storage":
                return False
        return True

    def make(self, case, move, actor, facts):
        """The duplicate itself is signed by the head and the deputy, whoever of them makes the move."""
        if move != "issue_duplicate":
            return super().make(case, move, actor, facts)
        paper = prepare(case, move, by=actor)
        papers.render(paper.pk)
        paper.refresh_from_db()
        for person in (self.place.head, self.place.academic_deputy):
            papers.sign(paper, by=person, sha256=paper.sha256)
        return advance(case, move, by=actor, document=paper)

    def remember(self, card, move, actor, facts, at):
        if move in ("refuse", "issue_duplicate", "reopen"):
            card.memo["refused"] = move == "refuse"

    def overdue(self, card, at):
        return card.state == "submitted" and at >= opening("duplicates", card.accepted_on)


class Originals(School):
    code = "original"
    law = Law(
        {"decided": "in_work", "handed_over": "decided", "cancelled": "closed"},
        {
            "hand_over": Step(words("clerk head"), words("decided"), "handed_over"),
            "cancel": Step(words("head"), words("decided"), "cancelled"),
        },
        {"original.hand_over": Term(words("submit"), words("hand_over"), 30)},
        "duplicates",
    )

    def file(self, number, at):
        """The decision of two weeks ago is entered now: the term runs from its day."""
        day = self.accepted_on(at)
        said = originals.Decision("Оспанов Нұрлан Ерікұлы", "general", "commission", str(number + 1), day)
        return originals.enter(self.office, said, blank=self.blank().pk, by=self.place.clerk), None

    def accepted_on(self, at):
        return at.astimezone(world.ALMATY).date() - TWO_WEEKS

    def facts(self, card, move, actor, at):
        return {"received_by": "self", "identity": "ЖК 1"} if move == "hand_over" else {"because": "Қате жазба."}


def build():
    place, corporation = scene.build_school(), scene.build_corporation()
    Partner.objects.create(school=place.office, corporation=corporation.office)
    form = BlankForm.objects.create(
        document="general", name_kk="2020 жылғы үлгі", name_ru="Образец 2020 года", act="бұйрық", since="2020-01-01"
    )
    Blank.objects.bulk_create(
        Blank(
            office=place.office, form=form, series="ЖОБ", number=f"{n:07d}", received_on="2026-01-12",
            received_by=place.clerk,
        )
        for n in range(1, 200)
    )  # fmt: skip
    return [Duplicates(place, corporation), Originals(place, corporation)]
