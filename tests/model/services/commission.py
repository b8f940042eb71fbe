"""Deferral and exemption: the conscription commission. Norms: CONS-8, CONS-10-1 to CONS-10-7, GAP-35, GAP-39."""

from datetime import timedelta

from tests import world
from tests.model.counting import accepted, closing, days_on, local, opening, works
from tests.model.law import THEIRS, Law, Service, Step, Term, words

STAGES = {
    "submitted": "received", "with_chair": "in_work", "with_members": "in_work", "opinions_in": "in_work",
    "hearing_called": "in_work", "heard": "in_work", "granted": "decided", "refused": "decided",
    "withdrawn": "closed", "not_taken": "closed",
}  # fmt: skip
OPEN = words("submitted with_chair with_members opinions_in hearing_called heard")
ANY = frozenset(STAGES)
PRESIDE, DECIDED = words("chair secretary"), words("granted refused")


def steps() -> dict[str, Step]:
    return {
        "hand_over": Step(words("clerk secretary system"), words("submitted"), "with_chair"),
        "send_to_members": Step(words("chair"), words("with_chair"), "with_members"),
        "give_opinion": Step(words("member"), words("with_members")),
        "close_opinions": Step(words("chair system"), words("with_members"), "opinions_in"),
        "grant": Step(words("chair"), words("opinions_in hearing_called heard"), "granted"),
        "call_hearing": Step(words("chair"), words("opinions_in"), "hearing_called"),
        "permit_hearing": Step(words("head"), words("opinions_in")),
        "record_hearing": Step(PRESIDE, words("hearing_called"), "heard"),
        "record_no_show": Step(PRESIDE, words("hearing_called"), "heard"),
        "record_position": Step(PRESIDE, words("hearing_called"), "heard"),
        "decline_wish": Step(PRESIDE, words("hearing_called")),
        "postpone_hearing": Step(PRESIDE, words("hearing_called"), "hearing_called"),
        "reappoint": Step(words("system"), words("hearing_called heard"), "hearing_called"),
        "revise_opinion": Step(words("member"), words("heard")),
        "refuse": Step(words("chair"), words("heard"), "refused"),
        "refuse_acceptance": Step(words("clerk secretary system"), words("submitted with_chair"), "not_taken"),
        "recuse": Step(words("chair deputy head member secretary"), OPEN),
        "lift_recusal": Step(words("head"), OPEN),
        "correct": Step(PRESIDE, ANY),
        "withdraw_result": Step(words("chair head secretary"), DECIDED, "opinions_in"),
        "reopen": Step(words("system"), DECIDED, "opinions_in"),
        "give_position": Step(words("applicant"), words("hearing_called heard")),
        "ask_postponement": Step(words("applicant"), words("hearing_called")),
        "withdraw": Step(words("applicant"), OPEN, "withdrawn"),
    }


def terms(code: str) -> dict[str, Term]:
    anew = words("submit reopen withdraw_result")
    heard = words("record_hearing record_no_show record_position")
    told = {
        "decide": Term(anew, words("grant refuse"), 6),
        "hand_over": Term(words("submit"), words("hand_over"), 0),
        "send": Term(words("hand_over"), words("send_to_members"), 1, counted="own"),
        "members": Term(words("send_to_members"), words("close_opinions"), 1, counted="own", ends_by="close_opinions"),
        "conclude": Term(words("close_opinions reopen withdraw_result"), words("grant call_hearing"), 1, counted="own"),
        "hearing_notice": Term(anew, words("call_hearing"), 3, back=f"{code}.decide", only_if_done=True),
        "hearing": Term(words("call_hearing"), heard, 2),
        "objection": Term(words("call_hearing"), words("grant refuse give_position"), 2, whose=THEIRS),
    }
    return {f"{code}.{name}": term for name, term in told.items()}


class Commission(Service):
    """Three members vote, the chair decides, nobody is refused unheard."""

    weight = 4
    VOTERS = words("member1 member2 member3")

    def __init__(self, code, category, place, strangers):
        self.code, self.category, self.place = code, category, place
        self.law = Law(STAGES, steps(), terms(code), "akimat")
        people = words("clerk secretary chair deputy head member1 member2 member3 auditor operator")
        super().__init__(place.office, {key: place.staff[key] for key in people} | strangers)
        self.owners = [world.build_recipient(f"0{code[0] == 'd':d}02012{n:05d}") for n in range(self.most)]

    def file(self, number, at):
        owner = self.owners[number]
        return world.apply(owner, self.office, service=self.code, category=self.category), owner

    def bars(self, card, actor):
        return actor in card.memo.get("recused", ())

    def facts(self, card, move, actor, at):
        held = card.memo.get("held_at")
        day = days_on("akimat", accepted("akimat", at), 1)
        hour = {"held_at": world.local(f"{day} 11:00"), "place": "214-кабинет", "way": "in_person"}
        ground = {"ground": "2", "motive": "Талаптарға сай емес."}
        opinion = {"decision": "refuse", **ground} if actor == "member1" else {"decision": "approve"}
        ended = held and (held + timedelta(minutes=4)).isoformat()
        return {
            "give_opinion": opinion,
            "revise_opinion": opinion,
            "grant": {"motive": "Құжаттар толық."},
            "permit_hearing": {"reason": "Төраға ауырды."},
            "call_hearing": {**hour, "grounds": ["2"], "motive": "Талаптарға сай емес."},
            "postpone_hearing": {**hour, "reason": "Бөлме бос емес."},
            "reappoint": {"held_at": hour["held_at"], "revision": 1},
            "record_hearing": held and {**world.RECORD, "started_at": held.isoformat(), "ended_at": ended},
            "record_no_show": {"note": "Келмеді."},
            "refuse": {"grounds": ["2"], "motive": "Талаптарға сай емес.", "chair_motive": "Дәлел."},
            "refuse_acceptance": {"missing": [], "motive": "Басқа адамның құжаты."},
            "recuse": {"person": self.place.member3.pk, "reason": "Туысы."},
            "lift_recusal": {"person": self.place.member3.pk, "reason": "Қателік."},
            "decline_wish": {"reason": "Мерзім өтіп барады."},
            "reopen": {"because": "Сот актісі № 1"},
            "give_position": {"position": "Келіспеймін.", "instead_of_coming": at.minute % 2 == 0},
            "ask_postponement": {"wish": "Емтихан."},
            "correct": None,
            "withdraw_result": None,
        }.get(move, {})

    def allows(self, card, move, actor, at):
        memo = card.memo
        match move:
            case "hand_over":
                return at >= opening("akimat", card.accepted_on)
            case "refuse_acceptance":
                return at < closing("akimat", card.accepted_on)
            case "give_opinion":
                return self._round_runs(card, at) and actor not in memo["voted"]
            case "close_opinions":
                return not self._round_runs(card, at) or not self._silent(card)
            case "call_hearing":
                return self._may_call(card, at)
            case "record_hearing" | "record_no_show":
                return self._may_record(card, move, at)
            case "record_position":
                return memo.get("in_place", False)
            case "decline_wish":
                return memo.get("wish", False) and at < memo["held_at"]
            case "reappoint":
                return False  # no day of these lives becomes a day off
            case "recuse":
                return actor in ("head", "member3") and not memo.get("recused")
            case "lift_recusal":
                return bool(memo.get("recused"))
            case "permit_hearing" | "postpone_hearing" | "revise_opinion" | "refuse":
                return None
        return True

    def _round_runs(self, card, at):
        return any(clock.rule == f"{self.code}.members" and clock.runs and at <= clock.due_at for clock in card.clocks)

    def _silent(self, card):
        return self.VOTERS - card.memo["voted"] - card.memo.get("recused", frozenset())

    def _is_late(self, card, at):
        last = [clock for clock in card.clocks if clock.rule == f"{self.code}.hearing_notice"][-1]
        return at >= last.due_at

    def _may_call(self, card, at):
        """Three working days of the term must remain; who has a full bench has a quorum."""
        if self._is_late(card, at):
            return None if card.memo.get("permitted") else False
        full = card.memo["voted"] == self.VOTERS and not card.memo.get("recused")
        return True if full else None

    def _may_record(self, card, move, at):
        held = card.memo["held_at"]
        if at < held or (move == "record_no_show" and card.memo.get("wish")):
            return False
        return True if at >= held + timedelta(minutes=4) and works("akimat", local(held).date()) else None

    def happened(self, card, move, facts, at):
        ended = {"record_no_show": card.memo.get("held_at"), "record_position": card.memo.get("position_at")}
        return world.datetime.fromisoformat(facts["ended_at"]) if move == "record_hearing" else ended.get(move)

    def remember(self, card, move, actor, facts, at):
        memo = card.memo
        memo.setdefault("voted", frozenset())
        match move:
            case "give_opinion":
                memo["voted"] |= {actor}
            case "recuse":
                memo["recused"] = frozenset({"member3"})
            case "lift_recusal":
                memo["recused"] = frozenset()
            case "permit_hearing":
                memo["permitted"] = True
            case "call_hearing":
                memo.update(held_at=world.datetime.fromisoformat(facts["held_at"]), wish=False, in_place=False)
            case "postpone_hearing":
                memo.update(held_at=world.datetime.fromisoformat(facts["held_at"]), wish=False)
            case "ask_postponement":
                memo["wish"] = True
            case "decline_wish":
                memo["wish"] = False
            case "give_position":
                waits = card.state == "hearing_called"
                memo["position_at"] = at
                memo["in_place"] = waits and (facts["instead_of_coming"] or memo.get("in_place", False))
            case "reopen":
                memo["permitted"] = False

    def overdue(self, card, at):
        handed = card.state != "submitted" or at < opening("akimat", card.accepted_on)
        return not handed or (card.state == "with_members" and not self._round_runs(card, at))


def build():
    place = world.build_place()
    world.order_call_up(place.operator)
    other = world.build_place("07", "Басқа аудан әкімдігі")
    strangers = {f"other-{role}": other.staff[role] for role in ("chair", "head", "clerk")}
    return [Commission("deferral", "STUDY", place, strangers), Commission("exemption", "DEGREE", place, strangers)]
