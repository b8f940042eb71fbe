"""Reading: lists by the working time left, one case, its days, files, papers, history and letters."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema

from calendars.service import office_time
from kazservices import clock
from kazservices.api import telling
from kazservices.api.models import Scope
from kazservices.api.problems import Refused
from kazservices.api.reach import case_of, cases_of
from kazservices.api.shapes import (
    CasePage,
    CaseShape,
    DatesAsked,
    DaysAsked,
    DayShape,
    Filter,
    HearingsAsked,
    HistoryPage,
    LetterPage,
    LetterShape,
    Paged,
    PaperShape,
    Person,
    TokenShape,
)
from kazservices.cases import representation
from kazservices.cases.reading import note_reading
from kazservices.deadlines.history import chosen_day
from kazservices.deadlines.order import clocks_of, main_clock
from kazservices.deadlines.service import explain
from kazservices.documents import papers
from kazservices.documents.models import PaperBytes
from kazservices.documents.service import open_attachment
from kazservices.flow import calendar_files
from kazservices.flow.door import record
from kazservices.flow.lists import Filter as Wanted
from kazservices.flow.lists import bounds
from kazservices.notices.models import Notice
from kazservices.offices.roles import COMMISSION_ROLES, Role
from kazservices.offices.service import offices_of, roles_of

from .base import WAY, Operation, asked, paged, told

#: What a browser may show; anything else is only handed over.
KINDS = ("application/pdf", "image/jpeg", "image/png")
#: Days from today on.
SPANS = {"day": 1, "week": 7}
ICS = {(200, "text/calendar"): OpenApiTypes.STR}
#: A file is looked at, never run.
CLOSED = "default-src 'none'; frame-ancestors 'none'; sandbox"


class Token(Operation):
    tag = "token"
    scopes = {"GET": Scope.READ}

    @extend_schema(summary="What this token may do, for whom, and until when", responses=TokenShape)
    def get(self, request):
        office = request.auth.office
        roles = roles_of(request.user, office) if office else {"applicant"}
        return told(TokenShape, telling.token(request.auth, roles))


class CaseOperation(Operation):
    tag = "cases"
    scopes = {"GET": Scope.READ}

    def read(self, ref):
        """A case that is being read; of a reading by staff a line is kept."""
        case = case_of(self.request, ref)
        note_reading(case, self.request.user, part=WAY)
        return case


class Cases(CaseOperation):
    @extend_schema(
        summary="My cases, or the office's queue: the least working time left first",
        parameters=[Filter],
        responses=CasePage,
    )
    def get(self, request):
        wanted = asked(request, Filter)
        cases = _filtered(cases_of(request), wanted)
        return paged(CasePage, cases, wanted, lambda rows: telling.cases(rows, request.user))


class OneCase(CaseOperation):
    @extend_schema(summary="One case: cover sheet, clocks, documents, papers", responses=CaseShape)
    def get(self, request, ref):
        return told(CaseShape, telling.case(self.read(ref), request.user))


class Days(CaseOperation):
    problems = {"GET": (422,)}

    @extend_schema(
        summary="Why this date: each day of a clock, counted or not, and by which act",
        parameters=[DaysAsked],
        responses=DayShape(many=True),
    )
    def get(self, request, ref, clock_id):
        """With ``as_of`` the date and the days as they were known on that day of the clock's life."""
        case, wanted = self.read(ref), asked(request, DaysAsked)
        found = get_object_or_404(case.deadlines.select_related("office"), pk=clock_id)
        return told(DayShape, telling.days(explain(found, _known_on(found, case, wanted.get("as_of")))), many=True)


class Dates(CaseOperation):
    @extend_schema(
        summary="The dates of a case for a calendar (RFC 5545): hearings, own terms, the answer",
        parameters=[DatesAsked],
        responses=ICS,
    )
    def get(self, request, ref):
        """An entry keeps its UID; moved or called off it says so itself. A case without dates: 404."""
        case, only = self.read(ref), asked(request, DatesAsked).get("only")
        events = {
            "hearing": lambda: calendar_files.hearings_of(case)[-1:],
            "result": lambda: calendar_files.result_of(case, main_clock(clocks_of(case))),
            None: lambda: calendar_files.every_date_of(case, for_citizen=request.user.is_recipient),
        }[only]()
        if not events:
            raise Http404("no dates")
        return calendar_of(events, _("Case № %(number)s") % {"number": case.number}, only or "dates")


class Hearings(CaseOperation):
    @extend_schema(
        summary="The hearings before the commission of this office, for a calendar",
        parameters=[HearingsAsked],
        responses=ICS,
    )
    def get(self, request):
        """Of today, or of the seven days from today on; for those who sit in the commission, and the head."""
        wanted, office = asked(request, HearingsAsked), request.auth.office
        if office is None or office.pk not in offices_of(request.user, *COMMISSION_ROLES, Role.HEAD):
            raise PermissionDenied("commission")
        since = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
        until = since + timedelta(days=SPANS[wanted["span"]])
        before_it = cases_of(request).open().filter(office=office)
        return calendar_of(calendar_files.hearings_before(before_it, since, until), _("Hearings"), "hearings")


class PersonOfCase(Operation):
    tag = "cases"
    scopes = {"POST": Scope.READ}

    @extend_schema(summary="Name and IIN of the applicant; asking leaves a line", request=None, responses=Person)
    def post(self, request, ref):
        """The journal says that a member of staff asked; a power that no register confirms opens nobody's data."""
        case = case_of(request, ref)
        if case.applicant is None:
            raise Http404
        if not request.user.is_recipient:
            record(case, "person_shown", by=request.user)
            note_reading(case, request.user, part="personal")
        elif not representation.knows_applicant(case, request.user):
            raise PermissionDenied("no register confirms the power")
        return told(Person, telling.person(case, request.user))


class History(CaseOperation):
    @extend_schema(summary="The journal of a case, line by line", parameters=[Paged], responses=HistoryPage)
    def get(self, request, ref):
        case, wanted = self.read(ref), asked(request, Paged)
        lines = case.journal.select_related("actor").order_by("-number")
        return paged(HistoryPage, lines, wanted, lambda rows: [telling.line(case, row, request.user) for row in rows])


class CaseFile(CaseOperation):
    @extend_schema(
        summary="A file that the applicant gave",
        responses={(200, kind): OpenApiTypes.BINARY for kind in KINDS},
    )
    def get(self, request, ref, attachment_id):
        found = get_object_or_404(self.read(ref).attachments.all(), pk=attachment_id)
        with open_attachment(found) as stored:
            return bytes_of(stored.read(), found.content_type, found.name)


class CasePaper(CaseOperation):
    @extend_schema(summary="What is known of a paper: its state, its hash", responses=PaperShape)
    def get(self, request, ref, paper_id):
        found = get_object_or_404(telling.papers_for(self.read(ref), request.user), pk=paper_id)
        return told(PaperShape, telling.paper(found))


class PaperFile(CaseOperation):
    @extend_schema(
        summary="A paper: exactly the bytes that are signed",
        responses={
            (200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, "Not drawn yet: 404, ask again soon.")
        },
    )
    def get(self, request, ref, paper_id):
        found = get_object_or_404(telling.papers_for(self.read(ref), request.user), pk=paper_id)
        if not PaperBytes.objects.filter(paper=found).exists():
            raise Http404("the paper has not been drawn")
        return bytes_of(papers.read(found), "application/pdf", found.file_name)


class Letters(Operation):
    tag = "letters"
    scopes = {"GET": Scope.READ}

    @extend_schema(summary="The letters in my cabinet, the newest first", parameters=[Paged], responses=LetterPage)
    def get(self, request):
        wanted = asked(request, Paged)
        return paged(LetterPage, letters_of(request), wanted, lambda rows: [telling.letter(row) for row in rows])


class Letter(Operation):
    tag = "letters"
    scopes = {"GET": Scope.READ}

    @extend_schema(summary="One letter; its first reading is noted", responses=LetterShape)
    def get(self, request, key):
        found = get_object_or_404(letters_of(request), key=key)
        if found.read_at is None:
            found.read_at = clock.now()
            Notice.objects.filter(pk=found.pk, read_at=None).update(read_at=found.read_at)
        return told(LetterShape, telling.letter(found))


def letters_of(request):
    """What lies in the reader's cabinet; by a token of an office only what concerns its cases."""
    mine = Notice.objects.in_cabinet_of(request.user).select_related("case")
    return mine if request.auth.office is None else mine.filter(case__in=cases_of(request).order_by().values("pk"))


def bytes_of(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file as it lies: shown by nobody as a page of ours."""
    response = HttpResponse(content, content_type=kind if kind in KINDS else "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def calendar_of(events, title: str, name: str) -> HttpResponse:
    response = HttpResponse(calendar_files.calendar(events, title), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.ics")
    response["Cache-Control"] = "private, no-store"
    return response


def _known_on(running, case, day):
    """The day on which a reader wants a date as it was known. Raises Refused for one outside of the clock's life."""
    if day is None:
        return None
    known = chosen_day(running, day.isoformat(), case.time.local(clock.now()).date())
    if known is None:
        raise Refused({"as_of": [_("On this day the clock did not run yet, or the day lies ahead.")]})
    return known


def _filtered(cases, wanted):
    """The same filter as the queue of the desk; ``stage=all`` takes the closed ones too."""
    if wanted.get("stage") == "all":
        names = ("service", "status")
        cases = cases.filter(**{name: wanted[name] for name in names if name in wanted})
        return cases.by_urgency()
    limits = bounds(clock.now(), office_time("akimat").zone)
    return Wanted.of(wanted).apply(cases, limits)
