"""What a move writes down, and what it will not accept: errors stand at the field they concern."""

import uuid
from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conscription import commission, hearings, papers
from conscription.models.commission import Opinion
from conscription.models.hearing import Hearing
from kazservices.cases.models import Draft, Recusal
from kazservices.documents import service as documents
from kazservices.gateways.service import answers
from kazservices.passports import service as passports


def fault(field: str, message, code: str, **params) -> ValidationError:
    """What the law objects to, at the field it concerns."""
    return ValidationError({field: ValidationError(message, code=code, params=params)})


UNTRUE_DOCUMENTS = "1"  # ground 1: what was supplied is not true


def acceptance_refused(case, missing, motive):
    if not missing and not motive.strip():
        raise ValidationError({"motive": _("Say what is missing or expired, or what the file is not.")})
    _given_back(case, missing, motive)
    return motive


def _given_back(case, missing, motive):
    """What a clerk refuses to accept had been taken in: its draft is open again with its files. Norm: LAW-19."""
    if draft := Draft.objects.filter(case_id=case.pk).first():
        documents.copy_to_draft(case, draft)
        draft.key, draft.previous, draft.case = uuid.uuid4(), case.case_ptr, None
        draft.save(update_fields=["key", "previous", "case"])
        papers.owe_not_taken_receipt(case, missing, motive)


def opinion(case, by, at, *, decision, ground, motive, after_hearing):
    if decision == Opinion.Decision.REFUSE:
        _ground_offered(case, "ground", [ground])
        if not motive.strip():
            raise ValidationError({"motive": _("State the motive in words: the applicant will read it.")})
    else:
        ground = ""
    round_ = Opinion.AFTER_HEARING if after_hearing else Opinion.FIRST
    if not after_hearing and case.opinions.filter(member=by, round=round_).exists():
        raise ValidationError(_("You have already given your opinion on this application."), code="voted")
    Opinion.objects.create(
        case_id=case.pk, member=by, round=round_, decision=decision, ground=ground, motive=motive, at=at
    )


def granted(case, by, *, motive, valid_until):
    tally = commission.tally(case)
    against = tally.majority == Opinion.Decision.REFUSE
    if (against or not tally.has_quorum) and not motive.strip():
        raise ValidationError(
            {"motive": _("The members' majority is against it, or there is no quorum: write your motive.")}
        )
    case.decided_by, case.motive = by, motive
    case.valid_until = datetime.fromisoformat(valid_until).date() if valid_until else None
    case.refusal_grounds = []


def hearing_called(case, by, at, *, grounds, motive, held_at, place, way, rests_on, earlier_wish):
    _ground_offered(case, "grounds", grounds)
    named = commission.named_grounds(case)
    if named and not set(grounds) <= set(named):
        raise ValidationError({"grounds": _("Choose among the grounds that the members named.")})
    if not motive.strip():
        raise ValidationError({"motive": _("State the motive in words: the applicant will read it.")})
    if UNTRUE_DOCUMENTS in grounds:
        _rests_on_something(case, rests_on)
    held_at = datetime.fromisoformat(held_at)
    first, last = hearings.days_for(case, at)
    if earlier_wish:
        first = case.time.local(at).date()
    lawful_hearing(case, held_at, at, first, last)
    _appoint(
        case, by, at, case.time.accepts(at), grounds=grounds, motive=motive, held_at=held_at, place=place, method=way
    )


def hearing_postponed(case, by, at, *, held_at, place, way, reason, asked_by):
    """Called anew without counting when the day has become a day off; otherwise once, within the same two days."""
    hearing = hearings.current(case)
    held_at = datetime.fromisoformat(held_at)
    became_day_off = not case.time.days.is_working(case.time.local(hearing.held_at).date())
    postponed = case.hearings.filter(counts_as_postponement=True).count()
    if not became_day_off and postponed >= case.edition.postponements:
        raise ValidationError(_("The hearing has been postponed once already."), code="postponed")
    first, last = hearings.days_of(case, hearing)
    if asked_by == "applicant" and hearing.wish:
        last = max(last, case.time.local(hearing.wished_at).date()) if hearing.wished_at else last
    if became_day_off:
        last = case.time.days.add_working(max(last, case.time.local(at).date()), 1)
    lawful_hearing(case, held_at, at, first, last)
    hearing.status, hearing.postponed_by, hearing.postponed_because = Hearing.Status.POSTPONED, asked_by, reason
    hearing.counts_as_postponement = not became_day_off
    hearing.save()
    _appoint(
        case, by, hearing.served_at, hearing.served_on, grounds=hearing.grounds, motive=hearing.motive,
        held_at=held_at, place=place, method=way, position=hearing.position, position_at=hearing.position_at,
    )  # fmt: skip


def lawful_hearing(case, held_at, at, first, last):
    """A hearing lies ahead, in working time, between its first and its last lawful day. Norm: GAP-35."""
    time = case.time
    day = time.local(held_at).date()
    if held_at <= at:
        raise fault("held_at", _("This time has already passed. Choose a later one."), "past")
    if not time.days.is_working(day):
        raise fault("held_at", _("This day is a day off. Choose a working day."), "day_off")
    if not first <= day <= last:
        message = _("The hearing may be held from %(first)s to %(last)s: within two working days of the notice.")
        raise fault("held_at", message, "too_late", first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}")
    if not time.is_open(held_at):
        raise fault("held_at", _("The office does not work at this hour. Mind the lunch break."), "hours")


def postponement_asked(case, *, wish, wished_at):
    if not wish.strip():
        raise ValidationError({"wish": _("Say why you cannot come.")})
    hearing = hearings.current(case)
    hearing.wish, hearing.wished_at = wish, datetime.fromisoformat(wished_at) if wished_at else None
    hearing.save(update_fields=["wish", "wished_at"])


def position_given(case, at, *, position, instead_of_coming):
    if not position.strip():
        raise ValidationError({"position": _("Write your position first.")})
    hearing = hearings.current(case)
    hearing.position, hearing.position_at = position, at
    hearing.instead_of_coming = instead_of_coming and hearing.status == Hearing.Status.APPOINTED
    hearing.save(update_fields=["position", "position_at", "instead_of_coming"])


def hearing_recorded(case, at, record):
    hearing = hearings.current(case)
    started, ended = (datetime.fromisoformat(record[key]) for key in ("started_at", "ended_at"))
    if not hearing.held_at <= started < ended <= at:
        raise ValidationError({"ended_at": _("A hearing begins at its hour or later, and ends after that and by now.")})
    hearing.status, hearing.ended_at, hearing.record = Hearing.Status.HELD, ended, record
    hearing.objection_waived = bool(record.get("objection_waived"))
    hearing.save()


def no_show_recorded(case, at, note):
    hearing = hearings.current(case)
    hearing.status, hearing.ended_at, hearing.record = Hearing.Status.NO_SHOW, at, {"note": note}
    hearing.save()


def position_recorded(case, at):
    hearing = hearings.current(case)
    hearing.status, hearing.ended_at = Hearing.Status.IN_WRITING, at
    hearing.save(update_fields=["status", "ended_at"])


def refused(case, by, *, grounds, motive, chair_motive):
    hearing = hearings.current(case)
    if not grounds or not set(grounds) <= set(hearing.grounds):
        raise ValidationError({"grounds": _("Only a ground of the preliminary decision has been heard.")})
    if not motive.strip():
        raise ValidationError({"motive": _("State the motive in words: the applicant will read it.")})
    if commission.tally(case).majority == Opinion.Decision.APPROVE and not chair_motive.strip():
        raise ValidationError(
            {"chair_motive": _("The members' majority would approve: write why you decide otherwise.")}
        )
    case.refusal_grounds, case.motive, case.decided_by = list(grounds), motive, by


def reopened(case, because):
    if not because.strip():
        raise ValidationError({"because": _("Name the decision or the court act.")})
    case.reopened_because = because
    case.decided_by = case.permitted_by = case.valid_until = None
    case.permitted_because, case.refusal_grounds = "", []


def recused(case, by, at, *, person, reason):
    if case.recusals.filter(user_id=person).exists():
        raise ValidationError({"person": _("This person is already recused.")})
    user = get_user_model().objects.get(pk=person)
    Recusal.objects.create(case_id=case.pk, user=user, reason=reason, noted_by=by, noted_at=at)


def _appoint(case, by, at, served_on, **how):
    number = case.hearings.count() + 1
    Hearing.objects.create(case_id=case.pk, number=number, served_at=at, served_on=served_on, called_by=by, **how)


def grounds_offered(case):
    """The grounds on which this application may be refused. Norm: LAW-5-1-2."""
    consent = case.consents.filter(given=True, withdrawn_at=None).exists()
    return passports.grounds_offered(
        case.edition, office=case.office, accepted_on=case.accepted_on, consent_given=consent
    )


def _ground_offered(case, field, codes):
    if not codes or not set(codes) <= {ground.code for ground in grounds_offered(case)}:
        raise ValidationError({field: _("Choose a ground from the list: no other ground is lawful.")})


def _rests_on_something(case, rests_on):
    """Ground 1 names what is untrue: a document or an answer that is there, never a register's silence."""
    there = set(case.attachments.values_list("requirement", flat=True))
    there |= {f"register:{name}" for name, answer in answers(case).items() if answer is not None}
    if not rests_on or not set(rests_on) <= there:
        raise ValidationError({"rests_on": _("Name the document or the register answer that is not true.")})
