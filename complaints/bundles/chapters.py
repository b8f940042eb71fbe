"""What the platform keeps of any case, as chapters of its file: told in the language that is active."""

from dataclasses import asdict

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calendars.rules import rule_on
from kazservices.cases.models import Representation
from kazservices.deadlines.history import history
from kazservices.deadlines.service import explain, in_stretches
from kazservices.design.languages import in_language
from kazservices.design.templatetags.design import staff_date, staff_datetime
from kazservices.flow.bundle import Chapter, Record, chapter
from kazservices.flow.events import in_words as events_in_words
from kazservices.gateways.answers import in_words
from kazservices.gateways.models import Consent, RegisterRequest
from kazservices.signing.models import Signature

from .told import told

#: The address of a letter is its class, not where the person can be reached.
PRIVATE_OF_A_LETTER = ("address",)


def cover(case) -> Chapter:
    """The cover sheet, the parties, and who acts for the applicant."""
    acting = Representation.objects.filter(case=case.pk).select_related("representative").first()
    parties = [told(one) for one in case.parties.select_related("office").order_by("pk")]
    row = {"case": told(case), "representation": acting and told(acting), "parties": parties}
    row["signatures"] = [told(one) for one in _signed_with(case)]
    return Chapter("cover", "cover", _("Cover sheet"), (Record(case.number, row, tuple(_cover(case, acting))),))


def after_papers(case) -> tuple[Chapter, ...]:
    """Recusals, measures, letters, registers, clocks and readings."""
    notices = case.notices.select_related("recipient").order_by("owed_at", "pk")
    asked = RegisterRequest.objects.filter(case_id=case.pk).order_by("asked_at", "pk")
    consents = Consent.objects.filter(case_id=case.pk).order_by("at", "pk")
    recused = case.recusals.select_related("user", "noted_by").order_by("pk")
    measures = case.measures.select_related("responsible", "done_by").order_by("taken_at", "pk")
    readings = case.readings.select_related("user").order_by("at", "pk")
    return (
        chapter("recusals", "recusal", _("Recusals"), recused, _recusal),
        chapter("measures", "measure", _("Measures"), measures, _measure),
        chapter("notices", "notice", _("Letters"), notices, _notice, without=PRIVATE_OF_A_LETTER),
        chapter("consents", "consent", _("Consents"), consents, _consent),
        chapter("registers", "register", _("Answers of the state registers"), asked, _register),
        chapter("clocks", "clock", _("Clocks"), [_clock(clock) for clock in case.deadlines.select_related("office")]),
        chapter("readings", "readings", _("Who has opened the case"), readings, _reading, together=True),
    )


def journal(case, entries) -> Chapter:
    """The journal for people; the lines with their facts and hashes lie beside it."""
    words = events_in_words(case.service)
    records = tuple(Record(str(words.get(entry.move, entry.move)), {}, tuple(_entry(entry))) for entry in entries)
    return Chapter("journal", "journal", _("Journal of the case"), records, together=True)


def _cover(case, acting):
    yield _("Case"), case.number
    yield _("Service"), in_language(case.edition, "alias")
    yield _("Office"), in_language(case.office, "name")
    if case.applicant:
        yield _("Applicant"), case.applicant.full_name
        yield _("IIN"), case.applicant.iin
    if acting:
        yield _("Who acts for the applicant"), f"{acting.representative.full_name}, {acting.get_basis_display()}"
    yield _("By which way it came"), case.get_channel_display()
    yield _("Filed"), staff_datetime(case.submitted_at)
    yield _("Day of acceptance"), staff_date(case.accepted_on)
    yield _("Stage"), case.get_stage_display()
    yield _("Decided"), staff_datetime(case.decided_at)
    if case.previous_id:
        yield _("Application before this one"), case.previous.number


def _signed_with(case):
    """The signatures that the journal names under what the applicant sent."""
    named = {entry.kept.facts.get("signature") for entry in case.journal.select_related("kept") if _facts(entry)}
    return Signature.objects.filter(pk__in={key for key in named if isinstance(key, int)}).order_by("pk")


def _facts(entry) -> dict:
    kept = getattr(entry, "kept", None)
    return (kept and kept.facts) or {}


def _recusal(recusal):
    yield _("Person"), recusal.user.full_name
    yield _("Why"), recusal.reason
    yield _("Recorded"), staff_datetime(recusal.noted_at)


def _measure(measure):
    yield _("What is to be done"), measure.what
    yield _("Who answers for it"), measure.responsible.full_name
    yield _("By which day"), staff_date(measure.due_on)
    yield _("Done on"), staff_date(measure.done_on)
    yield _("By what it can be seen"), measure.proof


def _notice(notice):
    yield _("To"), notice.recipient.full_name
    yield _("By which way"), notice.get_channel_display()
    yield _("Owed"), staff_datetime(notice.owed_at)
    yield _("Served"), staff_datetime(notice.served_at)
    yield _("Sent"), staff_datetime(notice.sent_at)
    yield _("Read"), staff_datetime(notice.read_at)
    yield _("Subject"), notice.subject
    yield "", notice.body


def _consent(consent):
    yield _("Person"), consent.user.full_name
    yield _("Answer"), _("Yes") if consent.given else _("No")
    yield _("How"), consent.get_method_display()
    yield _("When"), staff_datetime(consent.at)
    yield "", consent.text


def _register(request):
    yield _("Register"), request.get_register_display()
    yield _("Asked"), staff_datetime(request.asked_at)
    yield _("Answered"), staff_datetime(request.answered_at) or _("the register is silent")
    if request.answer is not None:
        yield from in_words(request.answer, get_language() or "kk") or [(_("Answer"), _("it knows nothing of this"))]


def _clock(clock) -> Record:
    """The law of that day, how the clock ended, and every day of it with the reason why it counted or not."""
    days, stretches = explain(clock), in_stretches(clock)
    row = {"clock": told(clock), "days": [asdict(day) for day in days]}
    row |= {"stretches": [asdict(one) for one in stretches], "recounted": [asdict(one) for one in history(clock)]}
    rule = rule_on(clock.rule, clock.base_on)
    label = rule.label("ru" if get_language() == "ru" else "kk") if rule else clock.rule
    return Record(label, row, tuple(_clock_lines(clock, days)))


def _clock_lines(clock, days):
    yield _("Norm"), clock.norm
    yield _("Begun"), staff_datetime(clock.started_at)
    yield _("Due"), staff_datetime(clock.due_at)
    yield _("Ended"), f"{staff_datetime(clock.ended_at)} {clock.get_outcome_display()}".strip()
    if clock.breach_noted_at:
        yield _("Missed"), f"{clock.get_cause_display()} {clock.cause_note}".strip()
    counted = [f"{day.date:%d.%m.%Y} ({day.ordinal})" for day in days if day.counted and day.ordinal]
    left_out = [f"{day.date:%d.%m.%Y}" for day in days if not day.counted]
    yield _("Days that count"), ", ".join(counted)
    yield _("Days that do not"), ", ".join(left_out)


def _reading(reading):
    yield _("Person"), reading.user.full_name
    yield _("When"), staff_datetime(reading.at)


def _entry(entry):
    yield _("Line"), str(entry.number)
    yield _("When"), staff_datetime(entry.at)
    yield _("Who"), entry.actor.full_name if entry.actor else _("the system")
    yield _("Norm"), entry.norm
