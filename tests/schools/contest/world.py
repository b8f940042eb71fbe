"""A small world of the contest: a specialised school with its commission of seven, children and their parents."""

from datetime import date, timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from kazservices import clock
from kazservices.cases.models import Applicant, Representation
from kazservices.documents.service import attach, keep_file
from kazservices.flow import sweeps
from kazservices.flow.door import begin
from kazservices.flow.manifest import Filing
from kazservices.flow.taking import take
from kazservices.offices.actors import SYSTEM
from kazservices.offices.models import Commission, Office, OfficeHours
from kazservices.offices.roles import COMMISSION_ROLES, Role
from kazservices.passports import service as passports
from kazservices.passports.models import Edition
from schools.contest.models import ContestApplication, ContestCampaign
from schools.contest.ranking import Olympiad
from tests import world

SERVICE = "contest_application"
NUMBERS = count(1)


def build_school(code="21", name="№ 1 мамандандырылған лицей", members=6) -> world.Place:
    """A specialised school: a head, a clerk, a contest commission of a chair and so many members."""
    superior, _ = Office.objects.get_or_create(
        code="02", defaults={"name_kk": "Білім басқармасы", "name_ru": "Управление образования",
                             "territory_kk": "Облыс", "territory_ru": "Область"},
    )  # fmt: skip
    office = Office.objects.create(
        code=code, name_kk=name, name_ru=f"Специализированный лицей, {code}", territory_kk="Облыс",
        territory_ru="Область", address_kk="Абай көшесі, 1", address_ru="улица Абая, 1", phone="+7 7000 00 00 01",
        superior_body=superior, is_active=True,
    )  # fmt: skip
    for service in ("contest", SERVICE):
        OfficeHours.objects.create(office=office, service=service, schedule="school")
    order = Commission.objects.create(office=office, order_number="7", order_date=world.SINCE, since=world.SINCE)
    place = world.Place(office)
    roles = {"head": Role.HEAD, "clerk": Role.CLERK, "operator": Role.OPERATOR, "auditor": Role.AUDITOR,
             "chair": Role.CHAIR, "secretary": Role.SECRETARY}  # fmt: skip
    roles |= {f"member{n}": Role.MEMBER for n in range(1, members + 1)}
    for key, role in roles.items():
        seat = order if role in COMMISSION_ROLES else None
        place.staff[key] = world.build_staff(office, f"s-{key}", role, seat)
    world.prove_letters(place)
    return place


def build_parent(iin="850101300017") -> object:
    return world.build_recipient(iin, full_name="Серікова Айгүл Маратқызы", birth_date=date(1985, 1, 1))


def filing(parent, office, *, grade=7, diploma=False, papers_of=None, child_iin=None, language="kk") -> Filing:
    """A complete application of a parent for a child, as the portal hands it over."""
    number = next(NUMBERS)
    today = clock.now().astimezone(world.ALMATY).date()
    category = passports.edition_on(SERVICE, today).categories.get(code=f"CLASS_{grade}")
    draft = world.build_draft(parent, office, SERVICE)
    world.consent(parent, draft)
    Representation.objects.create(
        draft=draft, representative=parent, basis=Representation.Basis.PARENT, proof="confirmed",
        iin=child_iin or f"{number:012}", full_name=f"Үміткер {number}", birth_date=date(2014, 5, 1), since=today,
        stated_at=clock.now(),
    )  # fmt: skip
    answers = {"has_diploma": diploma}
    needed = [row.code for row in passports.required_documents(category, answers)]
    for code in needed if papers_of is None else papers_of:
        attach(draft, code, world.picture(), by=parent)
    said = {"study_language": language, "email": f"child{number}@example.kz"}
    return world.signed(Filing(draft, category, "", answers, particulars=said))


def apply(parent, office, **how):
    return take(filing(parent, office, **how))


def begin_campaign(place, when="2026-02-02 09:00") -> ContestCampaign:
    """The campaign as the calendar begins it."""
    with world.at(when):
        sweeps.run("moves")
    return ContestCampaign.objects.get(office=place.office)


def to_intake(place, places=None, *, second_round=False) -> ContestCampaign:
    case = begin_campaign(place)
    with world.at("2026-02-20 10:00"):
        world.make(case, "set_places", place.head, places=places or {"7": 20}, second_round=second_round)
        return world.make(case, "appoint_responsible", place.head, person=place.clerk.pk)


def candidate(case, n, *, grade=7, day="2026-03-10", minute=None):
    """A child who has applied, without the portal: for contests of many."""
    at = world.datetime.fromisoformat(f"{day} 10:00").replace(tzinfo=world.ALMATY)
    at += timedelta(minutes=n if minute is None else minute)
    child = Applicant.objects.create(full_name=f"Үміткер {n}", iin=f"{700000000000 + n}", birth_date=date(2014, 5, 1))
    edition = Edition.objects.get(code="contest-2020")
    with clock.fixed_at(at):
        row = ContestApplication(
            service=SERVICE, edition=edition, office=case.office, applicant=child, child=child, submitted_at=at,
            accepted_on=at.date(), category=edition.categories.get(code=f"CLASS_{grade}"), campaign_id=case.pk,
            grade=grade, study_language="kk", email=f"c{n}@example.kz", answers={"has_diploma": True},
            handed_in=["diploma"],
        )  # fmt: skip
        with transaction.atomic():
            begin(row, by=SYSTEM, at=at)
        return row


def enter(row, by, *, olympiad=Olympiad.NONE, in_quota=False):
    return world.make(row, "enter_register", by, olympiad=int(olympiad), in_quota=in_quota)


def to_register(place, rows=(), *, places=None, second_round=False):
    """A campaign whose register of these candidates has gone out; rows: keywords of ``candidate``."""
    case = to_intake(place, places, second_round=second_round)
    for n, row in enumerate(rows, start=1):
        known = dict(row)
        proved = {name: known.pop(name) for name in ("olympiad", "in_quota") if name in known}
        found = candidate(case, n, **known)
        with world.at("2026-03-30 12:00"):
            enter(found, place.clerk, **proved)
    with world.at("2026-04-02 10:00"):
        return world.make(case, "send_register", place.clerk)


def to_scheduled(place, rows=(), **how):
    case = to_register(place, rows, **how)
    grades = sorted(set(case.applications.values_list("grade", flat=True)), reverse=True)
    sittings = [{"grade": g, "at": world.local("2026-04-20 10:00"), "place": "№ 1 ғимарат, 12-кабинет"} for g in grades]
    with world.at("2026-04-10 10:00"):
        return world.make(case, "publish_schedule", place.clerk, sittings=sittings)


MATERIALS = {"brought_by": "Дарын орталығының қызметкері", "packages": 3, "seals_whole": True, "remark": ""}
ROOMS = dict.fromkeys(("building", "rooms", "entrance", "sound", "equipment"), True)


def prepared(place, case):
    """The materials have come on the day before, the rooms are watched."""
    with world.at("2026-04-19 16:00"):
        case = world.make(
            case, "receive_materials", place.clerk, received_at=world.local("2026-04-19 15:00"), **MATERIALS
        )
        return world.make(case, "check_rooms", place.clerk, **ROOMS)


def to_held(place, rows=(), **how):
    case = prepared(place, to_scheduled(place, rows, **how))
    with world.at("2026-04-20 14:00"):
        sweeps.run("moves")
    return ContestCampaign.objects.get(pk=case.pk)


def score_file(case, scores) -> bytes:
    """``scores``: {number: (right, wrong)}."""
    lines = [f"{number};{right};{wrong};{4 * right - wrong}" for number, (right, wrong) in scores.items()]
    return "\n".join(["number;right;wrong;total", *lines]).encode()


def upload(content: bytes, name="scores.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def kept(case, content: bytes, by):
    return keep_file(case, "scores", "scores.csv", content, content_type="text/csv", by=by).pk


def import_scores(place, case, scores, when="2026-04-20 16:00"):
    with world.at(when):
        return world.make(
            case, "import_scores", place.secretary, file=kept(case, score_file(case, scores), place.secretary)
        )


def to_published(place, rows, scores, when="2026-04-21 10:00", **how):
    """``scores``: (right, wrong) of each row, in their order; None: did not come."""
    case = to_held(place, rows, **how)
    numbers = list(case.applications.order_by("pk").values_list("number", flat=True))
    given = {number: one for number, one in zip(numbers, scores, strict=True) if one}
    import_scores(place, case, given)
    with world.at(when):
        return world.make(case, "issue_protocol", place.chair)


def to_ordered(place, rows, scores, **how):
    case = to_published(place, rows, scores, **how)
    with world.at("2026-04-28 10:00"):
        case = world.make(case, "order_enrolment", place.head)
        case = world.make(case, "order_reserve", place.head)
        sweeps.run("moves")
        sweeps.run("moves")
    return case
