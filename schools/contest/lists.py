"""What lists show of many campaigns and applications at once."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kazservices.cases import representation
from kazservices.design.languages import in_language
from kazservices.flow.manifest import Glance
from schools.contest.models import ContestApplication, ContestCampaign
from schools.contest.states import REGISTERED


def child_of(draft):
    """Who would take part: the recipient at the counter, or the child whom the parent represents."""
    return draft.recipient or representation.applicant_of(draft)


def campaigns(cases, viewer) -> dict[int, Glance]:
    """The year of each campaign, and how many candidates it has."""
    found = ContestCampaign.objects.filter(pk__in=[case.pk for case in cases])
    found = found.annotate(registered=Count("applications", filter=Q(applications__state__in=REGISTERED)))
    return {
        case.pk: Glance(
            subject=_("Contest of %(year)s, candidates: %(count)s") % {"year": case.year, "count": case.registered}
        )
        for case in found
    }


def applications(cases, viewer) -> dict[int, Glance]:
    """The class of each application."""
    found = ContestApplication.objects.filter(pk__in=[case.pk for case in cases]).select_related("category")
    return {case.pk: Glance(subject=in_language(case.category, "plain")) for case in found}
