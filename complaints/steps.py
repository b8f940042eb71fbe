"""What the moves of a complaint write down, and what they will not accept."""

from datetime import date

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from calendars.arithmetic import OutOfCalendar
from calendars.rules import rule_on
from calendars.service import working_calendar
from kazservices.cases.models import Stage
from kazservices.deadlines import service as deadlines
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.manifest import manifest_of
from kazservices.flow.objections import demand_own_signature, demand_words, fault
from kazservices.offices.actors import SYSTEM
from kazservices.offices.models import User

from . import bodies, papers, transfer
from .impartial import demand_impartial, is_impartial, outranks
from .states import UPHELD

#: After so many working days the clerk is reminded that a body outside has not confirmed. Norm: GAP-34.
REMINDED_AFTER = (1, 3)


def registered(case, by, registered_on, person) -> None:
    """On a day between arrival and today, and not before the day on which it counts as arrived. Norm: GAP-34."""
    today = case.time.local(case.moment).date()
    day = date.fromisoformat(registered_on) if registered_on else today
    if day < case.time.local(case.submitted_at).date():
        raise fault("registered_on", _("The complaint had not arrived on that day. Check the date."), "before_arrival")
    if day > today:
        raise fault("registered_on", _("This day has not come yet. Check the date."), "future")
    case.registered_on = max(day, case.accepted_on)
    case.happened_at = case.moment if day == today else max(case.submitted_at, case.time.opening(day))
    if person:
        official_named(case, by, person)


def official_named(case, by, person) -> None:
    """One of the people of the office complained of. Norm: LAW-4-1-3.

    He does not take himself out of it, nor do his subordinates: they may name only who stands above him.
    """
    found = User.objects.filter(pk=person, is_staff=True, posts__office=case.against_id).first()
    if found is None:
        raise fault("person", _("Choose a person of the office that is complained of."), "person")
    if case.acts.filter(by=found).exists():
        raise fault("person", _("This person has signed an act on this complaint already."), "has_signed")
    if not (is_impartial(case, by) or outranks(found, case.person, case.office)):
        message = _(
            "The complaint is about you, or about your superior in this office: you may name only who is above."
        )
        raise fault("person", message, "not_impartial")
    case.person = found


def granted_in_full(case, by, *, granted, signed_by, reopen) -> None:
    """The official complained of may do this one thing; what he decides anew is tied to the complaint.

    Norm: CONS-14-3.
    """
    demand_own_signature(by, signed_by)
    demand_words("granted", granted, _("Write what you do to grant every demand: the complainant reads it."))
    case.granted, case.decided_by, case.decision = granted, by, decision_of(case, papers.GRANTED)
    case.answered_on = case.time.local(case.moment).date()
    if reopen:
        reopen_about(case, None)


def granted_in_part(case, by, granted) -> None:
    """By another than the person complained of; it travels with the complaint. Norms: CONS-14-3, GAP-34."""
    demand_impartial(case, by, "granted")
    demand_words("granted", granted, _("Write what you grant: it goes to the body with the complaint."))
    sign(case, "part", by)
    case.granted = "\n\n".join(filter(None, (case.granted, granted)))


def forwarded(case, by, *, signed_by) -> None:
    """The body sees the complaint and the case; where it works with this program it has a case of its own now.

    Norms: CONS-14-2, CONS-14-6, GAP-34.
    """
    demand_own_signature(by, signed_by)
    case.forwarded_at = case.moment
    case.is_outside = not bodies.works_here(case.considered_by)
    if not case.is_outside:
        transfer.open_to_the_body(case)
        transfer.begin_at_the_body(case)


def registration_confirmed(case, number, registered_on) -> None:
    """The body's number and day, as its confirmation has them; its own term counts from that day. Norm: GAP-34."""
    demand_words("number", number, _("Write the body's registration number."))
    day, sent = date.fromisoformat(registered_on), case.time.local(case.forwarded_at).date()
    if day > case.time.local(case.moment).date():
        raise fault("registered_on", _("This day has not come yet. Check the confirmation."), "future")
    if day < sent:
        raise fault(
            "registered_on", _("The complaint had not been sent on that day. Check the date."), "before_sending"
        )
    case.their_number, case.their_registered_on = number.strip(), day
    case.happened_at = min(case.moment, max(case.forwarded_at, case.time.opening(day)))


def handed_over(case) -> None:
    """To be forwarded to the body above, as if the head had been known as the one complained of. Norm: GAP-09."""
    found = bodies.route(
        office=case.office, against=case.against, person=case.person, category=case.category.code,
        addressee=bodies.SUPERIOR, profile=case.profile,
    )  # fmt: skip
    case.considered_by, case.profile, case.capacity = found.body, found.profile, case.Capacity.PROVIDER


def reminders_due(case, at) -> int:
    """Of how many the clerk should have been reminded by a moment. Norm: GAP-34."""
    sent, days = case.time.local(case.forwarded_at).date(), working_calendar(case.time.schedule.week)
    return sum(at >= case.time.opening(days.add_working(sent, after)) for after in REMINDED_AFTER)


def reminded(case) -> None:
    """Once, also where two were due by now: a sweep that comes late does not say the same twice. Norm: GAP-34."""
    case.reminders = reminders_due(case, case.moment)


def their_answer(case, *, outcome, number, answered_on, motive, ordered, within, reopen) -> None:
    """The answer of a body outside, from its letter. Norms: CONS-14-5, LAW-5-2-9."""
    demand_words("motive", motive, _("Write what the body has decided and why, in short."))
    day = date.fromisoformat(answered_on)
    if day > case.time.local(case.moment).date():
        raise fault("answered_on", _("This day has not come yet. Check the letter."), "future")
    if day < case.their_registered_on:
        raise fault("answered_on", _("The complaint was not registered there yet. Check the letter."), "too_early")
    case.outcome, case.motive, case.answered_on = outcome, motive, day
    case.decision = f"№ {number.strip()}, {day:%d.%m.%Y}"
    case.happened_at = min(case.moment, case.time.closing(day))
    carried_out(case, ordered, within, reopen)


def answer_noted(case, *, outcome, motive, decision, ordered, within) -> None:
    case.outcome, case.motive, case.decision = outcome, motive, decision
    case.ordered, case.execute_within = ordered, within
    case.answered_on = case.time.local(case.moment).date()


def extended(case, by, *, ground, days, reason, signed_by) -> None:
    """Counted from the end of the original term. Norms: LAW-25-4a, CLK-COMPL-EXT, GAP-19."""
    demand_own_signature(by, signed_by)
    demand_impartial(case, by, "reason")
    demand_words("reason", reason, _("Write what has to be studied or asked for: the complainant reads it."))
    if ground not in case.Ground.values:
        raise fault("ground", _("Choose one of the two grounds of the Law."), "ground")
    clock = case.answer_clock
    most = rule_on(clock.rule, clock.base_on).extendable
    if not 1 <= days <= most:
        raise fault("days", _("At most %(most)s working days."), "too_long", most=most)
    sign(case, "extension", by)
    deadlines.extend(clock, by=days, at=case.moment)
    case.extension_ground, case.extension_reason = ground, reason


def extension_told(case, sent_on) -> None:
    """On the day on which the notice was sent, not before the extension. Norm: LAW-25-4b."""
    case.extension_told_on = day_of_sending(case, sent_on, of=case.acts.get(kind="extension"))


def decided(case, by, outcome, *, motive, signed_by, ordered="", within=None, reopen=False) -> None:
    """By another than the person complained of and his subordinates, with reasons. Norms: LAW-25-1, CONS-14-3."""
    demand_own_signature(by, signed_by)
    demand_impartial(case, by, "motive")
    demand_words("motive", motive)
    if outcome in UPHELD:
        demand_words("ordered", ordered, _("Write what is to be done: an upheld complaint orders something."))
    sign(case, "answer", by)
    case.outcome, case.motive, case.decided_by = outcome, motive, by
    case.decision = decision_of(case, papers.ANSWERS[outcome])
    carried_out(case, ordered, within, reopen)
    transfer.tell_the_provider(case)


def carried_out(case, ordered, within, reopen) -> None:
    """What an upheld complaint orders, and the case it opens again. Norm: LAW-5-2-9."""
    if case.outcome not in UPHELD:
        return
    case.ordered, case.execute_within = ordered, within
    if reopen:
        reopen_about(case, within)


def reopen_about(case, within) -> None:
    """The case comes back by the move that its service names, with the decision's term, if it sets one.

    Norms: LAW-5-2-9, GAP-34.
    """
    if not can_reopen(case.about):
        raise fault("reopen", _("There is no decision of a case here that could be opened again."), "reopen")
    because = f"Шағым бойынша шешім {case.decision} / Решение по жалобе {case.decision}"
    try:
        advance(
            case.about, manifest_of(case.about.service).reopen, by=SYSTEM, because=because, within=within,
            decision=case.decision,
        )  # fmt: skip
    except MoveNotAllowed as refusal:
        raise fault("reopen", _("The case cannot be opened again now: %(why)s"), "reopen", why=refusal.reason) from None
    except OutOfCalendar:
        message = _("The calendar does not reach so far yet. Name a shorter term, or ask the operator to extend it.")
        raise fault("within" if within else "reopen", message, "calendar") from None


def can_reopen(about) -> bool:
    """Whether the case a complaint is about has a decision that its service lets fall."""
    return about is not None and about.stage == Stage.DECIDED and bool(manifest_of(about.service).reopen)


def answered(case, sent_on) -> None:
    """In the cabinet at once; on paper on the day it was sent. Norms: LAW-5-2-7, GAP-37."""
    case.answered_on = day_of_sending(case, sent_on, of=case.acts.get(kind="answer"))


def withdrawn(case) -> None:
    if case.forwarded_from_id:
        advance(case.forwarded_from, "note_withdrawal", by=SYSTEM)


def day_of_sending(case, sent_on, *, of) -> date:
    """Today, or the earlier day that is only now written down; the clock ends with it, not before the act itself."""
    today = case.time.local(case.moment).date()
    day = date.fromisoformat(sent_on) if sent_on else today
    if day > today:
        raise fault("sent_on", _("This day has not come yet. Check the date."), "future")
    if day < of.on:
        raise fault("sent_on", _("The paper was not signed yet on that day. Check the date."), "too_early")
    if day < today:
        case.happened_at = max(case.time.closing(day), of.at)
    return day


def sign(case, kind, by) -> None:
    """The row by which the database knows who signed what it guards. Norm: CONS-14-3."""
    today = case.time.local(case.moment).date()
    apps.get_model("complaints", "SignedAct").objects.create(complaint=case, kind=kind, by=by, at=case.moment, on=today)


def decision_of(case, kind) -> str:
    """The number and the day of the paper that is being issued; it names nobody."""
    paper = case.papers.filter(kind=kind, state="signed").order_by("pk").last()
    return f"№ {paper.number}, {case.time.local(case.moment):%d.%m.%Y}" if paper else ""
