"""A fictional school and the State Corporation's office beside it, with duplicates at every step of their way."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from kazservices import clock
from kazservices.cases.models import Applicant, Case, Channel, Draft
from kazservices.documents import papers
from kazservices.flow import taking
from kazservices.flow.demo import PASSWORD, known_people, recipient
from kazservices.flow.door import advance, prepare
from kazservices.flow.manifest import Filing
from kazservices.offices.models import LetterProof, Office, OfficeHours, OfficeOpening, Staff, User
from kazservices.offices.roles import Role
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep
from schools.duplicates import exchange, originals
from schools.duplicates.models import Blank, BlankForm, ClosedSchool, Consignment, Document, Partner

SINCE = date(2024, 1, 8)
SCHOOL = {
    "code": "41", "name_kk": "Сарыөзен ауылының № 1 жалпы орта білім беретін мектебі",
    "name_ru": "Общеобразовательная средняя школа № 1 села Сарыозен", "territory_kk": "Сарыөзен ауылы",
    "territory_ru": "село Сарыозен", "address_kk": "Сарыөзен ауылы, Мектеп көшесі, 1",
    "address_ru": "село Сарыозен, улица Школьная, 1", "phone": "+7 7000 00 41 00", "bin": "410140000017",
}  # fmt: skip
CORPORATION = {
    "code": "91", "name_kk": "«Азаматтарға арналған үкімет» мемлекеттік корпорациясының Сарыөзен бөлімі",
    "name_ru": "Сарыозенский отдел Государственной корпорации «Правительство для граждан»",
    "territory_kk": "Сарыөзен ауданы", "territory_ru": "Сарыозенский район",
    "address_kk": "Сарыөзен ауылы, Абай көшесі, 20", "address_ru": "село Сарыозен, улица Абая, 20",
    "phone": "+7 7000 00 91 00",
}  # fmt: skip
POSTS = (
    ("school-clerk", Role.CLERK, "Ақмарал Сейтқали", "Кеңсе маманы", "Специалист канцелярии"),
    ("school-head", Role.HEAD, "Бақытжан Омаров", "Мектеп директоры", "Директор школы"),
    ("school-academic", Role.ACADEMIC_DEPUTY, "Гүлжан Ахметова", "Директордың оқу ісі жөніндегі орынбасары",
     "Заместитель директора по учебной работе"),
    ("school-auditor", Role.AUDITOR, "Сәуле Мұқанова", "Аудитор", "Аудитор"),
    ("school-operator", Role.OPERATOR, "Дәурен Қасым", "Жүйе операторы", "Оператор системы"),
)  # fmt: skip
SAID = {"document": "general", "graduated_in": 2012, "circumstances": "Көшу кезінде жоғалды.", "pick_up": "school"}
ZONE = ZoneInfo("Asia/Almaty")
FIRST, NEXT = 8, 12  # people whom no other history tells of


@dataclass
class Place:
    """The school, the State Corporation, and who works there by login."""

    school: Office
    corporation: Office
    people: dict


def fill(now, short: bool) -> int:
    """How many cases were told; none when they are there already."""
    place = _place()
    if Case.objects.filter(office=place.school, service__in=("duplicates", "original")).exists():
        return 0
    blanks = _blanks(place)
    stories = (_stored_there, _ready_at_the_school, _in_work, _brought_on_saturday)
    for number, story in enumerate(stories):
        story(place, known_people()[FIRST + number], blanks[number], now)
    _graduates(place, blanks[len(stories) :], now)
    Consignment.objects.filter(school=place.school).update(told_at=now)
    return len(stories) + 2


def _in_work(place, person, blank, now):
    _filed(place, person, now, days=2)


def _ready_at_the_school(place, person, blank, now):
    case = _filed(place, person, now, days=6)
    _issued(place, case, blank, now, days=3)


def _stored_there(place, person, blank, now):
    """Since five weeks at the State Corporation: the month is over, the register of returns is to be formed."""
    case = _filed(place, person, now, days=45, pick_up="state_corporation")
    case = _issued(place, case, blank, now, days=40)
    with _at(now, 38, 10):
        register = _send("results", place, [case], place.people["school-clerk"])
    with _at(now, 37, 11):
        exchange.countersign(register, arrived=[1], by=place.people["corporation-clerk"])


def _brought_on_saturday(place, person, blank, now):
    """Two applications of a Saturday on one register; it waits for the school's hand."""
    cases = []
    saturday = (now.astimezone(ZONE).weekday() - 5) % 7 or 7
    with _at(now, saturday, 11, saturday=True):
        for one in (person, known_people()[NEXT]):
            cases.append(_taken_there(place, one))
    with _at(now, saturday, 18, saturday=True):
        _send("applications", place, cases, place.people["corporation-clerk"])


def _graduates(place, blanks, now):
    clerk = place.people["school-clerk"]
    decided = (now - timedelta(days=12)).astimezone(ZONE).date()
    for blank, (name, distinction) in zip(blanks, (("Мұратов Ернар", True), ("Жүнісова Айым", False)), strict=False):
        said = originals.Decision(
            graduate=name, document=Document.GENERAL, basis="commission", basis_number="4", basis_date=decided,
            with_distinction=distinction,
        )  # fmt: skip
        with _at(now, 5, 10):
            originals.enter(place.school, said, blank=blank.pk, by=clerk)


def _filed(place, person, now, *, days, **said):
    user = recipient(person, 0)
    with _at(now, days, 10):
        return taking.take(_filing(place, user, Channel.PORTAL, None, said))


def _taken_there(place, person):
    known = {"full_name": person["full_name"], "birth_date": date.fromisoformat(person["birth_date"])}
    someone, _new = Applicant.objects.get_or_create(iin=person["iin"], defaults=known)
    return taking.take(_filing(place, place.people["corporation-clerk"], Channel.STATE_CORPORATION, someone, {}))


def _filing(place, user, channel, someone, said) -> Filing:
    at = clock.now()
    category = passports.edition_on("duplicates", at.astimezone(ZONE).date()).categories.get(code="LOST")
    draft = Draft.objects.create(
        user=user, service="duplicates", office=place.school, channel=channel, recipient=someone, created_at=at,
        updated_at=at, data={} if channel == Channel.PORTAL else {"handed_in": ["identity"]},
    )  # fmt: skip
    filing = Filing(draft, category, "", {"school_closed": False}, particulars={**SAID, **said})
    method = Signature.Method.OTP if channel == Channel.PORTAL else Signature.Method.PAPER
    return replace(filing, signature=keep(user, method, taking.content(filing), "application", {"demo": True}))


def _issued(place, case, blank, now, *, days):
    people = place.people
    with _at(now, days, 10):
        papers.render_waiting()
        case = advance(case, "write_out", by=people["school-clerk"], blank=blank.pk)
        paper = prepare(case, "issue_duplicate", by=people["school-academic"])
        papers.render(paper.pk)
        paper.refresh_from_db()
        for login in ("school-academic", "school-head"):
            papers.sign(paper, by=people[login], sha256=paper.sha256)
        return advance(case, "issue_duplicate", by=people["school-head"], document=paper)


def _send(direction, place, cases, by):
    return exchange.send(
        Consignment.Direction(direction), school=place.school, corporation=place.corporation, cases=cases, by=by
    )


def _at(now, days_ago, hour, *, saturday=False):
    """An hour of a day so many days ago; on a week-end of the Friday before, unless the Saturday is meant."""
    day = (now - timedelta(days=days_ago)).astimezone(ZONE).date()
    if not saturday:
        day -= timedelta(days=max(day.weekday() - 4, 0))
    return clock.fixed_at(datetime.combine(day, time(hour), ZONE))


def _place() -> Place:
    hashed = make_password(PASSWORD)
    superior = Office.objects.get(code="01")
    school = Office.objects.get_or_create(
        code=SCHOOL["code"], defaults={**SCHOOL, "superior_body": superior, "is_active": True}
    )[0]
    corporation = Office.objects.get_or_create(code=CORPORATION["code"], defaults=CORPORATION)[0]
    for service in ("duplicates", "original"):
        OfficeHours.objects.get_or_create(office=school, service=service, defaults={"schedule": "duplicates"})
    people = {login: _staff(school, login, role, name, hashed, kk, ru) for login, role, name, kk, ru in POSTS}
    people["corporation-clerk"] = _staff(
        corporation, "corporation-clerk", Role.CLERK, "Айнұр Бекен", hashed, "Мемлекеттік корпорация қызметкері",
        "Работник Государственной корпорации",
    )  # fmt: skip
    Partner.objects.get_or_create(
        school=school, defaults={"corporation": corporation, "account": people["corporation-clerk"]}
    )
    _opened(school, people)
    _closed_school()
    return Place(school, corporation, people)


def _staff(office, login, role, name, hashed, kk, ru) -> User:  # noqa: PLR0917
    known = {"full_name": name, "language": "kk", "is_staff": True, "password": hashed}
    user = User.objects.get_or_create(username=f"{login}-{office.code}", defaults=known)[0]
    Staff.objects.get_or_create(
        user=user, office=office, role=role, defaults={"since": SINCE, "post_kk": kk, "post_ru": ru}
    )
    return user


def _opened(school, people):
    at = datetime.combine(SINCE, time(10), ZONE)
    told = {"key": uuid4(), "asked_by": people["school-operator"], "asked_at": at, "delivered_at": at}
    LetterProof.objects.get_or_create(office=school, user=people["school-head"], defaults=told)
    OfficeOpening.objects.get_or_create(
        office=school, defaults={"opened": True, "by": people["school-operator"], "at": at}
    )


def _blanks(place) -> list[Blank]:
    form = BlankForm.objects.get_or_create(
        document=Document.GENERAL, since=date(2020, 1, 1),
        defaults={"name_kk": "2020 жылғы үлгі", "name_ru": "Образец 2020 года", "act": "№ 39 бұйрық (үлгі)"},
    )[0]  # fmt: skip
    return Blank.objects.bulk_create(
        Blank(
            office=place.school, form=form, series="ЖОБ", number=f"{n:07d}", received_on=SINCE, note="№ 2, 08.01.2024",
            received_by=place.people["school-clerk"],
        )
        for n in range(1204501, 1204531)
    )  # fmt: skip


def _closed_school():
    ClosedSchool.objects.get_or_create(
        name_kk="Құмкөл ауылының негізгі мектебі",
        defaults={
            "name_ru": "Основная школа села Кумколь", "closed_on": date(2014, 8, 31),
            "archive_kk": "Сарыөзен ауданының мемлекеттік архиві",
            "archive_ru": "Государственный архив Сарыозенского района",
            "address_kk": "Сарыөзен ауылы, Архив көшесі, 3", "address_ru": "село Сарыозен, улица Архивная, 3",
            "phone": "+7 7000 00 95 00",
        },
    )  # fmt: skip
