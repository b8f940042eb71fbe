"""What the moves of a candidate's application write down, and what they will not accept."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case
from kazservices.flow import taking
from kazservices.offices.roles import Role
from kazservices.offices.service import is_absent, roles_of
from schools.contest.ranking import Olympiad
from schools.contest.register import DIPLOMA
from schools.contest.states import CampaignState


def acceptance_refused(application, missing, motive, late):
    """Never without words; the draft is open again with its files, and the receipt is owed. Norm: ADM-C19."""
    if not late:
        taking.acceptance_refused(application, missing, motive)
    application.motive = motive


def taken_all_the_same(application, motive):
    """With a reason, and while the register has not gone out. Norm: ADM-C19."""
    if not motive.strip():
        raise ValidationError({"motive": _("Write why: it goes into the file.")})
    application.campaign, application.motive = open_campaign(application), motive


def open_campaign(application):
    """Its campaign, asked once more with its sheet locked: nobody slips in while the register goes out."""
    campaign = Case.objects.select_for_update(of=("self",)).get(pk=application.campaign_id)
    if campaign.status not in (CampaignState.PLANNED, CampaignState.INTAKE):
        raise ValidationError(_("The register of candidates has been handed over meanwhile."), code="handed_over")
    return application.campaign


def entered(application, by, *, olympiad, in_quota):
    """By the person of the order, or by the head; what is claimed must be proved. Norms: ADM-C17, ADM-C38."""
    demand_responsible(application, by)
    application.campaign = open_campaign(application)
    proved = application.attachments.filter(requirement=DIPLOMA).exists() or DIPLOMA in application.handed_in
    if (olympiad != Olympiad.NONE or in_quota) and not proved:
        raise ValidationError({"olympiad": _("No copy of a diploma lies in the application.")})
    application.olympiad, application.in_quota = olympiad, in_quota


def demand_responsible(application, by):
    """The order names one person; while he is away, another clerk; the head at any time. Norm: ADM-C17."""
    responsible = application.campaign.responsible
    if responsible is None or by.pk == responsible.pk or Role.HEAD in roles_of(by, application.office):
        return
    if not is_absent(responsible, application.office):
        raise ValidationError(_("The order names another person who takes the documents in."), code="not_responsible")
