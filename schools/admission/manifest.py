"""Admission to the first class, to the other classes, and the enrolment order introduce themselves."""

from django.utils.translation import gettext_lazy as _

from kazservices.flow.manifest import Letter, Manifest
from kazservices.offices.roles import Role
from kazservices.passports import service as passports
from schools.admission import desk, intake, letters, lists, norms, pages, papers
from schools.admission.models import AdmissionApplication, ClassApplication, EnrolmentOrder
from schools.admission.moves import COMMON, ORDER_MOVES, QUEUE, TO_CLASS
from schools.admission.states import State
from schools.counter import ADMISSION as COUNTER

COMMON_LETTERS = {
    "submit": (Letter("admission_taken", norm="ADM-9-3"), Letter("staff_admission_new", Role.CLERK)),
    "refuse_acceptance": (Letter("not_taken", norm="ADM-S8-R"),),
    "refuse": (Letter("admission_refused", norm="ADM-S5-4"),),
    "enrol": (Letter("enrolled", norm="ADM-3"),),
    "ask_health_documents": (Letter("health_documents_due", norm="ADM-S8-X"),),
    "withdraw": (Letter("withdrawn"),),
    "record_withdrawal": (Letter("withdrawn"),),
    "reopen": (Letter("reopened"), Letter("staff_reopened", Role.HEAD)),
    "withdraw_result": (Letter("result_withdrawn"), Letter("staff_reopened", Role.HEAD)),
    "correct": (Letter("corrected"),),
}
LETTERS = {
    **COMMON_LETTERS,
    "admit": (Letter("admitted", norm="ADM-9-4"),),
    "admit_from_list": (Letter("admitted", norm="ADM-9-4"),),
    "refuse_full": (Letter("refused_full", norm="ADM-S5-4"),),
    "offer": (Letter("seat_offered"),),
    "lapse": (Letter("offer_lapsed"),),
    "accept_offer": (Letter("staff_offer_accepted", Role.HEAD),),
    "record_acceptance": (Letter("staff_offer_accepted", Role.HEAD),),
    "enter_late": (Letter("staff_late_entry", Role.HEAD),),
}
CLASS_LETTERS = {**COMMON_LETTERS, "admit_to_class": (Letter("admitted", norm="ADM-S5-2"),)}

PERSONAL = {
    "restricted": ("category", "answers", "particulars", "motive", "special_needs", "health_due"),
    "identity": (
        "applicant.full_name", "applicant.iin", "applicant.birth_date", "applicant.phone", "child.full_name",
        "child.iin", "child.birth_date",
    ),
}  # fmt: skip
#: Where a slip of the pen may stand: the spelling of a name; never the decision itself.
CORRECTABLE = {
    papers.NOTICE: ("applicant.full_name", "child.full_name"),
    papers.REFUSAL: ("applicant.full_name", "child.full_name"),
}


def due_moves(at):
    """Whom an order names becomes a pupil; when restrictions are lifted, the health documents are due.

    Norms: ADM-3, ADM-S8-X.
    """
    for model in (AdmissionApplication, ClassApplication):
        for case in model.objects.filter(state=State.ADMITTED, order__isnull=False).order_by("pk"):
            yield case.pk, "enrol"
        waiting = model.objects.filter(health_due=True, state__in=(State.SUBMITTED, State.ADMITTED, State.ENROLLED))
        asked = waiting.filter(deadlines__rule=f"{model.service_code}.health").values("pk")
        for case in waiting.exclude(pk__in=asked).select_related("office").order_by("pk"):
            if not passports.is_restricted(case.office.today(), case.office):
                yield case.pk, "ask_health_documents"


ADMISSION = Manifest(
    code=AdmissionApplication.service_code,
    model_label=AdmissionApplication._meta.label,
    number_prefix="БҚ",
    not_taken_prefix="БҚ-Б",
    moves=(*COMMON, *QUEUE),
    letters=LETTERS,
    paper_facts=papers.facts,
    letter_context=letters.context,
    ask=intake.ask,
    check=intake.check,
    columns=intake.columns,
    office_hint=_("The school that you choose: of your area, or any other."),
    counter=COUNTER,
    due_moves=due_moves,
    bundle=pages.bundle,
    reopen="reopen",
    results=papers.RESULTS,
    correctable=CORRECTABLE,
    again_from=frozenset({State.REFUSED, State.LISTED, State.NOT_TAKEN, State.WITHDRAWN}),
    personal=PERSONAL,
    page=pages.page,
    glance=lists.glance,
    carries=norms.CARRIES,
    desk=desk.PAGES,
    pages={"staff": "schools/admission/staff_case.html", "applicant": "schools/admission/applicant_case.html"},
)
CLASSES = Manifest(
    code=ClassApplication.service_code,
    model_label=ClassApplication._meta.label,
    number_prefix="СҚ",
    not_taken_prefix="СҚ-Б",
    moves=(*COMMON, *TO_CLASS),
    letters=CLASS_LETTERS,
    paper_facts=papers.facts,
    letter_context=letters.context,
    ask=intake.ask,
    check=intake.check,
    columns=intake.columns,
    office_hint=_("The school that you choose: of your area, or any other."),
    counter=COUNTER,
    bundle=pages.bundle,
    reopen="reopen",
    results=papers.RESULTS,
    correctable=CORRECTABLE,
    again_from=frozenset({State.REFUSED, State.NOT_TAKEN, State.WITHDRAWN}),
    personal=PERSONAL,
    page=pages.page,
    glance=lists.glance,
    carries=norms.CLASSES,
    pages={"staff": "schools/admission/staff_case.html", "applicant": "schools/admission/applicant_case.html"},
)
ORDER = Manifest(
    code=EnrolmentOrder.service_code,
    model_label=EnrolmentOrder._meta.label,
    number_prefix="БҰЙ",
    not_taken_prefix="БҰЙ-Б",
    moves=ORDER_MOVES,
    letters={},
    paper_facts=papers.order_facts,
    letter_context=letters.order_context,
    bundle=pages.order_bundle,
    results=(papers.ORDER,),
    page=pages.order_page,
    glance=lists.order_glance,
    carries=norms.ORDER,
    pages={"staff": "schools/admission/staff_order.html"},
)
