"""A school, the State Corporation's office beside it, and people who lost their certificates."""

import pytest

from kazservices.cases.models import Channel
from kazservices.documents import papers
from kazservices.flow.door import advance, prepare
from kazservices.offices.models import Office, OfficeHours
from kazservices.offices.roles import Role
from schools.duplicates.models import Blank, BlankForm, Partner
from tests import world
from tests.schools.duplicates import counter

SCHOOL_ROLES = (Role.CLERK, Role.HEAD, Role.ACADEMIC_DEPUTY, Role.OPERATOR, Role.AUDITOR)


def build_school(code="71", name="№ 1 орта мектеп") -> world.Place:
    superior, _ = Office.objects.get_or_create(
        code="70",
        defaults={
            "name_kk": "Білім бөлімі", "name_ru": "Отдел образования",
            "territory_kk": "Сарыөзен ауданы", "territory_ru": "Сарыозенский район",
        },
    )  # fmt: skip
    office = Office.objects.create(
        code=code, name_kk=name, name_ru=f"Школа {code}", territory_kk="Сарыөзен", territory_ru="Сарыозен",
        address_kk="Мектеп көшесі, 1", address_ru="ул. Школьная, 1", phone="+7 7000 00 00 71",
        superior_body=superior, is_active=True,
    )  # fmt: skip
    for service in ("duplicates", "original"):
        OfficeHours.objects.create(office=office, service=service, schedule="duplicates")
    place = world.Place(office)
    for role in SCHOOL_ROLES:
        place.staff[role.name.lower()] = world.build_staff(office, role.name.lower(), role)
    world.prove_letters(place)
    return place


def build_corporation(code="90") -> world.Place:
    office = Office.objects.create(
        code=code, name_kk="Мемлекеттік корпорацияның бөлімшесі", name_ru="Отдел Государственной корпорации",
        territory_kk="Сарыөзен", territory_ru="Сарыозен", address_kk="Орталық көше, 5", address_ru="ул. Центральная, 5",
    )  # fmt: skip
    place = world.Place(office)
    place.staff["clerk"] = world.build_staff(office, "clerk", Role.CLERK)
    return place


@pytest.fixture
def school(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return build_school()


@pytest.fixture
def corporation(school):
    place = build_corporation()
    Partner.objects.create(school=school.office, corporation=place.office)
    return place


@pytest.fixture
def form(db):
    return BlankForm.objects.create(
        document="general", name_kk="2020 жылғы үлгі", name_ru="Образец 2020 года", act="бұйрық", since="2020-01-01"
    )


@pytest.fixture
def blanks(school, form):
    """Five blanks of series ЖОБ."""
    return Blank.objects.bulk_create(
        Blank(
            office=school.office, form=form, series="ЖОБ", number=f"000000{n}", received_on="2026-01-12",
            received_by=school.clerk,
        )
        for n in range(1, 6)
    )  # fmt: skip


@pytest.fixture
def lost(user, school, corporation):
    """Who files a LOST through the portal, collected at the school."""
    return lambda **how: counter.apply(user, school.office, **how)


def sign_and_issue(case, place):
    """Both sign, the duplicate is issued."""
    paper = prepare(case, "issue_duplicate", by=place.academic_deputy)
    papers.render(paper.pk)
    paper.refresh_from_db()
    for person in (place.academic_deputy, place.head):
        papers.sign(paper, by=person, sha256=paper.sha256)
    return advance(case, "issue_duplicate", by=place.head, document=paper)


PORTAL, OFFICE, CORPORATION = Channel.PORTAL, Channel.OFFICE, Channel.STATE_CORPORATION


def make_of_two(case, move, place, **facts):
    """A move whose paper the head and the deputy sign."""
    paper = prepare(case, move, by=place.head, **facts)
    papers.render(paper.pk)
    paper.refresh_from_db()
    for person in (place.head, place.academic_deputy):
        papers.sign(paper, by=person, sha256=paper.sha256)
    return advance(case, move, by=place.head, document=paper)
