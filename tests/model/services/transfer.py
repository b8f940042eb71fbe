"""Transfer to another school in thirty working minutes. Norms: TRN-S3, TRN-S9-1 to TRN-S9-3, GAP-22."""

from schools.transfer.models import SchoolClass
from tests.model.counting import closing, opening
from tests.model.law import Law, Service, Step, Term, words
from tests.schools.transfer import scene

STAGES = {
    "submitted": "in_work", "admitted": "decided", "refused": "decided", "withdrawn": "closed", "not_taken": "closed",
}  # fmt: skip
SCHOOL = words("clerk academic head")
THERE = words("leaving-clerk leaving-academic leaving-head")
STEPS = {
    "admit": Step(SCHOOL, words("submitted"), "admitted"),
    "refuse": Step(words("academic head"), words("submitted"), "refused"),
    "refuse_acceptance": Step(SCHOOL | {"system"}, words("submitted"), "not_taken"),
    "confirm_coupon": Step(THERE, words("submitted admitted")),
    "deny_coupon": Step(THERE, words("submitted admitted")),
    "correct": Step(SCHOOL, frozenset(STAGES)),
    "withdraw_result": Step(SCHOOL, words("admitted refused"), "submitted"),
    "reopen": Step(words("system"), words("admitted refused"), "submitted"),
    "withdraw": Step(words("applicant"), words("submitted"), "withdrawn"),
}
TERMS = {
    "transfer.decide": Term(words("submit reopen withdraw_result"), words("admit refuse"), 30, unit="working_minutes")
}


class Transfer(Service):
    """Both schools have their part of it."""

    weight = 2
    code, law = "transfer", Law(STAGES, STEPS, TERMS)

    def __init__(self, place, leaving):
        people = {key: place.staff[key] for key in ("clerk", "head", "chair", "auditor", "operator")}
        people |= {f"leaving-{key}": leaving.staff[key] for key in ("clerk", "head")}
        people |= {"academic": place.deputy_head, "leaving-academic": leaving.deputy_head}
        super().__init__(place.office, people)
        self.free = SchoolClass.objects.get(office=self.office, letter="А").pk
        self.owners = [scene.build_parent(f"7102142{n:05d}", f"Ата-ана {n}") for n in range(self.most)]

    def file(self, number, at):
        """A child that has no IIN yet."""
        said = {"child_iin": None, "coupon_iin": None, "child_name": f"Бала {number}", "coupon_number": f"Т-{number}"}
        return scene.apply(self.owners[number], self.office, **said), self.owners[number]

    def facts(self, card, move, actor, at):
        signed = {"signed_by": getattr(self.people.get(actor), "pk", 0)}
        return {
            "admit": {"school_class": self.free, **signed},
            "refuse": {"grounds": ["2"], "motive": "Талонда мөр жоқ.", "rests_on": [], **signed},
            "refuse_acceptance": {"missing": [], "motive": "Басқа баланың құжаты."},
            "deny_coupon": {"note": "Мұндай талон берілмеген."},
            "reopen": {"because": "Сот актісі № 1"},
            "correct": None,
            "withdraw_result": None,
        }.get(move, {})

    def allows(self, card, move, actor, at):
        match move:
            case "admit" | "refuse":
                return at >= opening("school", card.accepted_on)
            case "refuse_acceptance":
                return at < closing("school", card.accepted_on)
            case "confirm_coupon" | "deny_coupon":
                return not card.memo.get("coupon")
        return True

    def remember(self, card, move, actor, facts, at):
        if move in ("confirm_coupon", "deny_coupon"):
            card.memo["coupon"] = True


def build():
    seats = (("А", 100, 0), ("Б", 25, 25))
    place = scene.build_school("31", "№ 31 мектеп", seats=seats)
    return [Transfer(place, scene.build_school("22", "№ 22 мектеп"))]
