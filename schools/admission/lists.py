"""What lists show of many applications at once, in a fixed number of queries."""

from django.utils.translation import gettext as _

from kazservices.flow.manifest import Glance, manifest_of


def glance(cases, viewer) -> dict[int, Glance]:
    """The grade and the language, and on which side of the area the child lives."""
    if not cases:
        return {}
    model = manifest_of(cases[0].service).model
    found = model.objects.filter(pk__in=[case.pk for case in cases]).select_related("pool")
    return {case.pk: Glance(subject=_subject(case)) for case in found}


def _subject(case) -> str:
    words = (
        _("Grade %(grade)s, %(language)s, in the area") if case.local else _("Grade %(grade)s, %(language)s, outside")
    )
    return words % {"grade": case.pool.grade, "language": case.pool.get_language_display()}


def order_glance(cases, viewer) -> dict[int, Glance]:
    if not cases:
        return {}
    model = manifest_of(cases[0].service).model
    found = model.objects.filter(pk__in=[case.pk for case in cases]).select_related("pool")
    return {case.pk: Glance(subject=_grade(case.pool)) for case in found}


def _grade(pool) -> str:
    return _("Grade %(grade)s, %(language)s") % {"grade": pool.grade, "language": pool.get_language_display()}
