"""What a passport answers: the edition of a day, the documents of a category, the grounds that may be named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendars.windows import Window
from kazservices import clock

from .models import (
    CallUpAct,
    Category,
    Edition,
    EditionSwitch,
    FormField,
    Ground,
    Question,
    RegisterItem,
    Requirement,
    RestrictionAct,
    Variant,
)

PORTAL = "portal"
MISSING, EXPIRED = "missing", "expired"
VARIANT = "variant"  # the answer that names a variant of the category; all other answers are yes (True) or no (False)


@dataclass(frozen=True)
class Missing:
    """A document without which the package is not complete. Norm: LAW-19."""

    requirement: Requirement
    reason: str


def edition_on(service_code: str, day: date) -> Edition:
    """The wording of the standard in force on a day. Norm: LAW-5-2-1."""
    return Edition.objects.on(service_code, day)


def windows(edition: Edition, *, day: date | None = None, office=None) -> list[Window]:
    """The days of the year on which applications are taken in. Norms: CONS-S10-1, GAP-23.

    With a day also those that are open only under restrictions, if there are any on it: in the office's territory, or
    anywhere while no office is chosen yet (ADM-9-2b).
    """
    rows = list(edition.windows.all())
    if any(row.restricted for row in rows) and not (day and is_restricted(day, office)):
        rows = [row for row in rows if not row.restricted]
    return [
        Window(
            opens=(window.opens_month, window.opens_day),
            closes=(window.closes_month, window.closes_day),
            last_day_off=edition.last_day_off,
        )
        for window in rows
    ]


def is_restricted(day: date, office=None) -> bool:
    """Whether an act of restrictions is in force on a day in the office's territory; without an office, anywhere."""
    acts = RestrictionAct.objects
    return (acts.in_force(day, office) if office else acts.on(day)).exists()


def questions_to_ask(category: Category, answers: Mapping[str, Any]) -> list[Question]:
    """The questions of the category that have no yes or no yet."""
    return [question for question in category.questions.all() if not isinstance(answers.get(question.code), bool)]


def closed_by(category: Category, answers: Mapping[str, Any]) -> Question | None:
    """The question whose "yes" says that this category is not for this person. Norm: CONS-E-C5."""
    closing = (question for question in category.questions.all() if question.on_yes == Question.OnYes.CLOSES)
    return next((question for question in closing if answers.get(question.code) is True), None)


def chosen_variant(category: Category, answers: Mapping[str, Any]) -> Variant | None:
    """The variant that the applicant named; none when the category has none or it is not named yet."""
    return next((variant for variant in category.variants.all() if variant.code == answers.get(VARIANT)), None)


def is_answered(category: Category, answers: Mapping[str, Any]) -> bool:
    """All that the category asks is answered: each question, and which variant if it has any."""
    named = chosen_variant(category, answers) is not None or not category.variants.exists()
    return named and not questions_to_ask(category, answers)


def required_documents(category: Category, answers: Mapping[str, Any], channel: str = PORTAL) -> list[Requirement]:
    """The documents this applicant has to give, and no others; only a clear "no" frees him of a conditional one.

    Norms: CONS-S8-1, LAW-5-P1.
    """
    return [
        requirement
        for requirement in category.requirements.all()
        if requirement.asked_on(channel)
        if not requirement.condition or answers.get(requirement.condition) is not False
    ]


def missing_documents(
    category: Category,
    answers: Mapping[str, Any],
    supplied: Mapping[str, date | None],
    on_day: date,
    channel: str = PORTAL,
    *,
    restricted: bool = False,
) -> list[Missing]:
    """What keeps the package from being complete on the acceptance date. Norm: LAW-19.

    `supplied`: the code of each document given, with the last day of its validity if it names one. What may follow
    later, always or while the territory is ``restricted``, is missing from no package.
    """
    found = []
    for requirement in required_documents(category, answers, channel):
        if requirement.code not in supplied:
            if not (requirement.later or (restricted and requirement.later_restricted)):
                found.append(Missing(requirement, MISSING))
        elif (until := supplied[requirement.code]) is not None and until < on_day:
            found.append(Missing(requirement, EXPIRED))
    return found


def fields_of(category: Category) -> list[FormField]:
    """The questions of the form that are asked of this category: everyone's, and its own."""
    asked = category.edition.fields.prefetch_related("categories")
    return [field for field in asked if category in field.categories.all() or not field.categories.all()]


def open_on(edition: Edition, channel: str) -> bool:
    """Whether the standard knows this way of applying. Norms: LAW-18, LAW-4-1-4."""
    return channel in edition.channels_open


def switch(edition: Edition, *, on: bool, reason: str, by) -> EditionSwitch:
    """Let an edition run, or stop it: what runs is decided by the last word. Raises ValidationError at ``reason``.

    Cases that run under it go on to their end. Norms: GAP-04, LAW-4-1-2.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Write why: the auditor will read it.")})
    return EditionSwitch.objects.create(edition=edition.code, on=on, reason=reason.strip(), by=by, at=clock.now())


def registers_needed(category: Category) -> list[RegisterItem]:
    """What the provider asks of state registers for this category; the applicant never is. Norms: CONS-S8-2, S8-3."""
    concerned = Q(for_everyone=True) | Q(categories=category)
    return list(RegisterItem.objects.filter(concerned, edition=category.edition_id).distinct())


def call_up_acts(edition: Edition, office, accepted_on: date):
    """The acts ordering the call-up for which an application accepted on this day was filed."""
    return CallUpAct.objects.in_force(_day_of_call_up(edition, accepted_on), office)


def wants_call_up_act(edition: Edition) -> bool:
    """Whether the lack of an act on the call-up is a ground of refusal here. Norm: CONS-S9-3."""
    return edition.grounds.filter(offered=Ground.Offered.NO_CALL_UP_ACT).exists()


def grounds_offered(edition: Edition, *, office, accepted_on: date, consent_given: bool) -> list[Ground]:
    """The closed list a refusal may choose from in this case.

    Norms: CONS-S9-1 to CONS-S9-3, LAW-19-1-2, LAW-5-1-2.
    """
    kinds = {Ground.Offered.ALWAYS}
    if not call_up_acts(edition, office, accepted_on).exists():
        kinds.add(Ground.Offered.NO_CALL_UP_ACT)
    if not consent_given:
        kinds.add(Ground.Offered.CONSENT_REFUSED)
    own = edition.grounds.filter(offered__in=kinds)
    named = Q(offered__in=kinds) | Q(code__in=edition.general_grounds)
    return [*own, *Ground.objects.filter(named, edition=None)]


def grounds_named(edition: Edition) -> list[Ground]:
    """The grounds that the standard names, its own and those of the Law. Norm: LAW-14-3-1."""
    named = edition.general_grounds
    return [*edition.grounds.all(), *(Ground.objects.filter(edition=None, code__in=named) if named else ())]


def _day_of_call_up(edition: Edition, accepted_on: date) -> date:
    """Accepted after a window's last day off: the call-up meant is the one of that window. Norm: GAP-23."""
    closings = [
        date(year, window.closes_month, window.closes_day)
        for year in (accepted_on.year - 1, accepted_on.year)
        for window in edition.windows.all()
        if date(year, window.opens_month, window.opens_day) <= accepted_on
    ]
    return min(accepted_on, max(closings, default=accepted_on))
