"""Filing: a draft, its answers, consent and files, the one-time code, and the submission that happens once."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError as WrongShape
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from kazservices import clock
from kazservices.addresses import address_of
from kazservices.api import telling
from kazservices.api.models import Scope
from kazservices.api.problems import Conflict, Refused, Unprocessable
from kazservices.api.reach import case_of
from kazservices.api.shapes import (
    CaseShape,
    CodeSent,
    ConsentGiven,
    DraftBegun,
    DraftChanged,
    DraftShape,
    FileShape,
    PowerStated,
    Signed,
    Upload,
)
from kazservices.cases.models import Draft
from kazservices.design.languages import active_language
from kazservices.documents import service as documents
from kazservices.flow import again, filing, particulars, representing
from kazservices.flow.manifest import manifest_of, specific
from kazservices.flow.stating import PowerForm
from kazservices.offices.models import Office
from kazservices.passports import service as passports
from kazservices.passports.models import NoEdition
from kazservices.passports.reckoning import hours_of, window_of
from kazservices.signing import service as signing
from kazservices.signing.otp import LIVES, CodeError

from .base import Operation, sent, told
from .public import edition_of, reckoned

MOST_DRAFTS = 20
KEY = "Idempotency-Key"
BEGUN = OpenApiExample(
    "A student", value={"service": "deferral", "office": "03", "category": "STUDY"}, request_only=True
)
ANSWERED = OpenApiExample("Answers", value={"answers": {"abroad": False}}, request_only=True)


class DraftOperation(Operation):
    tag = "filing"
    only_for_recipients = True

    def progress(self, ref) -> filing.Progress:
        """The reader's own draft that has not become a case. Raises Http404."""
        drafts = Draft.objects.select_related("office", "previous", "user")
        draft = get_object_or_404(drafts, user=self.request.user, ref=ref, case=None)
        try:
            return filing.progress_of(draft)
        except NoEdition as missing:
            raise Http404 from missing


class Drafts(DraftOperation):
    scopes = {"GET": Scope.FILE, "POST": Scope.FILE}
    problems = {"POST": (409, 422)}

    @extend_schema(summary="My applications that are not sent yet", responses=DraftShape(many=True))
    def get(self, request):
        own = Draft.objects.filter(user=request.user, case=None).select_related("office", "previous", "user")
        return told(DraftShape, [shown(filing.progress_of(draft)) for draft in own.order_by("-updated_at")], many=True)

    @extend_schema(summary="Begin an application", request=DraftBegun, responses={201: DraftShape}, examples=[BEGUN])
    def post(self, request):
        """Outside of a period nothing is begun: the answer names the next opening."""
        wanted = sent(request, DraftBegun)
        edition = _offered(wanted["service"])
        office, category = _office(wanted["office"], edition), _category(wanted["category"], edition)
        _demand_open(edition, office)
        _demand_room(request.user)
        draft = filing.start(request.user, edition.service_id, active_language())
        if power := wanted.get("power"):
            try:
                _state(draft, power, "power.")
            except Refused:
                filing.forget(draft)
                raise
        filing.choose(draft, office, category.code)
        return told(DraftShape, shown(self.progress(draft.ref)), status=201)


class OneDraft(DraftOperation):
    scopes = {"GET": Scope.FILE, "PATCH": Scope.FILE, "DELETE": Scope.FILE}
    problems = {"PATCH": (422,), "DELETE": (422,)}

    @extend_schema(
        summary="A draft, what it still wants, and the date its submission now would give", responses=DraftShape
    )
    def get(self, request, ref):
        return told(DraftShape, shown(self.progress(ref)))

    @extend_schema(
        summary="Change office, category or answers", request=DraftChanged, responses=DraftShape, examples=[ANSWERED]
    )
    def patch(self, request, ref):
        """Another category asks other questions: answers, consent and needless files go."""
        progress, wanted = self.progress(ref), sent(request, DraftChanged)
        draft = progress.draft
        office = _office(wanted["office"], progress.edition) if "office" in wanted else draft.office
        category = _category(wanted["category"], progress.edition) if "category" in wanted else progress.category
        if category is None:
            raise Refused({"category": [_("Choose one of the situations of the list.")]})
        answers = _answers(wanted["answers"], category) if "answers" in wanted else None
        filing.choose(draft, office, category.code)
        if answers is not None:
            filing.answer(draft, answers)
        if "particulars" in wanted:
            filing.fill_in(draft, _particulars(wanted["particulars"], category))
        filing.drop_needless(self.progress(ref))
        return told(DraftShape, shown(self.progress(ref)))

    @extend_schema(summary="Throw a draft away, with its files", responses={204: None})
    def delete(self, request, ref):
        filing.forget(self.progress(ref).draft)
        return Response(status=204)


class DraftPower(DraftOperation):
    scopes = {"PUT": Scope.FILE}
    problems = {"PUT": (409, 422)}

    @extend_schema(
        summary="State anew by which power this draft is written for another", request=PowerStated, responses=DraftShape
    )
    def put(self, request, ref):
        """What else the draft holds stays; with another person the document of the power and the consent go."""
        progress, wanted = self.progress(ref), sent(request, PowerStated)
        if progress.power is None:
            raise Conflict(_("This draft is written for yourself. Begin another one for another person."), "own_draft")
        _state(progress.draft, wanted)
        return told(DraftShape, shown(self.progress(ref)))


class Again(DraftOperation):
    scopes = {"POST": Scope.FILE}
    problems = {"POST": (409, 422)}

    @extend_schema(
        summary="Apply again after a refusal: a draft that says what the case said",
        request=None,
        responses={200: DraftShape, 201: DraftShape},
    )
    def post(self, request, ref):
        """The papers still valid come with it. Asked twice it answers 200 with the draft that is there."""
        found = case_of(request, ref)
        _demand_open(_offered(found.service))
        begun = Draft.objects.filter(user=request.user, previous=found.pk, case=None).exists()
        if not begun:
            _demand_room(request.user)
        draft = again.begin_again(found, by=request.user, language=active_language())
        return told(DraftShape, shown(self.progress(draft.ref)), status=200 if begun else 201)


class DraftConsent(DraftOperation):
    scopes = {"PUT": Scope.FILE}
    problems = {"PUT": (409, 422)}

    @extend_schema(summary="Say whether the registers may be asked", request=ConsentGiven, responses=DraftShape)
    def put(self, request, ref):
        """Both answers let the application go on; the text that is asked stands in the draft."""
        progress = self.progress(ref)
        given = sent(request, ConsentGiven)["given"]
        if progress.first_open in (filing.CATEGORY, filing.DETAILS, filing.FORM):
            raise _open_still()
        if not progress.wants_consent:
            raise Conflict(_("No register is asked for this service: no consent is needed."), "no_registers")
        filing.consent(progress, given=given)
        return told(DraftShape, shown(self.progress(ref)))


class DraftFiles(DraftOperation):
    scopes = {"POST": Scope.FILE}
    problems = {"POST": (422,)}
    parser_classes = [MultiPartParser]

    @extend_schema(
        summary="Add one file for one required document",
        request={"multipart/form-data": Upload},
        responses={201: FileShape},
    )
    def post(self, request, ref):
        """It is judged by its content; a file that is refused costs nothing but itself."""
        progress, wanted = self.progress(ref), sent(request, Upload)
        asked = next(
            (row for row in (progress.papers if progress.category else ()) if row.code == wanted["requirement"]), None
        )
        if asked is None:
            raise Refused({"requirement": [_("This document is not asked for here.")]})
        try:
            until = wanted.get("valid_until") if asked.expires else None
            kept = documents.attach(progress.draft, asked.code, wanted["file"], by=request.user, valid_until=until)
        except ValidationError as error:
            raise Refused({"file": error.messages}) from error
        filing.keep(progress.draft)
        return told(FileShape, telling.file(kept), status=201)


class DraftFile(DraftOperation):
    scopes = {"DELETE": Scope.FILE}
    problems = {"DELETE": (422,)}

    @extend_schema(summary="Take a file out of a draft", responses={204: None})
    def delete(self, request, ref, attachment):
        progress = self.progress(ref)
        documents.remove(get_object_or_404(progress.draft.attachments.all(), pk=attachment))
        filing.keep(progress.draft)
        return Response(status=204)


class DraftCode(DraftOperation):
    scopes = {"POST": Scope.FILE}
    problems = {"POST": (422, 503)}

    @extend_schema(
        summary="Send the one-time code that signs the draft as it stands", request=None, responses={201: CodeSent}
    )
    def post(self, request, ref):
        """The code goes to the number that the register binds to the IIN; it signs exactly what stands in the draft."""
        progress = self.progress(ref)
        _check_complete(progress)
        sha256 = filing.content(progress)
        challenge = signing.ask_to_sign(request.user, sha256, address=address_of(request))
        body = {"challenge": challenge.ref, "sha256": sha256, "expires_at": challenge.created_at + LIVES}
        return told(CodeSent, body, status=201)


class Submission(DraftOperation):
    scopes = {"POST": Scope.FILE}
    problems = {"POST": (409, 422)}

    @extend_schema(
        summary="Sign with the code, and send",
        request=Signed,
        parameters=[
            OpenApiParameter(
                KEY, OpenApiTypes.UUID, OpenApiParameter.HEADER, required=True, description="The draft's `key`."
            )
        ],
        responses={200: CaseShape, 201: CaseShape},
    )
    def post(self, request, ref):
        """The same key files once: sent again, it answers 200 with the case that is there."""
        key, wanted = _key(request), sent(request, Signed)
        if done := filing.filed_with(request.user, key):
            return told(CaseShape, telling.case(specific(done), request.user))
        progress = self.progress(ref)
        if str(progress.draft.key) != key:
            raise Conflict(_("The draft has got another key meanwhile. Read it again."), "key_changed")
        _check_complete(progress)
        case = filing.file(progress, _signature(progress, **wanted))
        return told(CaseShape, telling.case(specific(case), request.user), status=201)


def shown(progress: filing.Progress) -> dict:
    """A draft with the date that its submission now would give."""
    draft = progress.draft
    provides = draft.office is None or draft.office.provides(draft.service)
    return telling.draft(progress, reckoned(progress.edition, clock.now(), draft.office) if provides else None)


def _demand_open(edition, office=None) -> None:
    window = window_of(edition, clock.now(), hours_of(edition, office), office)
    if not window.open:
        raise _closed(window)


def _demand_room(user) -> None:
    if Draft.objects.filter(user=user, case=None).count() >= MOST_DRAFTS:
        raise Conflict(_("Too many drafts lie open. Send one, or throw one away."), "too_many_drafts")


def _state(draft, said: dict, path="") -> None:
    """Ask the registers and keep what they say. Raises Refused at the fields, as the page has them."""
    form = PowerForm(said, basis=said["basis"])
    if form.is_valid():
        try:
            representing.state(draft, form.stated())
        except ValidationError as error:
            form.take_errors(error)
    if form.errors:
        raise Refused({"" if name == "__all__" else f"{path}{name}": words for name, words in form.errors.items()})


def _signature(progress, challenge: UUID, code: str):
    what = f"application {progress.draft.service}"
    try:
        return signing.sign_with_code(
            progress.draft.user, filing.content(progress), what=what, ref=challenge, code=code
        )
    except CodeError as error:
        raise Refused({"code": error.messages}) from error


def _key(request) -> str:
    try:
        return str(UUID(request.headers.get(KEY, "")))
    except ValueError as error:
        raise WrongShape({KEY: [_("Send the key of the draft in this header.")]}) from error


def _check_complete(progress):
    if progress.first_open != filing.PAPERS:
        raise _open_still()
    representing.demand_power(progress.draft)


def _open_still() -> Unprocessable:
    return Unprocessable(
        _("The draft is not complete: choose, answer and say whether you consent first."), "incomplete"
    )


def _closed(window) -> Unprocessable:
    day = window.opens
    words = _("Applications are not taken in now. The next period opens on %(day)s; your draft is kept.")
    return Unprocessable(
        words % {"day": f"{day:%d.%m.%Y}" if day else "—"}, "window", next_opening=day and day.isoformat()
    )


def _offered(code: str):
    try:
        manifest_of(code)
        return edition_of(code, clock.now())
    except (KeyError, Http404) as error:
        raise Refused({"service": [_("There is no such service.")]}) from error


def _office(code: str, edition) -> Office:
    office = Office.objects.prefetch_related("hours").filter(code=code).first()
    if office is None or not office.provides(edition.service_id):
        raise Refused({"office": [_("This office does not provide the service. Choose another one.")]})
    return office


def _category(code: str, edition):
    found = edition.categories.filter(code=code).first()
    if found is None:
        raise Refused({"category": [_("Choose one of the situations of the list.")]})
    return found


def _particulars(said: dict, category) -> dict:
    """What the form itself would keep; each fault stands at its field."""
    form = particulars.ParticularsForm(particulars.as_typed(said), category=category)
    unknown = {name: [_("The form does not ask it.")] for name in said if name not in form.fields}
    if unknown or not form.is_valid():
        raise Refused({f"particulars.{name}": words for name, words in (unknown or form.errors).items()})
    return form.particulars()


def _answers(answers: dict, category) -> dict:
    """Only what the category asks: its questions, and one of its variants."""
    known = {question.code for question in category.questions.all()}
    if category.variants.all():
        known.add(passports.VARIANT)
    wrong = {name: [_("This category does not ask it.")] for name in answers if name not in known}
    if passports.VARIANT in answers and passports.chosen_variant(category, answers) is None:
        wrong.setdefault(passports.VARIANT, [_("Choose the line that fits you.")])
    if wrong:
        raise Refused({f"answers.{name}": words for name, words in wrong.items()})
    return answers
