"""What the faces show of a complaint beyond its cover sheet, and what goes into its file."""

from django.utils.translation import gettext as _

from kazservices import clock
from kazservices.cases.models import Case
from kazservices.design.templatetags.design import staff_datetime
from kazservices.flow import particulars
from kazservices.flow.bundle import Chapter, chapter

from . import bodies
from .models import Complaint
from .states import State


def page(case, viewer) -> dict:
    """Facts of the complaint for its page: where it is, who considers it, what came of it."""
    theirs = case.deadlines.running().filter(external=True).first()
    shared = {
        "category": case.category,
        "state_label": State(case.state).label,
        "filled_in": particulars.in_words(case.category, _apart_from_links(case)),
        "body": case.considered_by,
        "longer": bodies.considers_longer(case.considered_by),
        "there": Complaint.objects.filter(forwarded_from=case.pk).first(),
        "from_arrival": from_arrival(case),
        "theirs": theirs,
        "theirs_has_passed": theirs is not None and theirs.due_at < clock.now(),
    }
    if viewer.is_recipient:
        return shared
    seen = case.about_id and Case.objects.visible_to(viewer).filter(pk=case.about_id).exists()
    words = {"late": _("registered late"), "unconfirmed": _("registration there not confirmed yet")}
    return {**shared, **words, "sees_about": bool(seen), "case_file": case.case_file}


def _apart_from_links(case) -> dict:
    """What was filled in, without the number of a case to which the page has a link."""
    return {name: said for name, said in case.particulars.items() if name != "about" or not case.about_id}


def from_arrival(case):
    """Registered later than it arrived: until when the five days would run, counted from the arrival. Norm: GAP-34."""
    registered = case.deadlines.filter(rule="complaint.register").first()
    if registered is None or registered.ended_at is None or registered.ended_at <= registered.due_at:
        return None
    running = case.deadlines.filter(
        rule__in=("complaint.consider", "complaint.answer_5", "complaint.answer_15")
    ).first()
    return case.time.local(case.time.due_working_days(case.accepted_on, running.length)) if running else None


def bundle(case) -> tuple[Chapter, ...]:
    """What was complained of and demanded, and the acts that the person complained of may not sign. (CONS-14-2)"""
    acts = case.acts.select_related("by").order_by("pk")
    return (
        particulars.chapter_of(case),
        chapter("acts", "act", _("Signed acts"), acts, _act),
    )


def _act(act):
    yield _("Act"), act.get_kind_display()
    yield _("Signed by"), act.by.full_name
    yield _("Signed on"), staff_datetime(act.at)


def tied(case):
    """The complaints about a case, the oldest first; those of a body stand behind the one they came from."""
    return Complaint.objects.filter(about=case.pk).select_related("office", "edition").order_by("submitted_at", "pk")
