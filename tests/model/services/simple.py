"""The services that run from their file: accept, put to work, decide, hand over. Norms: SCH-1, SCH-5 to SCH-7."""

from tests import world
from tests.model.counting import closing, opening
from tests.model.law import Law, Service, Step, Term, words
from tests.simple import school

STAGES = {
    "submitted": "received", "in_work": "in_work", "granted": "decided", "refused": "decided",
    "handed_over": "decided", "withdrawn": "closed", "not_taken": "closed",
}  # fmt: skip
DESK, GIVEN = words("clerk secretary"), words("granted refused handed_over")
#: The term of each in working days (or minutes), and whether its result is handed over on paper.
SERVICES = {
    "home-schooling": (2, "working_days", True),
    "meals": (5, "working_days", False),
    "camps": (5, "working_days", True),
    "preschool": (30, "working_minutes", False),
}


def handed(card) -> str:
    """A refusal that was collected stays a refusal."""
    return "handed_over" if card.state == "granted" else "refused"


STEPS = {
    "put_to_work": Step(DESK | {"system"}, words("submitted"), "in_work"),
    "grant": Step(words("head"), words("in_work"), "granted"),
    "refuse": Step(words("head"), words("in_work"), "refused"),
    "hand_over": Step(DESK, words("granted refused"), handed),
    "refuse_acceptance": Step(DESK | {"system"}, words("submitted in_work"), "not_taken"),
    "correct": Step(DESK | {"head"}, frozenset(STAGES)),
    "withdraw_result": Step(words("clerk head"), GIVEN, "in_work"),
    "reopen": Step(words("system"), GIVEN, "in_work"),
    "withdraw": Step(words("applicant"), words("submitted in_work"), "withdrawn"),
}


class Simple(Service):
    """Everything is said by its file."""

    def __init__(self, code, place, strangers):
        length, unit, self.on_paper = SERVICES[code]
        self.code, anew = code, words("submit reopen withdraw_result")
        terms = {f"{code}.decide": Term(anew, words("grant refuse"), length, unit)}
        if unit == "working_days":
            terms[f"{code}.register"] = Term(words("submit"), words("put_to_work"), 0)
        self.law = Law(STAGES, STEPS, terms)
        people = words("clerk secretary head chair member1 auditor operator")
        super().__init__(place.office, {key: place.staff[key] for key in people} | strangers)
        tag = list(SERVICES).index(code)
        self.owners = [world.build_recipient(f"{tag}303012{n:05d}") for n in range(self.most)]

    def file(self, number, at):
        return school.apply(self.owners[number], self.office, self.code), self.owners[number]

    def facts(self, card, move, actor, at):
        return {
            "grant": {"motive": ""},
            "refuse": {"grounds": ["law-2"], "motive": "Қорытынды басқа балаға берілген."},
            "hand_over": {"collected_by": "Өзі, жеке куәлік"},
            "refuse_acceptance": {"missing": [], "motive": "Басқа адамның құжаты."},
            "reopen": {"because": "Сот актісі № 1"},
            "correct": None,
            "withdraw_result": None,
        }.get(move, {})

    def allows(self, card, move, actor, at):
        match move:
            case "put_to_work":
                return at >= opening("school", card.accepted_on)
            case "refuse_acceptance":
                return at < closing("school", card.accepted_on)
            case "hand_over":
                return self.on_paper and not card.memo.get("collected")
        return True

    def remember(self, card, move, actor, facts, at):
        if move in ("hand_over", "reopen"):
            card.memo["collected"] = move == "hand_over"

    def overdue(self, card, at):
        return card.state == "submitted" and at >= opening("school", card.accepted_on)


def build():
    place, other = school.build_school(), school.build_school("28", "№ 28 мектеп")
    strangers = {f"other-{role}": other.staff[role] for role in ("head", "clerk")}
    return [Simple(code, place, strangers) for code in SERVICES]
