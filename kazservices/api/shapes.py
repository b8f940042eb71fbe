"""The shapes of what goes in and comes out. What goes in is taken as it is written: no number passes for a text."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers as s

from kazservices.cases.models import Channel, Representation, Stage
from kazservices.deadlines.models import Outcome, Source
from kazservices.flow.representing import CONSENT
from kazservices.passports.models import FormField

from .models import Scope

LIKE_AN_IIN = r"\d{9}"  # also one mistyped: no such thing may enter an address


class Code(s.RegexField):
    """A short name of ours: letters, digits, hyphens; a number or a yes is none. Whether it is known is asked later."""

    def __init__(self, length, letters=r"[0-9A-Za-z_-]", **kwargs):
        super().__init__(rf"^{letters}{{1,{length}}}\Z", **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Line(Code):
    """A line of free text."""

    def __init__(self, length, **kwargs):
        super().__init__(length, r"[^\x00-\x1f\x7f]", trim_whitespace=False, **kwargs)


class YesNo(s.BooleanField):
    """true or false, and no word for them."""

    default_error_messages = {"invalid": _("Send true or false.")}

    def to_internal_value(self, data):
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class Choice(s.ChoiceField):
    """One of the words; a number that is written alike is none."""

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


@extend_schema_field(
    {"type": "object", "properties": {"variant": {"type": "string"}}, "additionalProperties": {"type": "boolean"}}
)
class Answers(s.DictField):
    """Questions of the category by their code: true or false; ``variant`` by its code."""

    default_error_messages = {"answer": _("Answer each question with true or false, the variant with its code.")}

    def to_internal_value(self, data):
        data = super().to_internal_value(data)
        for name, said in data.items():
            if not isinstance(said, str if name == "variant" else bool):
                self.fail("answer")
        return data


@extend_schema_field({"type": "object", "additionalProperties": {"type": ["string", "integer", "boolean"]}})
class Particulars(s.DictField):
    """Fields of the form by their code: words, a whole number, an ISO day, true or false; a choice by its code."""

    default_error_messages = {"answer": _("Answer each field with words, a number, or true or false.")}

    def to_internal_value(self, data):
        data = super().to_internal_value(data)
        if not all(isinstance(said, str | int | bool) for said in data.values()):
            self.fail("answer")
        return data


class Problem(s.Serializer):
    """Problem details (RFC 9457)."""

    type = s.CharField(help_text="The address of its description.")
    title = s.CharField()
    status = s.IntegerField()
    code = s.CharField(help_text="For programs; never translated.")
    detail = s.CharField(help_text="For people, in the language of Accept-Language.")
    errors = s.DictField(child=s.ListField(child=s.CharField()), required=False, help_text="Messages by field.")
    next_opening = s.DateField(required=False, help_text="Outside of a period: when the next one opens.")


class Named(s.Serializer):
    code = s.CharField()
    name = s.CharField()


class WindowShape(s.Serializer):
    open = s.BooleanField()
    opens = s.DateField(allow_null=True)
    closes = s.DateField(allow_null=True)


class ServiceShape(s.Serializer):
    code = s.CharField()
    name = s.CharField()
    alias = s.CharField()
    edition = s.CharField(allow_null=True, help_text="The wording of the standard in force today; none: not offered.")
    window = WindowShape(allow_null=True)


class AskedDocument(s.Serializer):
    code = s.CharField()
    name = s.CharField()
    norm = s.CharField()
    only_if = s.CharField(help_text="The question that must be answered with true; empty: always wanted.")
    may_expire = s.BooleanField()


class Question(s.Serializer):
    code = s.CharField()
    text = s.CharField()
    closes = s.BooleanField(help_text="True closes the category.")


class CategoryShape(s.Serializer):
    code = s.CharField()
    name = s.CharField()
    hint = s.CharField()
    norm = s.CharField()
    variants = Named(many=True)
    questions = Question(many=True)
    documents = AskedDocument(many=True)


class PassportShape(ServiceShape):
    term_length = s.IntegerField()
    term_unit = s.CharField()
    valid_from = s.DateField()
    valid_to = s.DateField(allow_null=True)
    act = s.CharField()
    categories = CategoryShape(many=True)
    windows = s.ListField(child=s.CharField(), help_text="Days of the year: 01.03–30.06.")


class DayShape(s.Serializer):
    date = s.DateField()
    counted = s.BooleanField()
    ordinal = s.IntegerField(allow_null=True)
    kind = s.CharField()
    why = s.CharField()
    act = s.CharField()
    provisional = s.BooleanField()


class ReckoningShape(s.Serializer):
    """What a submission at an instant would give."""

    submitted_at = s.DateTimeField()
    accepted_on = s.DateField()
    due_at = s.DateTimeField()
    window = WindowShape()
    days = DayShape(many=True)


class ReckoningAsked(s.Serializer):
    at = s.DateTimeField(required=False, help_text="The instant of submission; now when none is named.")
    office = s.RegexField(r"^[0-9A-Za-z-]{1,8}\Z", required=False, help_text="The office by whose hours it is counted.")


class OfficeShape(s.Serializer):
    code = s.CharField()
    name = s.CharField()
    territory = s.CharField()
    address = s.CharField()
    phone = s.CharField()
    services = s.ListField(child=s.CharField())


class TokenShape(s.Serializer):
    name = s.CharField()
    prefix = s.CharField()
    scopes = s.ListField(child=s.ChoiceField(Scope.values))
    office = Named(allow_null=True)
    roles = s.ListField(child=s.CharField())
    expires_at = s.DateTimeField()


class FileShape(s.Serializer):
    id = s.IntegerField()
    requirement = s.CharField()
    name = s.CharField()
    type = s.CharField()
    size = s.IntegerField()
    sha256 = s.CharField()
    valid_until = s.DateField(allow_null=True)


class Wanted(s.Serializer):
    code = s.CharField()
    name = s.CharField()
    reason = s.ChoiceField(["missing", "expired"])


class ConsentShape(s.Serializer):
    text = s.CharField(help_text="What is asked, word for word.")
    given = s.BooleanField(allow_null=True)


class PowerShape(s.Serializer):
    """For whom a draft is written, as far as a register confirms it."""

    basis = s.ChoiceField(Representation.Basis.values)
    proof = s.ChoiceField(Representation.Proof.values)
    name = s.CharField(help_text="In full once a register has confirmed the power, else initials.")
    number = s.CharField()
    since = s.DateField()
    until = s.DateField(allow_null=True)


class FieldShape(s.Serializer):
    code = s.CharField()
    name = s.CharField()
    hint = s.CharField()
    kind = s.ChoiceField(FormField.Kind.values)
    required = s.BooleanField()
    choices = s.ListField(child=s.DictField(child=s.CharField()), help_text="Of a choice: code and name of each.")


class DraftShape(s.Serializer):
    ref = s.UUIDField()
    key = s.UUIDField(help_text="Send it as Idempotency-Key when you submit: the same key files once.")
    service = s.CharField()
    office = Named(allow_null=True)
    category = s.CharField()
    answers = s.DictField()
    unanswered = s.ListField(child=s.CharField())
    form = FieldShape(many=True, help_text="What is to be filled in besides.")
    particulars = s.DictField()
    closed_by = s.CharField(help_text="What closes the category by your answer; empty: nothing.")
    consent = ConsentShape(allow_null=True)
    documents = AskedDocument(many=True)
    files = FileShape(many=True)
    missing = Wanted(many=True)
    reckoning = ReckoningShape(allow_null=True)
    previous = s.UUIDField(allow_null=True, help_text="The case before it, which was refused, or not accepted.")
    power = PowerShape(allow_null=True, help_text="None: for oneself.")
    updated_at = s.DateTimeField()


class PowerStated(s.Serializer):
    """Who is represented, and the document that lets the owner of the token act; the registers are asked after it."""

    basis = Choice(Representation.Basis.values)
    iin = Code(12, r"[0-9]", help_text="Of the person represented.")
    number = Line(60, required=False, help_text="Of the act, or of the power of attorney. Not of a parent.")
    given_on = s.DateField(required=False, help_text="The date of the document. Not of a parent.")
    issued_by = Line(200, required=False, help_text="Who issued or certified it. Not of a parent.")
    until = s.DateField(required=False, help_text="Its last day; an attorney must name it.")
    full_name = Line(200, required=False, help_text="Only while the register of persons is silent.")
    birth_date = s.DateField(required=False, help_text="Only while the register of persons is silent.")
    agreed = YesNo(help_text=CONSENT)


class DraftBegun(s.Serializer):
    service = Code(40)
    office = Code(8)
    category = Code(30)
    power = PowerStated(required=False, help_text="To apply for another person.")


class DraftChanged(s.Serializer):
    office = Code(8, required=False)
    category = Code(30, required=False)
    answers = Answers(required=False)
    particulars = Particulars(required=False, help_text="All fields of the form at once.")


class ConsentGiven(s.Serializer):
    given = YesNo()


class Upload(s.Serializer):
    requirement = Code(40)
    file = s.FileField(allow_empty_file=True, use_url=False, help_text="PDF, JPG or PNG, at most 5 MB.")
    valid_until = s.DateField(required=False)


class CodeSent(s.Serializer):
    challenge = s.UUIDField()
    sha256 = s.CharField(help_text="The hash of what will be signed.")
    expires_at = s.DateTimeField()


class Signed(s.Serializer):
    challenge = s.UUIDField()
    code = Code(12, r"[0-9]")


class ClockShape(s.Serializer):
    id = s.IntegerField()
    rule = s.CharField()
    label = s.CharField()
    norm = s.CharField()
    length = s.IntegerField()
    unit = s.CharField()
    ours = s.BooleanField(help_text="The provider's duty; else a term of the applicant's own, or of a body outside.")
    external = s.BooleanField(help_text="The duty of a body outside: no breach of the provider's.")
    extended_by = s.IntegerField(help_text="By how much it was extended, in its unit; 0: never.")
    source = s.ChoiceField(Source.values, help_text="Empty: the rule; ordered: by the decision on a complaint.")
    conditional = s.BooleanField()
    started_at = s.DateTimeField()
    base_on = s.DateField()
    due_on = s.DateField()
    due_at = s.DateTimeField()
    ended_at = s.DateTimeField(allow_null=True)
    outcome = s.ChoiceField(Outcome.values)
    breach = s.BooleanField()
    provisional = s.BooleanField()
    working_minutes_left = s.IntegerField(allow_null=True, help_text="Below zero: overdue. None: it has ended.")


class CaseRow(s.Serializer):
    ref = s.UUIDField()
    number = s.CharField()
    service = s.CharField()
    office = Named()
    stage = s.ChoiceField(Stage.values)
    status = s.CharField()
    status_name = s.CharField()
    applicant = s.CharField(help_text="In full to himself and to a confirmed representative, else initials.")
    subject = s.CharField()
    submitted_at = s.DateTimeField()
    accepted_on = s.DateField()
    decided_at = s.DateTimeField(allow_null=True)
    next_due_at = s.DateTimeField(allow_null=True)
    working_minutes_left = s.IntegerField(allow_null=True)
    appointed_at = s.DateTimeField(allow_null=True)


class PaperShape(s.Serializer):
    id = s.IntegerField()
    number = s.CharField()
    kind = s.CharField()
    kind_name = s.CharField()
    state = s.CharField()
    sha256 = s.CharField(help_text="Empty until it is drawn.")
    prepared_at = s.DateTimeField(allow_null=True)
    issued_at = s.DateTimeField(allow_null=True)


class CaseShape(CaseRow):
    channel = s.ChoiceField(Channel.values)
    language = s.CharField()
    place = s.CharField(help_text="Where the applicant is expected at appointed_at.")
    previous = s.UUIDField(allow_null=True)
    seen = s.IntegerField(help_text="Lines of the journal; send it with a move, so that a repeated request makes one.")
    clocks = ClockShape(many=True)
    documents = FileShape(many=True)
    papers = PaperShape(many=True)


class Filter(s.Serializer):
    page = s.IntegerField(required=False, min_value=1, max_value=100_000, default=1)
    page_size = s.IntegerField(required=False, min_value=1, max_value=100, default=25)
    service = s.SlugField(required=False, max_length=40)
    status = s.SlugField(required=False, max_length=40)
    office = s.RegexField(r"^[0-9A-Za-z-]{1,8}\Z", required=False)
    stage = s.ChoiceField([*Stage.values, "all"], required=False, help_text="Without it: the open cases.")
    due = s.ChoiceField(["overdue", "today", "soon", "later", "none"], required=False)
    number = s.RegexField(
        rf"^(?!.*{LIKE_AN_IIN})[\w-]{{1,40}}\Z",
        required=False,
        help_text="A part of the number; nine digits in a row are refused: an IIN enters no address.",
        error_messages={"invalid": _("An IIN stands in no address. Search by the number of the case.")},
    )


class Paged(s.Serializer):
    page = s.IntegerField(required=False, min_value=1, max_value=100_000, default=1)
    page_size = s.IntegerField(required=False, min_value=1, max_value=100, default=25)


class DaysAsked(s.Serializer):
    as_of = s.DateField(required=False, help_text="The date and its days as they were known on this day.")


class DatesAsked(s.Serializer):
    only = s.ChoiceField(["hearing", "result"], required=False)


class HearingsAsked(s.Serializer):
    span = s.ChoiceField(["day", "week"], required=False, default="week")


class Person(s.Serializer):
    full_name = s.CharField()
    iin = s.CharField()
    birth_date = s.DateField(allow_null=True)
    phone = s.CharField()


class LineShape(s.Serializer):
    number = s.IntegerField()
    at = s.DateTimeField()
    move = s.CharField()
    words = s.CharField()
    norm = s.CharField()
    by = s.CharField()
    by_system = s.BooleanField()
    hash = s.CharField()


class LetterRow(s.Serializer):
    key = s.UUIDField()
    letter = s.CharField()
    subject = s.CharField()
    served_at = s.DateTimeField()
    read_at = s.DateTimeField(allow_null=True)
    case = s.UUIDField(allow_null=True)


class LetterShape(LetterRow):
    body = s.CharField()


class MoveShape(s.Serializer):
    name = s.CharField()
    label = s.CharField()
    norm = s.CharField()
    weight = s.ChoiceField(["primary", "plain", "grave"])
    paper = s.CharField(help_text="The kind of paper to be prepared and signed before the move; empty: none.")
    open = s.BooleanField()
    reason = s.CharField(help_text="Why the law does not allow it now.")
    facts = s.DictField(allow_null=True, help_text="JSON schema of the facts; none while the move is closed.")


class MoveMade(s.Serializer):
    facts = s.DictField(required=False, default=dict, help_text="As the move's JSON schema says.")
    seen = s.IntegerField(required=False, min_value=0, max_value=2_000_000_000)


class FactsGiven(s.Serializer):
    facts = s.DictField(required=False, default=dict, help_text="As the move's JSON schema says.")


class BytesRead(s.Serializer):
    sha256 = s.RegexField(r"^[0-9a-f]{64}\Z", help_text="Of the bytes that you have read.")


class MoveDone(s.Serializer):
    made = s.BooleanField(help_text="False: made already, or a second signature is awaited.")
    case = CaseShape()


class ReportAsked(s.Serializer):
    since = s.DateField(required=False)
    until = s.DateField(required=False)
    service = s.SlugField(required=False)
    office = s.RegexField(r"^[0-9A-Za-z-]{1,8}\Z", required=False)
    norm = s.RegexField(r"^[\w-]{1,20}\Z", required=False)
    official = s.RegexField(r"^[\w:]{1,40}\Z", required=False)
    as_of = s.DateField(required=False)


class ClocksAsked(ReportAsked):
    show = s.ChoiceField(["counted", "on_time", "late", "running"], required=False)


class BreachesAsked(ReportAsked):
    cause = s.SlugField(required=False)


class BreachesPaged(BreachesAsked, Paged):
    pass


class Figures(s.Serializer):
    table = s.ChoiceField(["all", "norm", "service", "office", "official"])
    line = s.CharField()
    counted = s.IntegerField()
    on_time = s.IntegerField()
    late = s.IntegerField()
    running = s.IntegerField()
    share = s.FloatField(allow_null=True, help_text="Per cent on time.")
    median_minutes = s.FloatField(allow_null=True, help_text="Working minutes.")
    percentile_90_minutes = s.FloatField(allow_null=True)


class ReportShape(s.Serializer):
    since = s.DateField()
    until = s.DateField()
    as_of = s.DateTimeField()
    figures = Figures(many=True)


class BreachShape(s.Serializer):
    case = s.UUIDField()
    number = s.CharField()
    service = s.CharField()
    office = s.CharField()
    rule = s.CharField()
    norm = s.CharField()
    started_at = s.DateTimeField()
    due_at = s.DateTimeField()
    ended_at = s.DateTimeField(allow_null=True)
    working_minutes_late = s.IntegerField()
    responsible = s.CharField()
    cause = s.CharField()
    note = s.CharField()


class Page(s.Serializer):
    """A page of a list; past the last one it is empty."""

    count = s.IntegerField()
    page = s.IntegerField()
    pages = s.IntegerField()


class CasePage(Page):
    results = CaseRow(many=True)


class HistoryPage(Page):
    results = LineShape(many=True)


class LetterPage(Page):
    results = LetterRow(many=True)


class BreachPage(Page):
    results = BreachShape(many=True)
