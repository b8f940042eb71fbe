"""Random lives of all services at once: whatever is tried at whatever hour, the product and the cards agree."""

from collections import Counter
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from kazservices import clock
from kazservices.cases.models import Case, JournalEntry
from kazservices.flow import sweeps
from kazservices.flow.errors import MoveNotAllowed, PaperMissing, PaperOutdated
from kazservices.flow.manifest import manifest_of
from kazservices.offices.actors import SYSTEM
from kazservices.passports.models import NoEdition
from tests import world

from . import counting, ledger
from .holding import Holding, Step
from .law import Card, role_of

#: Before a holiday, in its middle, after closing, at lunch, in the seasons of each service.
STARTS = (
    "2026-02-25 10:00", "2026-02-27 18:29", "2026-03-06 12:50", "2026-03-20 17:00", "2026-03-22 11:00",
    "2026-04-14 18:30", "2026-04-30 09:00", "2026-05-08 18:10", "2026-05-26 16:00", "2026-06-05 13:30",
)  # fmt: skip
MINUTES = (1, 10, 31, 90, 240, 1440, 2880, 4320, 14400)
REFUSED = (PermissionDenied, MoveNotAllowed, PaperMissing, PaperOutdated, ValidationError)
TICK = timedelta(microseconds=1)  # no two moves are made at one moment
MOST = 7
#: No life leaves the years whose days off are printed.
LONGEST = timedelta(days=400)
#: Weighed by how often each is lived.
DEEDS = (
    *["lawful"] * 8, *["untimely"] * 2, *["anything"] * 5, *["wait"] * 5,
    "file", "sweep moves", "sweep breaches", *["tend"] * 2,
)  # fmt: skip
#: Seldom tried: after most of them nothing more happens in a case, and all lives would be short.
LAST = frozenset({"withdraw", "reopen", "refuse_acceptance", "cancel", "drop", "record_withdrawal"})
index = st.integers(0, 119)  # evenly drawn; of a wider range Hypothesis prefers the small numbers


class Lives(Holding, RuleBasedStateMachine):
    """One life: a few cases, a clock that jumps, sweeps when they please. All of it is undone at its end."""

    services: dict = {}
    #: What was done, over all lives: for the test to count, and to see that nothing is tried in vain.
    done: Counter = Counter()
    lived: set = set()

    def __init__(self):
        super().__init__()
        self.cards: dict[int, Card] = {}
        self.filed: Counter = Counter()
        self.broken = False
        self.undone = transaction.atomic()
        self.undone.__enter__()

    @initialize(start=st.sampled_from(STARTS), filed=st.lists(index, min_size=3, max_size=4))
    def begin(self, start, filed):
        self.now = world.datetime.fromisoformat(start).replace(tzinfo=world.ALMATY)
        self.last = self.now + LONGEST
        for service in self.services.values():
            if service.begins_alone:
                self.take_in(service)
        for which in filed:
            self.file(which)

    def teardown(self):
        """At the end all is looked at once more, then undone."""
        try:
            if self.cards and not self.broken:
                for card in self.cards.values():
                    card.memo["head"] = None  # so that each chain is read once more
                with clock.fixed_at(self.now):
                    self.check(self.cards.values())
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    # --- what happens ---

    @rule(deed=st.sampled_from(DEEDS), which=index, move=index, who=index)
    def live(self, deed, which, move, who):
        """One rule for all deeds: of several, Hypothesis leaves out whole ones in a life, and nothing comes of it."""
        if deed == "file" and len(self.cards) < MOST:
            self.file(which)
        elif deed in ("lawful", "untimely", "anything") and self.cards:
            self.attempt(*self.drawn(deed, which, move, who))
        elif deed == "sweep moves":
            self.sweep_moves()
        elif deed == "sweep breaches":
            self.sweep_breaches(twice=bool(which % 2))
        elif deed == "tend":
            self.tend()
        else:
            self.wait(which, move)

    def file(self, which):
        """An application comes in, if this is its season."""
        often = [service for service in self.services.values() for _ in range(service.weight)]
        service = often[which % len(often)]
        if self.filed[service.code] < service.most:
            self.take_in(service)
        else:
            self.wait(which, which)

    def take_in(self, service):
        number = self.filed[service.code]
        with self.step("file") as filed:
            try:
                with transaction.atomic():
                    case, owner = service.file(number, self.now)
            except (ValidationError, NoEdition):
                self.done["out of season"] += 1
                return
            self.filed[service.code] += 1
            self.lived.add(service.code)
            self.enrol(service, owner, case)
            filed.changed = (self.cards[case.pk],)
        for move, actor in service.prelude:
            self.attempt(self.cards[case.pk], move, actor)

    def wait(self, which, how):
        """Time goes on: by minutes or days, to the next opening, to a second around the due moment of a clock."""
        running = {c.due_at for card in self.cards.values() for c in card.clocks if c.runs}
        ahead = sorted(due_at for due_at in running if self.now < due_at < self.last)
        with self.step("wait"):
            if how % 3 == 0 and ahead:
                self.now = max(self.now, ahead[which % len(ahead)] + timedelta(seconds=which % 4 - 1))
            elif how % 3 == 1:
                day = counting.local(self.now).date() + timedelta(days=1)
                self.now = counting.opening("school", day) - timedelta(seconds=which % 2)
            else:
                self.now += timedelta(minutes=MINUTES[which % len(MINUTES)])

    def drawn(self, deed, which, move, who):
        """(case, move, actor): what the table allows, what role and state alone allow, or anything by anybody."""
        living = [card for card in self.cards.values() if card.stage != "closed"]
        cards = living if living and deed != "anything" else list(self.cards.values())
        card = cards[which % len(cards)]
        steps = card.service.law.steps
        actors = [*card.service.people, "system", *(["applicant"] if card.owner else [])]
        by = {
            name: [actor for actor in actors if self.is_permitted(card, name, actor)]
            for name, step in steps.items()
            if card.state in step.sources
        }
        able = {name: allowed[who % len(allowed)] for name, allowed in by.items() if allowed}
        if deed == "lawful":
            able = {name: actor for name, actor in able.items() if self.is_hopeful(card, name, actor)}
            able = {name: actor for name, actor in able.items() if name not in LAST or not move % 5} or able
            fewest = min((card.made[name] for name in able), default=0)  # so that a case goes on, not round and round
            able = {name: actor for name, actor in able.items() if card.made[name] == fewest}
        if deed == "anything" or not able:
            return card, list(steps)[move % len(steps)], actors[who % len(actors)]
        name = sorted(able)[move % len(able)]
        return card, name, able[name]

    @staticmethod
    def is_permitted(card, move, actor) -> bool:
        """Does his role, or what this case knows of him, let a person make this move?"""
        service, step = card.service, card.service.law.steps[move]
        by_role = role_of(actor) in step.who or service.admits(card, move, actor)
        return by_role and not service.bars(card, actor)

    def is_hopeful(self, card, move, actor) -> bool:
        service = card.service
        if service.facts(card, move, actor, self.now) is None:
            return False
        return service.allows(card, move, actor, self.now) is not False

    def sweep_moves(self):
        """What falls due by itself; whatever was left undone before, afterwards nothing is."""
        with self.step("sweep of moves") as swept:
            sweeps.make_due_moves()
            self.adopt()
            self.read_all()
            swept.changed = tuple(self.cards.values())
            for card in self.cards.values():
                assert not card.service.overdue(card, self.now), f"{card.service.code} {card.state}: left undone"

    def sweep_breaches(self, *, twice):
        with self.step("sweep of breaches") as swept:
            for _ in range(1 + twice):
                sweeps.note_breaches()
            ledger.sweep_breaches(self.cards.values(), self.now)
            sweeps.warn()
            swept.changed = tuple(self.cards.values())

    def tend(self):
        """An official does what he does for many at once."""
        with self.step("tend") as tended:
            for service in self.services.values():
                if service.tend(self.now):
                    self.done["tended"] += 1
                    self.read_all()
                    tended.changed = tuple(self.cards.values())

    # --- how it is done ---

    def step(self, name):
        return Step(self, name)

    def person(self, card, actor):
        return {"system": SYSTEM, "applicant": card.owner}.get(actor) or card.service.people[actor]

    def attempt(self, card, move, actor):
        """Try it, and see that the outcome is the one that the table says."""
        service, step = card.service, card.service.law.steps[move]
        permitted = self.is_permitted(card, move, actor)
        lawful = permitted and card.state in step.sources
        facts = service.facts(card, move, actor, self.now) if lawful else {}
        if facts is None:
            return self.wait(len(move), len(actor))
        wanted = service.allows(card, move, actor, self.now) if lawful else False
        with self.step("move") as tried:
            said = self.outcome(card, move, actor, facts)
            told = f"{service.code} {card.state}: {move} by {actor}: {said!r}"
            if said is not None:
                assert wanted is not True, f"must be made. {told}"
                assert permitted == (not isinstance(said, PermissionDenied)), f"another refusal. {told}"
                self.done["refused"] += 1
                self.check_card(card)
                tried.changed = None
                return None
            assert wanted is not False, f"must be refused. {told}"
            tried.changed = (card,)
            self.done["made"] += 1
            self.done[f"{service.code}.{move}"] += 1
            card.made[move] += 1
            happened = service.happened(card, move, facts, self.now)
            self.read(card, first=(move, actor, facts, happened))
            if move in service.ripples:
                self.adopt()
                self.read_all()
                tried.changed = tuple(self.cards.values())
        self.now += TICK
        return None

    def outcome(self, card, move, actor, facts):
        """What the door said; None when the move was made."""
        case = Case(pk=card.pk, service=card.service.code)  # the door reads it anew
        try:
            with transaction.atomic():
                card.service.make(case, move, self.person(card, actor), facts)
        except REFUSED as said:
            return said
        except Exception as broken:
            broken.add_note(f"{card.service.code} {card.state}: {move} by {actor}, {facts}")
            raise
        return None

    def enrol(self, service, owner, case):
        """A card for a new case, from the day on which the model accepts it."""
        day = service.accepted_on(self.now) or counting.accepted(service.law.hours, self.now)
        card = Card(service, case.pk, owner, day, service.law.begins)
        self.cards[case.pk] = card
        service.remember(card, "submit", "", {}, self.now)
        event = service.beginning(self.now)
        assert JournalEntry.objects.filter(case_id=card.pk, number=1, move=event).exists(), f"{service.code}: {event}"
        ledger.begin(card, event, self.now)
        self.read(card)

    def adopt(self):
        """Cases that the calendar itself has begun, or a move of another case."""
        for service in self.services.values():
            for case in manifest_of(service.code).model.objects.exclude(pk__in=list(self.cards)):
                self.filed[service.code] += 1
                self.enrol(*service.adapter_of(case), case)

    def read_all(self):
        for card in list(self.cards.values()):
            self.read(card)

    def read(self, card, first=None):
        """The lines written since, each a move that the table must know; the first is the one that was asked for."""
        fresh = JournalEntry.objects.filter(case_id=card.pk, number__gt=card.lines).order_by("number")
        lines = list(fresh.values_list("move", "actor_id", "at"))
        if first:
            assert lines, f"{card.service.code}: {first[0]} was made and left no line"
            assert lines[0][0] == first[0]
        for number, (move, actor, at) in enumerate(lines):
            asked = first if first and not number else (move, "system" if actor is None else "", {}, None)
            card.service.remember(card, move, asked[1], asked[2], at)
            ledger.move(card, move, asked[1], at, asked[3])
