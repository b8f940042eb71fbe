"""One office and one case with its clocks: what a crowd is made of."""

from datetime import timedelta

from kazservices import clock
from kazservices.cases.models import Applicant, Case, CaseParty, Stage
from kazservices.deadlines.models import Deadline, Outcome
from kazservices.offices.models import Office, OfficeHours, Staff, User
from kazservices.offices.roles import Role
from kazservices.passports.models import Edition

SERVICE = "deferral"
OPEN_CLOCKS = ("decide", "members", "hearing_notice")


def one_case(*, ended_clocks: int = 0) -> Case:
    """A case in work with three running clocks, and so many that have ended in time."""
    at, office = clock.now(), _office()
    case = Case.objects.create(
        service=SERVICE,
        edition=Edition.objects.filter(service_id=SERVICE).first(),
        office=office,
        applicant=Applicant.objects.create(full_name="Адам"),
        number="КҚ-01-1",
        stage=Stage.IN_WORK,
        status="with_members",
        submitted_at=at,
        accepted_on=office.today(),
        registered_at=at,
    )
    CaseParty.objects.create(case=case, office=office, part=CaseParty.Part.PROVIDER, since=at, norm="LAW-5-2-1")
    for name in OPEN_CLOCKS:
        _clock(case, name, at)
    for number in range(ended_clocks):
        _clock(case, f"ended_{number}", at, ended_at=at, outcome=Outcome.MET)
    return case


def _office() -> Office:
    superior = Office.objects.create(code="01", name_kk="Облыс", name_ru="Область")
    office = Office.objects.create(code="02", name_kk="Аудан", name_ru="Район", superior_body=superior, is_active=True)
    OfficeHours.objects.create(office=office, service=SERVICE, schedule="akimat")
    head = User.objects.create(username="head-of-the-bench", full_name="Басшы", is_staff=True)
    Staff.objects.create(user=head, office=office, role=Role.HEAD, since=office.today())
    return office


def _clock(case, name, at, **more) -> Deadline:
    due_at = at + timedelta(days=6)
    return Deadline.objects.create(
        case=case, service=SERVICE, office=case.office, rule=f"{SERVICE}.{name}", norm="CONS-8", length=6,
        unit="working_days", schedule="akimat", responsible_role=Role.CHAIR, started_at=at, base_on=case.accepted_on,
        due_on=due_at.date(), due_at=due_at, warn_official_at=due_at - timedelta(days=1), warn_head_at=due_at, **more,
    )  # fmt: skip
