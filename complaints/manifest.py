"""Complaints introduce themselves to the platform."""

from django.utils.translation import gettext_lazy as _

from kazservices.flow.manifest import Letter, Manifest, Move
from kazservices.offices.demands import Demand
from kazservices.offices.roles import Role

from . import asking, casefile, desk, letters, lists, norms, pages, papers, waiting
from .models import Complaint
from .states import Outcome, State

FORMS = "complaints.forms"

MOVES = (
    Move("register", _("Register the complaint"), done=_("The complaint was registered"), norm="CONS-14-1",
         form=f"{FORMS}.RegisterForm", weight="primary"),
    Move("take_up", _("Register and consider"), done=_("The complaint was registered at the body that considers it"),
         norm="LAW-25-2a", form=f"{FORMS}.RegisterForm", weight="primary"),
    Move("grant_in_full", _("Grant all demands"), done=_("All demands were granted"), norm="CONS-14-3",
         form=f"{FORMS}.GrantForm", paper=papers.GRANTED, weight="primary"),
    Move("forward", _("Forward with the case"), done=_("The complaint was sent on with the case"), norm="CONS-14-2",
         form=f"{FORMS}.ForwardForm", paper=papers.FORWARDING, weight="primary"),
    Move("grant_in_part", _("Note what is granted in part"), done=_("A part of the demands was granted"),
         norm="CONS-14-3", form=f"{FORMS}.PartForm"),
    Move("name_official", _("Name the official complained of"), done=_("The official complained of was named"),
         norm="LAW-4-1-3", form=f"{FORMS}.OfficialForm"),
    Move("confirm_registration", _("Note its registration there"), done=_("The body has registered the complaint"),
         norm="CONS-14-5", form=f"{FORMS}.ConfirmationForm", weight="primary"),
    Move("record_answer", _("Note the answer of the body"), done=_("The body has answered the complaint"),
         norm="CONS-14-5", form=f"{FORMS}.TheirAnswerForm", weight="primary"),
    Move("satisfy", _("Satisfy the complaint"), done=_("The complaint was satisfied"), norm="LAW-25-1",
         form=f"{FORMS}.UpheldForm", paper=papers.ANSWERS[Outcome.SATISFIED], weight="primary"),
    Move("satisfy_in_part", _("Satisfy it in part"), done=_("The complaint was satisfied in part"), norm="LAW-25-1",
         form=f"{FORMS}.UpheldForm", paper=papers.ANSWERS[Outcome.PARTLY]),
    Move("refuse", _("Refuse satisfaction"), done=_("Satisfaction of the complaint was refused"), norm="LAW-25-1",
         form=f"{FORMS}.RefusalForm", paper=papers.ANSWERS[Outcome.REFUSED], weight="grave"),
    Move("extend", _("Extend the term"), done=_("The term of consideration was extended"), norm="LAW-25-4a",
         form=f"{FORMS}.ExtendForm", paper=papers.EXTENSION, weight="grave"),
    Move("tell_extension", _("Note that the notice was sent"), done=_("The complainant was told of the extension"),
         norm="LAW-25-4b", form=f"{FORMS}.SentForm", weight="primary"),
    Move("answer", _("Note that the answer was sent"), done=_("The answer was given to the complainant"),
         norm="LAW-5-2-7", form=f"{FORMS}.SentForm", weight="primary"),
    Move("hand_over", _("Hand it over to the body above"), norm="CONS-14-3",
         done=_("The head himself is complained of: it goes to the body above")),
    Move("remind", _("Remind of the registration"), done=_("The office was reminded: not confirmed yet")),
    Move("note_answer", _("Note the answer"), done=_("The body has decided on the complaint"), norm="LAW-5-2-7"),
    Move("note_withdrawal", _("Note the withdrawal"), done=_("The complainant took the complaint back at the body")),
    Move("withdraw", _("Take the complaint back"), done=_("The complainant took the complaint back"), weight="grave",
         by_applicant=True),
)  # fmt: skip

LETTERS = {
    "submit": (Letter("complaint_new", Role.CLERK), Letter("complaint_new", Role.HEAD)),
    "register": (Letter("complaint_registered", norm="CONS-14-4"),),
    "take_up": (Letter("complaint_considered", norm="LAW-25-2a"),),
    "hand_over": (Letter("complaint_handed_over", norm="CONS-14-3"),),
    "grant_in_full": (Letter("complaint_granted", norm="CONS-14-3"),),
    "grant_in_part": (Letter("complaint_part"),),
    "forward": (Letter("complaint_forwarded", norm="CONS-14-2"),),
    "confirm_registration": (Letter("complaint_their_registration", norm="CONS-14-5"),),
    "tell_extension": (Letter("complaint_extended", norm="LAW-25-4b"),),
    "answer": (Letter("complaint_answered", norm="LAW-5-2-7"),),
    "note_answer": (Letter("complaint_outcome", Role.HEAD), Letter("complaint_outcome", Role.CLERK)),
    "record_answer": (Letter("complaint_their_answer", norm="CONS-14-5"),),
    "remind": (Letter("complaint_unconfirmed", Role.CLERK),),
    "withdraw": (Letter("withdrawn"), Letter("staff_withdrawn", Role.CLERK), Letter("staff_withdrawn", Role.HEAD)),
    "note_withdrawal": (Letter("staff_withdrawn", Role.CLERK),),
}

PERSONAL = {
    "restricted": ("particulars", "granted", "motive", "ordered", "extension_reason"),
    "identity": ("applicant.full_name", "applicant.iin", "applicant.birth_date", "applicant.phone"),
}

COMPLAINT = Manifest(
    code=Complaint.service_code,
    model_label=Complaint._meta.label,
    number_prefix="Ш",
    not_taken_prefix="Ш-Б",
    moves=MOVES,
    letters=LETTERS,
    check=asking.check,
    offices_of_field=asking.offices_of_field,
    columns=asking.columns,
    received=asking.received,
    arrival=f"{FORMS}.ArrivalForm",
    about=asking.begun_from,
    about_label=asking.label,
    tied=pages.tied,
    expects=waiting.expects,
    term_note=_(
        "By this day the office has answered. What it does not grant in full within 3 working days it sends on, with"
        " the case, to the body that considers the complaint: the term of that body begins with its registration."
    ),
    office_hint=_("The organisation or body whose decision, act or omission you complain of."),
    paper_facts=papers.facts,
    letter_context=letters.context,
    follows=waiting.follows,
    due_moves=waiting.due_moves,
    errands=waiting.errands,
    bundle=pages.bundle,
    bundled_with=casefile.belongs_with,
    results=papers.RESULTS,
    again_from=frozenset({State.GRANTED, State.ANSWERED, State.WITHDRAWN}),
    staffing=Demand(everywhere=True),
    personal=PERSONAL,
    events={"submit": _("The complaint arrived")},
    page=pages.page,
    glance=lists.glance,
    carries=norms.CARRIES,
    desk=(desk.REGISTER,),
    pages={"staff": "complaints/staff_case.html", "applicant": "complaints/applicant_case.html"},
)
