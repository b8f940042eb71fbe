"""Complaints at the provider: three working days to grant all or to forward, five to consider. Norm: GAP-34."""

from tests import world
from tests.complaints import scene
from tests.model.law import Law, Service, Step, Term, words

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
    "note_withdrawal": Step(SYSTEM, words("forwarded"), "withdrawn"),
    "withdraw": Step(words("applicant"), words("received registered considered extended"), "withdrawn"),
}
#: The clocks of a complaint that the provider has; those of the body are of another case, and lived in its own tests.
TERMS = {
    "complaint.register": Term(words("submit"), words("register take_up"), 0),
    "complaint.forward": Term(words("submit"), words("forward grant_in_full"), 3),
    "complaint.consider": Term(words("register"), words("grant_in_full"), 5),
}
UNTOLD = words("forward name_official grant_in_part")


class Complaints(Service):
    weight = 2
    code, law = "complaint", Law(STAGES, STEPS, TERMS, "akimat")

    def __init__(self, place, body):
        people = words("clerk secretary chair deputy head member1 auditor operator")
        super().__init__(place.office, {key: place.staff[key] for key in people} | {"other-head": body.head})
        self.owners = [world.build_recipient(f"0808012{n:05d}") for n in range(self.most)]

    def file(self, number, at):
        return scene.complain(self.owners[number], self.office), self.owners[number]

    def facts(self, card, move, actor, at):
        signed = {"signed_by": getattr(self.people.get(actor), "pk", 0)}
        if move in UNTOLD:
            return None
        return {"grant_in_full": {"granted": "Бас тартудың күші жойылды.", **signed}}.get(move, {})

    def allows(self, card, move, actor, at):
        if move == "grant_in_full":
            in_time = at <= next(clock.due_at for clock in card.clocks if clock.rule == "complaint.forward")
            return in_time and (actor == "head" or None)
        return move in ("withdraw", "register")


def build():
    place = world.build_place("13", "Шағымдар ауданының әкімдігі")
    return [Complaints(place, scene.build_body(world.Office.objects.create(
        code="19", name_kk="Жоғары орган", name_ru="Вышестоящий орган", territory_kk="Облыс", territory_ru="Область",
    )))]  # fmt: skip
