"""What the status page shows of the clocks: every one, with the time left and the reason of its date."""

from django.urls import reverse
from django.utils.translation import gettext as _

from calendars.minutes import standstill
from calendars.rules import Unit, rule_on
from calendars.service import office_time
from calendars.words import standstill_words
from kazservices.deadlines.history import known_on
from kazservices.deadlines.models import Deadline, Outcome
from kazservices.deadlines.order import clocks_of, main_clock
from kazservices.deadlines.service import explain, in_stretches, working_minutes_left
from kazservices.design.languages import active_language
from kazservices.design.pieces import ChipPiece, ClockPiece
from kazservices.design.templatetags.design import citizen_datetime, urgency, working_time_left
from kazservices.flow.terms import length_words


def terms_of(case, at) -> dict:
    """Every clock as it is drawn, the one of the answer, and the reason of its date, unless others answer now."""
    clocks, day_minutes = clocks_of(case), case.time.minutes_a_day
    main = main_clock(clocks)
    stands = main is not None and main.outcome != Outcome.TRANSFERRED
    return {
        "clocks": [piece(case, clock, at, day_minutes) for clock in clocks],
        "main": main,
        "reasons": reasons(case, main, at) if stands else None,
    }


def piece(case, clock: Deadline, at, day_minutes: int) -> ClockPiece:
    """A clock as the list of terms draws it."""
    why = reverse("portal:why", args=[case.ref, clock.pk])
    if clock.is_running:
        return ClockPiece(
            label(clock), clock.due_at, _running(clock, at, day_minutes), note=_note(clock, at), why_url=why
        )
    when = clock.due_at if _let_pass(clock) else clock.ended_at
    return ClockPiece(label(clock), when, _ended(clock), note=_was_due(clock), why_url=why)


def label(clock: Deadline) -> str:
    rule = rule_on(clock.rule, clock.base_on)
    return rule.label(active_language()) if rule else clock.norm


def reasons(case, clock: Deadline, at, as_of=None) -> dict:
    """The calendar strip of a clock, in force or as its date was known on a day."""
    base, due = known_on(clock, as_of) if as_of else (clock.base_on, clock.due_on)
    accepted = base == case.accepted_on
    return {
        "days": explain(clock, as_of),
        "stretches": in_stretches(clock),
        "length_words": length_words(clock),
        "base": base,
        "accepted": base if accepted else None,
        "began": None if accepted else base,
        "due": due,
        "today": case.time.local(at).date(),
    }


def _running(clock, at, day_minutes) -> ChipPiece:
    if clock.external and clock.due_at < at:
        return ChipPiece("wait", _("Their term has passed"))
    if not clock.ours and clock.due_at < at:
        return ChipPiece("wait", _("This term of yours has passed"))
    left = working_minutes_left(clock, at)
    kind = "bad" if clock.due_at < at else "wait" if _stands_still(clock, at) else urgency(left, day_minutes)
    icon = "clock" if kind == "ok" else ""
    return ChipPiece(kind, working_time_left(left, day_minutes), icon)


def _ended(clock) -> ChipPiece:
    if clock.outcome == Outcome.TRANSFERRED:
        return ChipPiece("info", _("Went over to the body that considers"))
    if clock.outcome != Outcome.MET:
        return ChipPiece("wait", _("Ended without need"))
    if _let_pass(clock):
        return ChipPiece("wait", _("This term of yours has passed"))
    if clock.due_at < clock.ended_at:
        return ChipPiece("bad", _("Done late"))
    return ChipPiece("ok", _("Done"))


def _let_pass(clock) -> bool:
    """A term of the citizen's own that he did not use: it ended on its due day, whenever the case went on."""
    own = not clock.ours and not clock.external
    return own and clock.outcome == Outcome.MET and clock.due_at < clock.ended_at


def _was_due(clock) -> str:
    """When it should have been done, where it was done late."""
    late = clock.ours and clock.outcome == Outcome.MET and clock.due_at < clock.ended_at
    return _("it was due on %(day)s") % {"day": citizen_datetime(clock.due_at)} if late else ""


def _stands_still(clock, at) -> str:
    """Why the minutes of the office do not pass now, and when they go on."""
    if clock.unit != Unit.WORKING_MINUTES or clock.due_at < at:
        return ""
    found = standstill(office_time(clock.schedule, clock.office.zone), at)
    return standstill_words(found, at, active_language()) if found else ""


def _note(clock, at) -> str:
    if still := _stands_still(clock, at):
        return still
    if words := length_words(clock):
        return words
    if clock.conditional:
        return _("only if a refusal is considered")
    if clock.external:
        return _("their term: that of the body that considers")
    if not clock.ours and clock.due_at >= at:
        return _("your term, if you want to use it")
    return _("these dates may still change: the calendar of that year is provisional") if clock.provisional else ""
