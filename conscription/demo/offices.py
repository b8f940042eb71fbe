"""Three fictional offices with staff in every role, and the acts that order the call-up."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from kazservices.flow.demo import PASSWORD
from kazservices.offices.models import Commission, LetterProof, Office, OfficeHours, OfficeOpening, Staff, User
from kazservices.offices.roles import COMMISSION_ROLES, Role
from kazservices.passports.models import CallUpAct

SINCE = date(2024, 1, 8)
SERVICES = ("deferral", "exemption")
SCHEDULE = "akimat"

SUPERIOR = {
    "code": "01",
    "name_kk": "Ақдала облысының әкімдігі",
    "name_ru": "Акимат Акдалинской области",
    "territory_kk": "Ақдала облысы",
    "territory_ru": "Акдалинская область",
    "address_kk": "Ақдала қаласы, Достық көшесі, 1",
    "address_ru": "город Акдала, улица Достык, 1",
    "phone": "+7 7000 00 01 00",
    "bin": "010140000014",
}
AKIMATS = (
    {
        "code": "03",
        "name_kk": "Сарыөзен ауданының әкімдігі",
        "name_ru": "Акимат Сарыозенского района",
        "territory_kk": "Сарыөзен ауданы",
        "territory_ru": "Сарыозенский район",
        "address_kk": "Сарыөзен ауылы, Абай көшесі, 12, 214-кабинет",
        "address_ru": "село Сарыозен, улица Абая, 12, кабинет 214",
        "phone": "+7 7000 00 03 00",
        "bin": "030140000036",
    },
    {
        "code": "07",
        "name_kk": "Бестерек ауданының әкімдігі",
        "name_ru": "Акимат Бестерекского района",
        "territory_kk": "Бестерек ауданы",
        "territory_ru": "Бестерекский район",
        "address_kk": "Бестерек ауылы, Бейбітшілік көшесі, 5, 8-кабинет",
        "address_ru": "село Бестерек, улица Мира, 5, кабинет 8",
        "phone": "+7 7000 00 07 00",
        "bin": "070140000073",
    },
)

#: login, role, and the people of office 03 and of office 07.
POSTS = (
    ("clerk", Role.CLERK, "Гүлнұр Есімова", "Маржан Оспанова"),
    ("secretary", Role.SECRETARY, "Айгерім Бекжанова", "Динара Сейітова"),
    ("chair", Role.CHAIR, "Марат Оспанов", "Болат Нұрпейісов"),
    ("deputy", Role.DEPUTY, "Сәуле Тілеубаева", "Ерлан Мұсабеков"),
    ("member1", Role.MEMBER, "Ержан Қалиев", "Қанат Жұмабаев"),
    ("member2", Role.MEMBER, "Жанар Сүлейменова", "Ләззат Әбдірова"),
    ("member3", Role.MEMBER, "Нұрболат Түсіпов", "Айдос Кәрімов"),
    ("head", Role.HEAD, "Талғат Сәрсенов", "Гүлмира Досанова"),
    ("operator", Role.OPERATOR, "Асқар Ыдырысов", "Раушан Құдайбергенова"),
    ("operator2", Role.OPERATOR, "Әсем Тоқтарова", "Данияр Байжанов"),
)
AUDITOR = ("auditor-01", "Дина Әлімова")
POST_NAMES = {
    Role.CLERK: ("Әскери есепке алу бөлімінің маманы", "Специалист отдела воинского учёта"),
    Role.SECRETARY: ("Комиссия хатшысы", "Секретарь комиссии"),
    Role.CHAIR: ("Комиссия төрағасы", "Председатель комиссии"),
    Role.DEPUTY: ("Комиссия төрағасының орынбасары", "Заместитель председателя комиссии"),
    Role.MEMBER: ("Комиссия мүшесі", "Член комиссии"),
    Role.HEAD: ("Аудан әкімінің орынбасары", "Заместитель акима района"),
    Role.OPERATOR: ("Жүйе операторы", "Оператор системы"),
    Role.AUDITOR: ("Ішкі бақылау бөлімінің аудиторы", "Аудитор отдела внутреннего контроля"),
}
SEASONS = {
    "К": ((3, 1), (6, 30), "көктемгі", "весеннего"),
    "Т": ((9, 1), (12, 31), "күзгі", "осеннего"),
}


@dataclass
class Place:
    """An akimat and its people, by login name without the code: chair, member1 ..."""

    office: Office
    people: dict[str, User]


def build_offices() -> list[Place]:
    """Offices, hours, commissions and staff; those already there stay as they are."""
    hashed = make_password(PASSWORD)
    superior = Office.objects.get_or_create(code=SUPERIOR["code"], defaults=SUPERIOR)[0]
    places = []
    for column, known in enumerate(AKIMATS):
        office = Office.objects.get_or_create(
            code=known["code"], defaults={**known, "superior_body": superior, "is_active": True}
        )[0]
        for service in SERVICES:
            OfficeHours.objects.get_or_create(office=office, service=service, defaults={"schedule": SCHEDULE})
        places.append(Place(office, _staff(office, column, hashed)))
        _opened(places[-1])
    _auditor([superior, *(place.office for place in places)], hashed)
    return places


def _opened(place):
    """The office has passed its check list long ago."""
    at = datetime.combine(SINCE, time(10), tzinfo=ZoneInfo(place.office.zone))
    operator = place.people["operator"]
    LetterProof.objects.get_or_create(
        office=place.office, user=place.people["head"],
        defaults={"key": uuid4(), "asked_by": operator, "asked_at": at, "delivered_at": at},
    )  # fmt: skip
    OfficeOpening.objects.get_or_create(office=place.office, defaults={"opened": True, "by": operator, "at": at})


def _staff(office, column, hashed) -> dict[str, User]:
    commission = Commission.objects.get_or_create(
        office=office, order_number=f"{12 + column}-Ө", defaults={"order_date": SINCE, "since": SINCE}
    )[0]
    people = {}
    for name, role, *names in POSTS:
        people[name] = _user(f"{name}-{office.code}", names[column], hashed, "ru" if name == "deputy" else "kk")
        act = f"№ {commission.order_number}, {SINCE:%d.%m.%Y}"
        _post(people[name], office, role, act, commission if role in COMMISSION_ROLES else None)
    return people


def _auditor(offices, hashed):
    """One auditor with a mandate in each office."""
    login, name = AUDITOR
    user = _user(login, name, hashed, "kk")
    for office in offices:
        _post(user, office, Role.AUDITOR, f"Мандат № 4, {SINCE:%d.%m.%Y}")


def _user(login, name, hashed, language) -> User:
    known = {"full_name": name, "language": language, "is_staff": True, "password": hashed}
    return User.objects.get_or_create(username=login, defaults=known)[0]


def _post(user, office, role, act, commission=None):
    kk, ru = POST_NAMES[role]
    Staff.objects.get_or_create(
        user=user, office=office, role=role,
        defaults={"commission": commission, "since": SINCE, "act": act, "post_kk": kk, "post_ru": ru},
    )  # fmt: skip


def order_call_ups(years, by):
    """The acts for the spring and the autumn of some years; their numbers say that they are samples."""
    for year in years:
        for letter, (opens, closes, kk, ru) in SEASONS.items():
            CallUpAct.objects.get_or_create(
                number=f"ҮЛГІ-{year}-{letter}",
                date=date(year, opens[0], 1),
                office=None,
                defaults={
                    "title_kk": f"Азаматтарды {year} жылғы {kk} мерзімді әскери қызметке шақыру туралы (үлгі)",
                    "title_ru": f"О проведении {ru} призыва граждан на срочную воинскую службу {year} года (образец)",
                    "period_from": date(year, *opens),
                    "period_to": date(year, *closes),
                    "entered_by": by,
                },
            )
