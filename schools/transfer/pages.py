"""What the faces show of a transfer beyond its cover sheet, to each what is his to see; what goes into its file."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazservices.cases.models import CaseParty
from kazservices.counter.models import Handover
from kazservices.design.languages import in_language
from kazservices.design.templatetags.design import staff_datetime
from kazservices.flow import particulars
from kazservices.flow.bundle import Chapter, chapter
from schools.transfer.lists import asked
from schools.transfer.models import SchoolClass
from schools.transfer.states import State

KINDS = {"": "wait", "confirmed": "ok", "denied": "bad"}


def page(case, viewer) -> dict:
    """Facts of the case for its page."""
    language = "ru" if get_language() == "ru" else "kk"
    shared = {
        "category": case.category,
        "state_label": State(case.state).label,
        "asked": asked(case),
        "leaving_name": case.from_where[language],
        "coupon_state": case.get_coupon_display(),
        "coupon_kind": KINDS[case.coupon],
        "handed_over": handed_over_at(case),
    }
    if viewer.is_recipient:
        return {**shared, "filled_in": particulars.in_words(case.category, case.particulars)}
    classes = SchoolClass.objects.filter(office=case.office, grade=case.grade, language=case.study_language)
    brought = [in_language(r, "plain") for r in case.category.requirements.all() if r.code in case.handed_in]
    return {**shared, "classes": list(classes), "brought": brought}


def part(case, which: str) -> dict:
    """What another office sees: the leaving school learns of the child, the coupon and the dates. Norm: TRN-S8-P."""
    if which != CaseParty.Part.LEAVING_SCHOOL:
        return {}
    return {
        "child_name": case.child_name,
        "child_birth": case.child_birth,
        "asked": asked(case),
        "coupon_number": case.coupon_number,
        "coupon_date": case.coupon_date,
        "awaited": case.coupon == case.Coupon.SILENT and case.state in (State.SUBMITTED, State.ADMITTED),
        "word": case.get_coupon_display(),
        "kind": KINDS[case.coupon],
        "coupon_note": case.coupon_note,
        "receiving": case.office,
        "submitted_at": case.submitted_at,
        "accepted_on": case.accepted_on,
        "decided_at": case.decided_at,
        "state_label": State(case.state).label,
    }


def parties(case):
    """The leaving school sees its part while the case lives. Norm: TRN-S8-P."""
    if case.leaving_school is not None:
        yield case.leaving_school, CaseParty.Part.LEAVING_SCHOOL, "TRN-S8-P"


def bundle(case) -> tuple[Chapter, ...]:
    """What was filled in, and the word of the leaving school."""
    word = {"coupon": case.coupon, "note": case.coupon_note, "answered_at": case.coupon_answered_at}
    return (
        particulars.chapter_of(case),
        chapter("coupon", "coupon", _("Word of the leaving school"), [word], lambda row: _word(case)),
    )


def _word(case):
    yield _("School"), in_language({f"name_{language}": name for language, name in case.from_where.items()}, "name")
    yield _("Coupon"), case.get_coupon_display()
    yield _("Note"), case.coupon_note
    yield _("Answered"), staff_datetime(case.coupon_answered_at)


def handed_over_at(case):
    """When the paper result left the school; none while it is kept there. Norm: TRN-S5-4."""
    handed = Handover.objects.filter(paper__case=case.pk).order_by("-handed_at").first()
    return handed.handed_at if handed else None
