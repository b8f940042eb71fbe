"""What must hold after each step: the cases, the report, the letters are those of the cards."""

from datetime import timedelta

from django.db.models import Count

from kazservices import clock
from kazservices.cases import journal
from kazservices.deadlines.models import Deadline
from kazservices.flow.manifest import manifest_of
from kazservices.notices.models import Notice
from kazservices.reports import clocks as reported
from kazservices.reports.scope import Scope

from . import counting, ledger

BEFORE, AHEAD = timedelta(days=10), timedelta(days=7)
#: Told once a clock, and a case may have two that are due together.
OF_CLOCKS = ("breach", "warning_official", "warning_head")
COLUMNS = ("rule", "started_at", "base_on", "due_at", "ended_at", "outcome", "breach_noted_at")


class Holding:
    """Looks at the product from outside, and compares it with the cards of a life."""

    cards: dict
    services: dict

    def check(self, changed):
        for card in changed:
            self.check_card(card)
        self.check_report()
        if changed:
            self.check_letters()

    def check_card(self, card):
        case = manifest_of(card.service.code).model.objects.get(pk=card.pk)
        seen = (case.state, case.status, case.stage, case.accepted_on, case.next_due_at, case.journal_count)
        law = (card.state, card.state, card.stage, card.accepted_on, ledger.next_due(card), card.lines)
        assert seen == law, card.service.code
        rows = Deadline.objects.filter(case_id=card.pk).order_by("rule", "started_at", "pk").values_list(*COLUMNS)
        kept = sorted(card.clocks, key=lambda c: (c.rule, c.started_at))
        assert list(rows) == [(c.rule, c.started_at, c.base, c.due_at, c.ended_at, c.outcome, c.noted_at) for c in kept]
        if case.journal_head != card.memo.get("head"):
            assert journal.first_fault(case) == ""
            card.memo["head"] = case.journal_head

    def check_report(self):
        """The clocks that are due in a window around this day, as the auditor counts them."""
        today = counting.local(self.now).date()
        since, until = today - BEFORE, today + AHEAD
        lived = (*self.services.values(), *(card.service for card in self.cards.values()))
        offices = tuple({service.office for service in lived})
        rows = reported.clocks(Scope(offices, since=since, until=until, as_of=clock.now()))
        told = rows.values_list("service", "standing").annotate(number=Count("pk"))
        counted = {(service, standing): number for service, standing, number in told}
        assert counted == ledger.report(self.cards.values(), self.now, since, until)

    def check_letters(self):
        """No letter is owed twice to one person at one moment; of each breach a head is told once."""
        owed = Notice.objects.filter(case__in=list(self.cards), channel="cabinet")
        same = owed.exclude(letter__in=OF_CLOCKS).values("case", "letter", "recipient", "owed_at", "body")
        twice = same.annotate(number=Count("pk")).filter(number__gt=1)
        assert list(twice.values_list("letter", flat=True)) == []
        told = owed.filter(letter="breach").values("case", "recipient").annotate(number=Count("pk"))
        wanted = {card.pk: sum(clock.told for clock in card.clocks) for card in self.cards.values()}
        assert [(row["number"], wanted[row["case"]]) for row in told if row["number"] != wanted[row["case"]]] == []


class Step:
    """The clock stands at the moment of the step; after it all must hold. ``changed``: the cards that are looked at.

    None: the step has changed nothing and not even the time, and has seen to it itself.
    """

    def __init__(self, life, name):
        self.life, self.name, self.changed = life, name, ()

    def __enter__(self):
        self.life.done["steps"] += 1
        self.life.done[self.name] += 1
        self.fixed = clock.fixed_at(self.life.now)
        self.fixed.__enter__()
        return self

    def __exit__(self, kind, *rest):
        self.fixed.__exit__(kind, *rest)
        self.life.broken |= kind is not None
        if kind is None and self.changed is not None:
            with clock.fixed_at(self.life.now):
                self.life.check(self.changed)
