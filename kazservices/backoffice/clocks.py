"""The clocks of a case as the strip draws them, and why a date is that date."""

from django.utils.translation import gettext as _

from calendars.rules import rule_on
from kazservices.cases.models import Stage
from kazservices.deadlines.history import chosen_day, history, known_on
from kazservices.deadlines.models import Deadline, Outcome
from kazservices.deadlines.service import explain, in_stretches, rules_of
from kazservices.design.languages import active_language
from kazservices.design.pieces import ChipPiece, ClockPiece
from kazservices.design.templatetags.design import staff_datetime
from kazservices.flow.manifest import manifest_of
from kazservices.flow.terms import length_words

from .numbers import whole
from .working import WorkingTimes


def strip(case, at) -> tuple[list[ClockPiece], list[ClockPiece]]:
    """The clocks in legal order, the last one of each rule, and those of earlier rounds (a case reopened)."""
    times = WorkingTimes(at)
    clocks = sorted(case.deadlines.select_related("office"), key=lambda clock: (clock.started_at, clock.pk))
    last = {clock.rule: clock for clock in clocks}
    rules = {rule.code: rule for rule in _in_order(case)}
    ahead = case.stage in (Stage.RECEIVED, Stage.IN_WORK)
    expects = manifest_of(case.service).expects
    pieces = [
        _piece(last[code], times) if code in last else _not_begun(rule)
        for code, rule in rules.items()
        if code in last or (ahead and rule.ours and expects(case, rule))
    ]
    pieces += [_piece(clock, times) for code, clock in last.items() if code not in rules]
    return pieces, [_piece(clock, times) for clock in clocks if clock is not last[clock.rule]]


def nearest(case, at) -> ClockPiece | None:
    """The running clock that is due first."""
    clock = case.deadlines.running().ours().select_related("office").order_by("due_at").first()
    return _piece(clock, WorkingTimes(at)) if clock else None


def chosen(case, wanted: str) -> Deadline | None:
    """The clock whose date is explained: the one asked for, else the running one that is due last."""
    clocks = case.deadlines.select_related("office")
    if (number := whole(wanted)) is not None:
        return clocks.filter(pk=number).first()
    return (
        clocks.running().ours().filter(conditional=False).order_by("-due_at").first()
        or clocks.order_by("-due_at").first()
    )


def why(clock: Deadline, today, as_of: str = "") -> dict:
    """The days of a clock for the calendar strip, in force or as its date was known on a day."""
    known = chosen_day(clock, as_of, today)
    base, due = known_on(clock, known) if known else (clock.base_on, clock.due_on)
    return {
        "clock": clock,
        "label": label(clock),
        "as_of": known,
        "address": f"?why={clock.pk}",
        "days": explain(clock, known),
        "stretches": in_stretches(clock),
        "accepted": base,
        "due": due,
        "today": today,
        "moves": history(clock),
    }


def label(clock: Deadline) -> str:
    rule = rule_on(clock.rule, clock.base_on)
    return rule.label(active_language()) if rule else clock.norm


def _in_order(case):
    """The rules as the case meets them: the term of the whole stands last."""
    rules = [rule for rule in rules_of(case.service, case.accepted_on) if rule.concerns(case.channel, case.marks)]
    wholes = {rule.within for rule in rules if rule.within}
    return sorted(rules, key=lambda rule: rule.code in wholes)


def _piece(clock, times) -> ClockPiece:
    url = f"?why={clock.pk}#why"
    if clock.is_running:
        time = times.of_clock(clock)
        still = times.still(time, clock)
        chip = times.chip(time, clock.due_at, still=still)
        return ClockPiece(label(clock), clock.due_at, chip, clock.norm, still or _note(clock), url)
    return ClockPiece(label(clock), clock.due_at, _ended(clock), clock.norm, _ended_note(clock), url)


def _not_begun(rule) -> ClockPiece:
    return ClockPiece(rule.label(active_language()), None, ChipPiece("wait", _("Not started yet")), rule.norm)


def _ended(clock) -> ChipPiece:
    if clock.outcome == Outcome.MET:
        if clock.ended_at <= clock.due_at:
            return ChipPiece("ok", _("Done"))
        return ChipPiece("bad", _("Done late")) if clock.ours else ChipPiece("wait", _("It has passed"))
    return ChipPiece("wait", str(Outcome(clock.outcome).label).capitalize())


def _ended_note(clock) -> str:
    """When it ended; a term of the applicant's own ends by itself."""
    if clock.ours or clock.external or clock.ended_at <= clock.due_at:
        return staff_datetime(clock.ended_at)
    return _("the applicant's own term")


def _note(clock) -> str:
    """What else is to be known of a running clock: the day by which the whole term wants the step."""
    if clock.needed_by and clock.needed_by < clock.due_at:
        return _("needed by %(moment)s") % {"moment": staff_datetime(clock.needed_by)}
    if not clock.ours:
        return _("the term of a body outside: no breach of ours") if clock.external else _("the applicant's own term")
    if words := length_words(clock):
        return words
    if clock.conditional:
        return _("only if a refusal is considered")
    return _("provisional: the calendar of that year may change") if clock.provisional else ""
