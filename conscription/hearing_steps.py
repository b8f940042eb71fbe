"""What the moves of a hearing write down, and what they will not accept. Norms: CONS-10-5 to CONS-10-7, GAP-35."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from calendars.words import revision_words
from conscription import commission, hearings
from conscription.models.hearing import Hearing
from conscription.objections import demand_lawful_hour, demand_something_untrue
from kazservices.flow.objections import demand_offered, demand_words, fault


def permitted(case, by, reason):
    """The head allows what is lacking at this moment, and nothing that may come later. Norm: CONS-10-8."""
    post = commission.presiding_post(case)
    if post is not None and post.user_id == by.pk:
        raise ValidationError(_("Whoever presides cannot allow it to himself: another head must."), code="same_person")
    lacking = hearings.lacking(case)
    if not lacking:
        raise ValidationError(_("Nothing is lacking: the hearing may be called without it."), code="not_lacking")
    demand_words("reason", reason, _("Write the reason: it goes into the file."))
    case.permitted_by, case.permitted_because = by, reason
    case.permitted_for = sorted({*case.permitted_for, *lacking})


def called(case, by, at, *, grounds, motive, held_at, place, way, rests_on):
    """A preliminary decision on lawful grounds, and a hearing within two working days. Norms: CONS-10-5, CONS-10-7."""
    demand_offered(case, "grounds", grounds)
    named = commission.named_grounds(case)
    if named and not set(grounds) <= set(named):
        raise fault("grounds", _("Choose among the grounds that the members named."), "named")
    demand_words("motive", motive)
    demand_something_untrue(case, grounds, rests_on)
    held_at = datetime.fromisoformat(held_at)
    demand_lawful_hour(case, held_at, at, *hearings.days_for(case, at))
    served = {"served_at": at, "served_on": case.time.accepts(at), "notified_at": at}
    _appoint(case, by, **served, grounds=grounds, motive=motive, held_at=held_at, place=place, method=way)


def postponed(case, by, at, *, held_at, place, way, reason, asked_by):
    """Called anew when its day became a day off; else once by the body, and at the applicant's recorded wish."""
    hearing = hearings.current(case)
    held_at, asked = (
        datetime.fromisoformat(held_at),
        hearings.Asked(case, hearing, by_applicant=asked_by == "applicant"),
    )
    if asked.exhausted:
        raise ValidationError(_("The hearing has been postponed once already."), code="postponed")
    if held_at < hearing.held_at and not asked.by_wish:
        raise fault("held_at", _("A hearing is moved to a later time, never to an earlier one."), "earlier")
    demand_lawful_hour(case, held_at, at, *asked.days(at))
    hearing.counts_as_postponement = not (asked.day_off or asked.by_wish)
    carried = _given_up(hearing, asked_by, reason)
    _appoint(case, by, **carried, notified_at=at, held_at=held_at, place=place, method=way)


def reappointed(case, at, *, held_at, revision, acts):
    """Its day became a day off by an act: nobody has postponed it, and a wish of the applicant still stands."""
    hearing, held_at = hearings.current(case), datetime.fromisoformat(held_at)
    demand_lawful_hour(case, held_at, at, *hearings.days_anew(case, at))
    because = " / ".join(revision_words(revision, acts, language) for language in ("kk", "ru"))
    carried = _given_up(hearing, "calendar", because)
    carried |= {
        name: getattr(hearing, name) for name in ("wish", "wished_at", "wish_declined_because", "place", "method")
    }
    _appoint(case, hearing.called_by, **carried, notified_at=at, held_at=held_at)


def _given_up(hearing, by_whom, because) -> dict:
    """This time is given up; what the next one takes over from it."""
    hearing.status, hearing.postponed_by, hearing.postponed_because = Hearing.Status.POSTPONED, by_whom, because
    hearing.save()
    kept = ("served_at", "served_on", "grounds", "motive", "position", "position_at", "instead_of_coming")
    return {name: getattr(hearing, name) for name in kept}


def wished(case, *, wish, wished_at):
    demand_words("wish", wish, _("Say why you cannot come."))
    hearing = hearings.current(case)
    hearing.wish, hearing.wished_at = wish, datetime.fromisoformat(wished_at) if wished_at else None
    hearing.wish_declined_because = ""
    hearing.save(update_fields=["wish", "wished_at", "wish_declined_because"])


def wish_declined(case, reason):
    demand_words("reason", reason, _("Write the reason: the applicant will read it."))
    hearing = hearings.current(case)
    hearing.wish_declined_because = reason
    hearing.save(update_fields=["wish_declined_because"])


def position_given(case, at, *, position, instead_of_coming):
    """A second position stands below the first: neither is lost."""
    demand_words("position", position, _("Write your position first."))
    hearing = hearings.current(case)
    hearing.position = f"{hearing.position}\n\n{position}".strip()
    hearing.position_at = at
    appointed = hearing.status == Hearing.Status.APPOINTED
    hearing.instead_of_coming = appointed and (instead_of_coming or hearing.instead_of_coming)
    hearing.save(update_fields=["position", "position_at", "instead_of_coming"])


def recorded(case, at, record):
    """The clock of the hearing ends when it was held, not when its record was signed. Norm: CONS-10-7."""
    hearing = hearings.current(case)
    started, ended = (datetime.fromisoformat(record[key]) for key in ("started_at", "ended_at"))
    if not hearing.held_at <= started < ended <= at:
        raise fault("ended_at", _("A hearing begins at its hour or later, and ends after that and by now."), "times")
    if not case.time.days.is_working(case.time.local(started).date()) and not hearings.was_working(case, started):
        raise fault("started_at", _("This day was a day off: no hearing is held on it. Set another time."), "day_off")
    hearing.record, hearing.objection_waived = record, bool(record.get("objection_waived"))
    _end(case, hearing, Hearing.Status.HELD, ended)


def no_show_recorded(case, note):
    hearing = hearings.current(case)
    hearing.record = {"note": note}
    _end(case, hearing, Hearing.Status.NO_SHOW, hearing.held_at)


def position_recorded(case):
    hearing = hearings.current(case)
    _end(case, hearing, Hearing.Status.IN_WRITING, hearing.position_at)


def not_needed(case):
    """The application is granted before the hearing that was appointed."""
    case.hearings.filter(status=Hearing.Status.APPOINTED).update(status=Hearing.Status.NOT_NEEDED)


def _end(case, hearing, status, ended_at):
    hearing.status, hearing.ended_at = status, ended_at
    hearing.save()
    case.happened_at = ended_at


def _appoint(case, by, **how):
    Hearing.objects.create(case_id=case.pk, number=case.hearings.count() + 1, called_by=by, **how)
