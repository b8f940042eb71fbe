"""The application to take part in the contest introduces itself to the platform."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.flow import moves
from kazservices.flow.manifest import Letter, Manifest, Move
from kazservices.offices.roles import Role
from schools.contest import board, letters, lists, pages, papers
from schools.contest.dates import INTAKE_ENDS, day_of
from schools.contest.models import ContestApplication, ContestCampaign, Standing
from schools.contest.ranking import SEATED, Outcome
from schools.contest.states import ENROLLING, LIVE, RESULTS_OUT, CampaignState, State

#: The only ground of the edition: late, or incomplete.
LATE = "1"
FORMS = "schools.contest.forms"

MOVES = (
    Move("enter_register", _("Enter into the register of candidates"), done=_("Entered into the register"),
         norm="ADM-C17", form=f"{FORMS}.EnterForm", weight="primary"),
    moves.refuse_acceptance(f"{FORMS}.NotTakenForm", norm="ADM-C19"),
    Move("take_all_the_same", _("Accept all the same"), done=_("The head accepted it all the same"),
         norm="ADM-C19", form=f"{FORMS}.AllTheSameForm"),
    Move("invite", _("Invite to the test"), done=_("Invited to the test"), norm="ADM-C28"),
    Move("tell_result", _("Tell the result"), done=_("The result was told"), norm="ADM-C41"),
    Move("enrol", _("Enrol"), done=_("Enrolled by order"), norm="ADM-C42"),
    Move("put_in_reserve", _("Put into the reserve"), done=_("Put into the reserve by order"), norm="ADM-C43"),
    Move("leave_out", _("Close without a place"), done=_("Closed without a place"), norm="ADM-C42"),
    Move("give_up", _("Give the place up"), done=_("The place was given up"), norm="ADM-C44", weight="grave",
         by_applicant=True),
    moves.WITHDRAW,
)  # fmt: skip

LETTERS = {
    "submit": (Letter("taken", norm="ADM-C18"), Letter("staff_contest_new", Role.CLERK)),
    "refuse_acceptance": (Letter("not_taken", norm="ADM-C19"),),
    "take_all_the_same": (Letter("taken", norm="ADM-C19"), Letter("staff_contest_new", Role.CLERK)),
    "enter_register": (Letter("contest_entered", norm="ADM-C17"),),
    "invite": (Letter("contest_invited", norm="ADM-C28"),),
    "tell_result": (Letter("contest_result", norm="ADM-C41"),),
    "enrol": (Letter("contest_enrolled", norm="ADM-C42"),),
    "put_in_reserve": (Letter("contest_reserve", norm="ADM-C43"),),
    "leave_out": (Letter("contest_left_out", norm="ADM-C42"),),
    "give_up": (Letter("contest_given_up"), Letter("staff_contest_given_up", Role.HEAD)),
    "withdraw": (Letter("withdrawn"),),
}


def campaign_of(office, day) -> ContestCampaign | None:
    """The contest of the school in the year of a day."""
    return ContestCampaign.objects.filter(office=office, year=day.year).first()


def late(office, day) -> str:
    """Whoever comes late for a contest of the year is refused by the ground of the rules (ADM-C19)."""
    held = ContestCampaign.objects.filter(year=day.year)
    return LATE if (held.filter(office=office) if office else held).exists() else ""


def check(filing, accepted_on):
    """Only where a contest takes documents in, for a class with places, and once a child. Norms: ADM-C16, ADM-C17.

    Who comes late is not sent away here: he gets his receipt (ADM-C19).
    """
    campaign = campaign_of(filing.draft.office, accepted_on)
    is_over = accepted_on > day_of(accepted_on.year, INTAKE_ENDS)
    if campaign is None or not (campaign.state == CampaignState.INTAKE or is_over):
        message = _("This school takes no documents for a contest now: its head has not opened the intake.")
        raise ValidationError({"office": message})
    if not campaign.places.filter(grade=grade_of(filing.category)).exists():
        raise ValidationError({"category": _("This school holds no contest for this class.")})
    child = lists.child_of(filing.draft)
    if campaign.applications.filter(child=child, state__in=LIVE).exists():
        raise ValidationError(_("An application for this child has been accepted already."), code="twice")


def columns(filing, accepted_on) -> dict:
    """The register row of a candidate: class, language, e-mail. Norm: ADM-C17."""
    return {
        "campaign": campaign_of(filing.draft.office, accepted_on),
        "child": lists.child_of(filing.draft),
        "grade": grade_of(filing.category),
        "study_language": filing.particulars["study_language"],
        "email": filing.particulars["email"],
    }


def grade_of(category) -> int:
    return int(category.code.removeprefix("CLASS_"))


def due_moves(at):
    """What a campaign has decided reaches its candidates one by one; a missed run only comes later. Norm: ADM-C41."""
    told = ContestApplication.objects.order_by("pk")
    scheduled = told.filter(state=State.CANDIDATE, campaign__sittings__isnull=False)
    out = told.filter(campaign__state__in=RESULTS_OUT)
    for key in scheduled.exclude(campaign__state__in=RESULTS_OUT).values_list("pk", flat=True).distinct():
        yield key, "invite"
    for key in out.filter(state__in=(State.CANDIDATE, State.INVITED)).values_list("pk", flat=True):
        yield key, "tell_result"
    yield from _by_order(told)


def _by_order(applications):
    known = applications.filter(state=State.RESULT_KNOWN)
    seated = Standing.objects.filter(outcome__in=[one.value for one in SEATED]).values("application")
    kept = Standing.objects.filter(outcome=Outcome.RESERVE.value).values("application")
    ordered = known.filter(campaign__state__in=(CampaignState.ORDERED, CampaignState.CLOSED))
    moves = (
        (known.filter(campaign__state__in=ENROLLING, pk__in=seated), "enrol"),
        (applications.filter(state=State.IN_RESERVE, place_taken__isnull=False), "enrol"),
        (ordered.filter(pk__in=kept), "put_in_reserve"),
        (ordered.exclude(pk__in=seated).exclude(pk__in=kept), "leave_out"),
    )
    for found, move in moves:
        yield from ((key, move) for key in found.values_list("pk", flat=True))


APPLICATION = Manifest(
    code=ContestApplication.service_code,
    model_label=ContestApplication._meta.label,
    number_prefix="МБҰ",
    not_taken_prefix="МБҰ-Б",
    moves=MOVES,
    letters=LETTERS,
    paper_facts=papers.application_facts,
    letter_context=letters.application,
    check=check,
    late=late,
    columns=columns,
    office_hint=_("The specialised school in whose contest the child takes part."),
    due_moves=due_moves,
    bundle=pages.bundle,
    again_from=frozenset({State.NOT_TAKEN, State.WITHDRAWN}),
    page=pages.application,
    glance=lists.applications,
    board=board.board,
    personal={
        "restricted": ("category", "particulars", "email", "olympiad", "in_quota", "motive"),
        "identity": ("applicant.full_name", "applicant.iin", "applicant.birth_date", "applicant.phone"),
    },
    carries={
        "window": ("WIN-SPEC",),
        "rule.decide": ("WIN-SPEC",),
        "paper.not_taken_receipt.late": ("ADM-C19",),
    },
    pages={
        "staff": "schools/contest/staff_application.html",
        "applicant": "schools/contest/applicant_application.html",
        "board": "schools/contest/board.html",
    },
)
