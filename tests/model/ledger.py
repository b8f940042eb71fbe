"""What the law makes of moves and sweeps: the cards of a life, kept beside the product and never read from it."""

from collections import Counter
from datetime import datetime

from . import counting
from .law import OURS, Card, Clock


class Unlawful(AssertionError):
    """The product has done what the table does not know."""


def begin(card: Card, event: str, at: datetime) -> None:
    """A case comes into being: what it starts is counted from its own acceptance day."""
    card.lines += 1
    _settle(card, event, at, with_the_case=True)


def move(card: Card, name: str, by: str, at: datetime, happened: datetime | None = None) -> None:
    """A move that was made; ``by``: system or person, where only that is known."""
    if name in card.service.law.lines:
        card.lines += 1
        return
    step = card.service.law.steps.get(name)
    if step is None or card.state not in step.sources:
        raise Unlawful(f"{card.service.code}: {name} from {card.state}")
    if by == "system" and by not in step.who:
        raise Unlawful(f"{card.service.code}: {name} by the system")
    card.lines += 1
    card.state = (step.to(card) if callable(step.to) else step.to) or card.state
    _settle(card, name, at, happened)


def _settle(card: Card, event: str, at: datetime, happened=None, *, with_the_case=False) -> None:
    counted_from = at
    for clock in [clock for clock in card.clocks if clock.runs]:
        if event in clock.term.stops:
            if clock.term.ends_by == event:
                counted_from = min(at, clock.due_at)
            _end(clock, "met", happened or at)
        elif event in clock.term.passes_with:
            _end(clock, "transferred", at)
        elif event in clock.term.longer:
            clock.due_at = counting.longer(card, clock, clock.term.longer[event])
        elif (
            event in clock.term.needless_by
            or card.stage == "closed"
            or (card.stage == "decided" and not clock.term.goes_on)
        ):
            _end(clock, "cancelled", at)
    for rule, term in card.service.law.terms.items():
        runs = any(clock.rule == rule and clock.runs for clock in card.clocks)
        if event in term.starts and not runs and (not term.channels or card.channel in term.channels):
            since = happened if happened and term.counted == "happened" else counted_from
            card.clocks.append(counting.started(card, rule, term, since, with_the_case=with_the_case))


def _end(clock: Clock, outcome: str, at: datetime) -> None:
    clock.ended_at, clock.outcome = at, outcome
    if outcome == "transferred":
        clock.noted_at = None
    _note(clock, at)


def _note(clock: Clock, at: datetime) -> None:
    """Once: a duty of ours, late, and not one that never arose."""
    arose = not clock.term.only_if_done or clock.outcome == "met"
    if clock.noted_at is None and clock.term.whose == OURS and arose and clock.is_late(at):
        clock.noted_at = at


def sweep_breaches(cards, at: datetime) -> None:
    """Every breach is noted, and each is told once: a line of the journal."""
    for card in cards:
        for clock in card.clocks:
            _note(clock, at)
            if clock.noted_at and not clock.told:
                clock.told = True
                card.lines += 1


def next_due(card: Card) -> datetime | None:
    return min((clock.due_at for clock in card.clocks if clock.runs and clock.term.whose == OURS), default=None)


def report(cards, at: datetime, since, until) -> Counter:
    """{(service, on_time | late | running | void): clocks of ours that are due in these days}."""
    counted: Counter = Counter()
    for card in cards:
        for clock in card.clocks:
            if clock.term.whose == OURS and since <= counting.local(clock.due_at).date() <= until:
                counted[card.service.code, _standing(clock, at)] += 1
    return counted


def _standing(clock: Clock, at: datetime) -> str:
    done = clock.outcome == "met"
    if clock.term.only_if_done and not done:
        return "void"
    if clock.is_late(at):
        return "late"
    return "running" if clock.runs else "on_time" if done else "void"
