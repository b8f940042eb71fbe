"""The contest of a specialised school: its campaign of the year, and who applies. Norms: ADM-C16 to ADM-C42."""

from datetime import date

from django.core.exceptions import ValidationError

from kazservices.flow.door import begin
from kazservices.flow.manifest import manifest_of
from kazservices.offices.actors import SYSTEM
from tests.model.counting import accepted
from tests.model.law import THEIRS, Law, Service, Step, Term, words
from tests.schools.contest import world

STAGES = {
    "planned": "received", "intake": "in_work", "register_sent": "in_work", "scheduled": "in_work",
    "first_round_held": "in_work", "held": "in_work", "published": "in_work", "enrolment_ordered": "in_work",
    "ordered": "decided", "closed": "closed",
}  # fmt: skip
DESK, HEAD, CHAIR = words("clerk head"), words("head"), words("chair")
HOLDERS = words("chair clerk head system")
STEPS = {
    "set_places": Step(HEAD, words("planned intake register_sent scheduled")),
    "appoint_responsible": Step(HEAD, words("planned"), "intake"),
    "send_register": Step(DESK, words("intake"), "register_sent"),
    "publish_schedule": Step(DESK, words("register_sent"), "scheduled"),
    "receive_materials": Step(DESK, words("scheduled")),
    "check_rooms": Step(DESK, words("scheduled")),
    "hold_contest": Step(HOLDERS, words("scheduled"), "held"),
    "hold_first_round": Step(HOLDERS, words("scheduled"), "first_round_held"),
    "import_scores": Step(words("chair secretary"), words("first_round_held held")),
    "hold_second_round": Step(words("chair secretary"), words("first_round_held"), "held"),
    "decide_tie": Step(CHAIR, words("held")),
    "issue_protocol": Step(CHAIR, words("held"), "published"),
    "order_enrolment": Step(HEAD, words("published"), "enrolment_ordered"),
    "order_reserve": Step(HEAD, words("enrolment_ordered"), "ordered"),
    "free_place": Step(DESK, words("ordered")),
    "promote": Step(HEAD, words("ordered")),
    "select_own": Step(HEAD, frozenset(STAGES) - {"closed"}),
    "close": Step(words("head system"), words("ordered"), "closed"),
}


def fixed(stops, month, day, *, before=True, starts="submit", **more):
    """«до 3 апреля» is kept on the working day before it. Norm: GAP-28."""
    shift = -1 if before else 0
    return Term(words(starts), words(stops), shift, unit="fixed_date", month_day=(month, day), **more)


TERMS = {
    "contest.responsible": fixed("appoint_responsible", 3, 1),
    "contest.intake": fixed("send_register", 4, 1, before=False, starts="appoint_responsible", whose=THEIRS),
    "contest.register": fixed("send_register", 4, 3),
    "contest.schedule": fixed("publish_schedule", 4, 15),
    "contest.hold": fixed("hold_contest hold_first_round", 4, 30, before=False),
    "contest.results": Term(
        words("hold_contest hold_second_round"), words("issue_protocol"), 1, unit="calendar_days", counted="own"
    ),
    "contest.enrolment": fixed("order_enrolment", 5, 5),
    "contest.reserve": fixed("order_reserve", 5, 5),
}
APPLIED = {
    "submitted": "received", "candidate": "in_work", "invited": "in_work", "result_known": "in_work",
    "enrolled": "decided", "in_reserve": "decided", "not_selected": "decided", "declined": "closed",
    "withdrawn": "closed", "not_taken": "closed",
}  # fmt: skip
APPLICATION = {
    "enter_register": Step(DESK, words("submitted"), "candidate"),
    "refuse_acceptance": Step(DESK | {"system"}, words("submitted"), "not_taken"),
    "take_all_the_same": Step(HEAD, words("not_taken"), "submitted"),
    "invite": Step(words("system"), words("candidate"), "invited"),
    "tell_result": Step(words("system"), words("candidate invited"), "result_known"),
    "enrol": Step(words("system"), words("result_known in_reserve"), "enrolled"),
    "put_in_reserve": Step(words("system"), words("result_known"), "in_reserve"),
    "leave_out": Step(words("system"), words("result_known"), "not_selected"),
    "give_up": Step(words("applicant"), words("enrolled in_reserve"), "declined"),
    "withdraw": Step(words("applicant"), words("submitted candidate invited"), "withdrawn"),
}
DECIDE = fixed("enrol put_in_reserve leave_out", 5, 5, starts="submit take_all_the_same")
#: What the campaign decides for its candidates: tests/schools/contest lives it to the end.
TOLD = {
    "set_places": {"places": {"7": 20}, "second_round": False},
    "check_rooms": world.ROOMS,
    "send_register": {}, "close": {}, "order_enrolment": {}, "order_reserve": {},
}  # fmt: skip


def people_of(place):
    return {key: place.staff[key] for key in words("head clerk chair secretary operator auditor member1")}


class Campaign(Service):
    """Begun by the calendar: by the sweep of due moves, or here, whoever comes first."""

    code, law, most = "contest", Law(STAGES, STEPS, TERMS), 1
    begins_alone = True
    prelude = (("set_places", "head"), ("appoint_responsible", "head"))

    def __init__(self, place):
        super().__init__(place.office, people_of(place))
        self.place = place

    def file(self, number, at):
        for case in manifest_of(self.code).begins(at):
            return begin(case, by=SYSTEM, at=at), None
        raise ValidationError("out of season")

    def facts(self, card, move, actor, at):
        if move == "appoint_responsible":
            return {"person": self.place.clerk.pk}
        return TOLD.get(move)

    def allows(self, card, move, actor, at):
        if move == "appoint_responsible":
            return card.memo.get("places", False)
        return True if move == "check_rooms" else None

    def remember(self, card, move, actor, facts, at):
        if move == "set_places":
            card.memo["places"] = True


class Application(Service):
    weight = 2
    code, law = "contest_application", Law(APPLIED, APPLICATION, {"contest_application.decide": DECIDE})

    def __init__(self, place):
        super().__init__(place.office, people_of(place))
        self.place = place
        self.owners = [world.build_parent(f"8501013{n:05d}") for n in range(self.most)]

    def beginning(self, at):
        """To whom comes after 1 April a receipt says so. Norms: WIN-SPEC, GAP-23."""
        return "submit" if accepted("school", at) <= date(2026, 4, 1) else "submit_incomplete"

    def file(self, number, at):
        return world.apply(self.owners[number], self.office), self.owners[number]

    def facts(self, card, move, actor, at):
        return {
            "enter_register": {"olympiad": 0},
            "refuse_acceptance": {"missing": [], "motive": "Басқа баланың құжаты."},
            "take_all_the_same": {"motive": "Кешірімді себеп."},
        }.get(move, {})

    def allows(self, card, move, actor, at):
        if move in ("enter_register", "take_all_the_same"):
            return None
        return move in ("withdraw", "refuse_acceptance")


def build():
    place = world.build_school("41", "№ 41 лицей")
    return [Campaign(place), Application(place)]
