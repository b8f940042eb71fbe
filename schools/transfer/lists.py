"""What lists show of many transfers at once, in a fixed number of queries."""

from django.utils.translation import gettext as _

from kazservices.flow.manifest import Glance
from schools.transfer.models import Language, TransferApplication


def glance(cases, viewer) -> dict[int, Glance]:
    """The grade and the language asked for; the child itself is on the page of the case."""
    found = TransferApplication.objects.filter(pk__in=[case.pk for case in cases])
    return {case.pk: Glance(subject=asked(case)) for case in found}


def asked(case) -> str:
    """«5-сынып, қазақ»."""
    language = Language(case.study_language).label
    return _("grade %(grade)s, %(language)s") % {"grade": case.grade, "language": language}
