"""A complaint at the provider and at the body above it: three working days to grant all or to forward, five to answer.

Each is a case of its own with its adapter; the second one begins when the first one is forwarded. Norm: GAP-34.
"""

from complaints import waiting
from complaints.bundles import making
from complaints.models import Complaint
from tests import world
from tests.complaints import scene
from tests.model.counting import closing, days_on, local, opening
from tests.model.law import THEIRS, Law, Service, Step, Term, words

STAGES = {
    "received": "received", "registered": "in_work", "granted": "decided", "forwarded": "in_work",
    "considered": "in_work", "extended": "in_work", "satisfied": "decided", "partly": "decided",
    "refused": "decided", "answered": "decided", "withdrawn": "closed",
}  # fmt: skip
OFFICE, HEAD, SYSTEM = words("clerk head"), words("head"), words("system")
SUPERIORS = words("academic chair head")
AT_THE_BODY = words("considered extended")
STEPS = {
    "register": Step(OFFICE | SYSTEM, words("received"), "registered"),
    "take_up": Step(OFFICE | SYSTEM, words("received"), "considered"),
    "grant_in_full": Step(SUPERIORS, words("registered"), "granted"),
    "forward": Step(OFFICE, words("registered"), "forwarded"),
    "grant_in_part": Step(SUPERIORS, words("registered")),
    "name_official": Step(OFFICE, words("received registered forwarded considered extended")),
    "confirm_registration": Step(OFFICE, words("forwarded")),
    "record_answer": Step(OFFICE, words("forwarded"), "answered"),
    "satisfy": Step(HEAD, AT_THE_BODY, "satisfied"),
    "satisfy_in_part": Step(HEAD, AT_THE_BODY, "partly"),
    "refuse": Step(HEAD, AT_THE_BODY, "refused"),
    "extend": Step(HEAD, words("considered"), "extended"),
    "tell_extension": Step(OFFICE | SYSTEM, words("extended")),
    "answer": Step(OFFICE | SYSTEM, words("satisfied partly refused"), "answered"),
    "remind": Step(SYSTEM, words("forwarded")),
    "note_answer": Step(SYSTEM, words("forwarded"), "answered"),
    "hand_over": Step(SYSTEM, AT_THE_BODY, "registered"),
    "note_withdrawal": Step(SYSTEM, words("forwarded"), "withdrawn"),
    "withdraw": Step(words("applicant"), words("received registered considered extended"), "withdrawn"),
}
REGISTER = {"complaint.register": Term(words("submit"), words("register take_up"), 0)}
AT_THE_PROVIDER = REGISTER | {
    "complaint.forward": Term(words("submit"), words("forward grant_in_full"), 3),
    "complaint.consider": Term(
        words("register"), words("grant_in_full"), 5, counted="registered", passes_with=words("forward")
    ),
    "complaint.their_15": Term(
        words("confirm_registration"), words("record_answer"), 15, counted="happened", whose=THEIRS
    ),
}
TO_BE_ANSWERED = REGISTER | {
    "complaint.answer_5": Term(
        words("take_up"), words("answer"), 5, counted="registered", goes_on=True, longer={"extend": 10}
    ),
    "complaint.tell_extension": Term(words("extend"), words("tell_extension"), 3, counted="own"),
}
FILE = words("file_ordered file_made")
#: Made only by what happens at the body, or by a sweep.
UNTOLD = words("note_answer note_withdrawal remind hand_over")
REMINDED_AFTER = (1, 3)  # working days without a word from a body outside


class Complaints(Service):
    """At the provider; of its officials the chair or a member is complained of, once a clerk has said so.

    Every second one is for the authority for quality, which does not work with the product.
    """

    weight = 3
    code, law = "complaint", Law(STAGES, STEPS, AT_THE_PROVIDER, "akimat", FILE)
    ripples = words("forward satisfy satisfy_in_part refuse withdraw")

    def __init__(self, place, body):
        people = words("clerk secretary chair deputy head member1 auditor operator")
        super().__init__(place.office, {key: place.staff[key] for key in people} | {"other-head": body.head})
        self.owners = [world.build_recipient(f"0808012{n:05d}") for n in range(self.most)]
        self.above = AtTheBody(self, body)

    def file(self, number, at):
        addressee = "quality" if number % 2 else "superior"
        return scene.complain(self.owners[number], self.office, addressee=addressee), self.owners[number]

    def goes_outside(self, card):
        return self.owners.index(card.owner) % 2 == 1

    def adapter_of(self, case):
        found = Complaint.objects.select_related("applicant__user").get(pk=case.pk)
        return self.above, found.applicant.user

    def officials(self):
        return self.people

    def facts(self, card, move, actor, at):
        if move in UNTOLD:
            return None
        signed = {"signed_by": getattr(self.people.get(actor), "pk", 0)}
        granted = {"granted": "Бас тартудың күші жойылды."}
        decided = {"motive": "Мерзім есебі дұрыс емес.", "ordered": "Қайта қарау.", **signed}
        return {
            "grant_in_full": {**granted, **signed},
            "grant_in_part": granted,
            "forward": signed,
            "confirm_registration": {"number": "5-12", "registered_on": local(at).date().isoformat()},
            "record_answer": {
                "outcome": "refused",
                "number": "5-13",
                "answered_on": local(at).date().isoformat(),
                "motive": "Заңды.",
            },
            "name_official": {"person": self.officials()[_named(at)].pk},
            "satisfy": decided,
            "satisfy_in_part": decided,
            "refuse": {"motive": "Бас тарту заңды.", **signed},
            "extend": {"ground": "study", "days": 10, "reason": "Орнында тексеру керек.", **signed},
        }.get(move, {})

    def admits(self, card, move, actor):
        """The official complained of may grant all demands, whatever his post."""
        return move == "grant_in_full" and actor == card.memo.get("named")

    def allows(self, card, move, actor, at):
        match move:
            case "take_up":
                return False
            case "grant_in_full":
                in_time = at <= next(clock.due_at for clock in card.clocks if clock.rule == "complaint.forward")
                return in_time and (actor in ("head", card.memo.get("named")) or None)
            case "grant_in_part":
                return actor != card.memo.get("named")
            case "name_official":
                is_impartial = actor == "head" or not card.memo.get("named")
                is_higher = (card.memo.get("named"), _named(at)) == ("member1", "chair")
                return (is_impartial or is_higher) and _named(at) not in card.memo.get("signed", ())
            case "forward":
                return card.memo.get("has_file", False)
            case "confirm_registration":
                return self.goes_outside(card) and not card.memo.get("confirmed")
            case "record_answer":
                return card.memo.get("confirmed", False)
        return move in ("withdraw", "register")

    def remember(self, card, move, actor, facts, at):
        match move:
            case "name_official":
                card.memo["named"] = _named(at)
            case "forward":
                card.memo["sent_at"] = at
            case "confirm_registration":
                card.memo["confirmed"] = True
            case "remind":
                card.memo["reminded"] = self.reminders(card, at)
            case "file_made":
                card.memo["has_file"] = True
            case "grant_in_part":  # it goes with the complaint, so the file is made anew
                card.memo["signed"] = card.memo.get("signed", frozenset()) | {actor}
                card.memo["has_file"] = False

    def happened(self, card, move, facts, at):
        """What the letter of a body outside says happened on that day, at the latest now."""
        day = local(at).date()
        return {
            "confirm_registration": lambda: min(at, max(card.memo["sent_at"], opening("akimat", day))),
            "record_answer": lambda: min(at, closing("akimat", day)),
        }.get(move, lambda: None)()

    def reminders(self, card, at):
        """Of how many a clerk should have been reminded by now."""
        sent = local(card.memo["sent_at"]).date()
        return sum(at >= opening("akimat", days_on("akimat", sent, after)) for after in REMINDED_AFTER)

    def overdue(self, card, at):
        waits = card.state == "forwarded" and self.goes_outside(card) and not card.memo.get("confirmed")
        return waits and card.memo.get("reminded", 0) < self.reminders(card, at)

    def tend(self, at):
        """The files of what was registered, or granted in part, since the last time."""
        return any(waiting.errands(at)[1:]) and any(making.make_waiting())


class AtTheBody(Complaints):
    """At the body, which is a local executive body and may extend its five days by ten."""

    law = Law(STAGES, STEPS, TO_BE_ANSWERED, "akimat")

    def __init__(self, below, body):
        self.below = below
        strangers = {f"other-{role}": below.people[role] for role in ("head", "chair", "clerk")}
        Service.__init__(self, body.office, {key: body.staff[key] for key in ("clerk", "head", "operator")} | strangers)

    def officials(self):
        return self.below.people

    def overdue(self, card, at):
        return False

    def allows(self, card, move, actor, at):
        match move:
            case "extend":
                return at <= next(clock.due_at for clock in card.clocks if clock.rule == "complaint.answer_5")
            case "register" | "tell_extension":  # not here; told at once
                return False
        return True


def _named(at) -> str:
    return "chair" if at.minute % 2 else "member1"


def build():
    place = world.build_place("13", "Шағымдар ауданының әкімдігі")
    scene.build_authority(place.office)
    return [Complaints(place, scene.build_body(place.office.superior_body))]
