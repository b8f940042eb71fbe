"""The campaign of a school's contest introduces itself to the platform."""

import uuid

from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case
from kazservices.flow.manifest import Letter, Manifest, Move
from kazservices.offices.models import Office
from kazservices.offices.roles import Role
from kazservices.passports.models import Edition, NoEdition
from schools.contest import dates, letters, lists, pages, papers
from schools.contest.models import ContestApplication, ContestCampaign
from schools.contest.states import CampaignState

FORMS = "schools.contest.forms"

MOVES = (
    Move("set_places", _("Set the places of the classes"), done=_("The places of the classes were set"),
         norm="ADM-C25", form=f"{FORMS}.PlacesForm"),
    Move("appoint_responsible", _("Appoint the responsible person"), done=_("The responsible person was appointed"),
         norm="ADM-C17", form=f"{FORMS}.ResponsibleForm", paper=papers.APPOINTMENT),
    Move("send_register", _("Hand the register over to the Daryn centre"),
         done=_("The register of candidates was handed over"), norm="ADM-C20", weight="primary"),
    Move("publish_schedule", _("Publish the schedule"), done=_("The schedule was published"), norm="ADM-C28",
         form=f"{FORMS}.ScheduleForm", weight="primary"),
    Move("receive_materials", _("Receive the sealed materials"), done=_("The sealed materials were received"),
         norm="ADM-C30", form=f"{FORMS}.MaterialsForm", paper=papers.MATERIALS),
    Move("check_rooms", _("Check cameras and sound"), done=_("Cameras and sound were checked"), norm="ADM-C32",
         form=f"{FORMS}.RoomsForm"),
    Move("hold_contest", _("Record that the contest was held"), done=_("The contest was held"), norm="ADM-C27",
         weight="primary"),
    Move("hold_first_round", _("Record that the first round was held"), done=_("The first round was held"),
         norm="ADM-C46", weight="primary"),
    Move("import_scores", _("Take the scores in"), done=_("The scores were taken in"), norm="ADM-C36",
         form=f"{FORMS}.ScoresForm", weight="primary"),
    Move("hold_second_round", _("Record the second round"), done=_("The second round was held"), norm="ADM-C46",
         form=f"{FORMS}.SecondRoundForm", weight="primary"),
    Move("decide_tie", _("Enter the commission's word on equals"), done=_("The commission decided on equals"),
         norm="ADM-C38", form=f"{FORMS}.TieForm", weight="primary"),
    Move("issue_protocol", _("Sign the protocol and publish the results"), done=_("The results were published"),
         norm="ADM-C41", paper=papers.PROTOCOL),
    Move("order_enrolment", _("Order the enrolment"), done=_("The enrolment was ordered"), norm="ADM-C42",
         paper=papers.ENROLMENT),
    Move("order_reserve", _("Order the reserve"), done=_("The reserve was ordered"), norm="ADM-C42",
         paper=papers.RESERVE),
    Move("free_place", _("Publish a free place"), done=_("A free place was published"), norm="ADM-C44",
         form=f"{FORMS}.FreePlaceForm"),
    Move("promote", _("Enrol from the reserve"), done=_("A candidate was enrolled from the reserve"), norm="ADM-C44",
         form=f"{FORMS}.PromoteForm", paper=papers.PROMOTION),
    Move("select_own", _("Record the school's own selection, classes 8 to 11"),
         done=_("The school's own selection was recorded"), norm="ADM-C45", form=f"{FORMS}.OwnSelectionForm",
         paper=papers.OWN),
    Move("close", _("Close the campaign"), done=_("The campaign was closed"), weight="grave"),
)  # fmt: skip

LETTERS = {
    "submit": (Letter("staff_contest_begins", Role.HEAD, norm="ADM-C17"),),
    "appoint_responsible": (Letter("staff_contest_intake", Role.CLERK, norm="ADM-C17"),),
    "hold_contest": (Letter("staff_contest_held", Role.CHAIR, norm="ADM-C41"),),
    "hold_second_round": (Letter("staff_contest_held", Role.CHAIR, norm="ADM-C41"),),
    "issue_protocol": (Letter("staff_contest_results", Role.HEAD, norm="ADM-C42"),),
    "free_place": (Letter("staff_contest_free", Role.HEAD, norm="ADM-C44"),),
}


def begins(at):
    """From 1 February each specialised school has its campaign of the year, once. Norm: ADM-C17."""
    for office in Office.objects.providing(ContestCampaign.service_code):
        today = at.astimezone(office.time_for(ContestCampaign.service_code).zone).date()
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"contest/{office.pk}/{today.year}")
        in_time = dates.day_of(today.year, dates.BEGINS) <= today < dates.day_of(today.year, dates.INTAKE_BEGINS)
        if in_time and not Case.objects.filter(idempotency_key=key).exists():
            yield from _campaign(office, today, at, key)


def _campaign(office, today, at, key):
    try:
        edition = Edition.objects.on(ContestApplication.service_code, dates.day_of(today.year, dates.INTAKE_BEGINS))
    except NoEdition:
        return
    time = office.time_for(ContestCampaign.service_code)
    yield ContestCampaign(
        service=ContestCampaign.service_code, edition=edition, office=office, year=today.year, submitted_at=at,
        accepted_on=time.accepts(at), idempotency_key=key,
    )  # fmt: skip


def due_moves(at):
    """On its last day the contest has been held, once all stands that it needs. Norms: ADM-C27, ADM-C41."""
    ready = ContestCampaign.objects.filter(state=CampaignState.SCHEDULED, contest_until__isnull=False)
    for case in ready.exclude(materials={}).exclude(rooms={}).select_related("office"):
        if case.time.local(at).date() >= case.contest_until:
            yield case.pk, "hold_first_round" if case.second_round else "hold_contest"


CAMPAIGN = Manifest(
    code=ContestCampaign.service_code,
    model_label=ContestCampaign._meta.label,
    number_prefix="КОН",
    not_taken_prefix="КОН-Б",
    moves=MOVES,
    letters=LETTERS,
    paper_facts=papers.facts,
    letter_context=letters.campaign,
    begins=begins,
    due_moves=due_moves,
    bundle=pages.campaign_bundle,
    page=pages.campaign,
    files={
        "register": _("Register of candidates as handed over"),
        "scores": _("File of scores"),
        "second_round": _("List of the second round"),
        "own_selection": _("File of the school's own selection"),
    },
    glance=lists.campaigns,
    personal={"restricted": ("ties", "tie_motives")},
    carries={
        "rule.intake": ("WIN-SPEC",),
        "rule.register": ("WIN-SPEC",),
        "rule.schedule": ("WIN-SPEC",),
        "rule.hold": ("WIN-SPEC",),
        "rule.results": ("WIN-SPEC",),
        "rule.enrolment": ("WIN-SPEC",),
        "rule.reserve": ("WIN-SPEC",),
    },
    pages={"staff": "schools/contest/staff_campaign.html"},
)
