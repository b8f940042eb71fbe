"""A fictional school and its last days: what lies on its desk, what was granted, refused, collected."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db.models import F

from kazservices import clock
from kazservices.cases.models import Case, Draft
from kazservices.documents import papers
from kazservices.documents.service import attach
from kazservices.flow import sweeps, taking
from kazservices.flow.demo import PASSWORD, known_people, recipient, sample_paper
from kazservices.flow.door import advance, prepare
from kazservices.flow.manifest import Filing, manifest_of
from kazservices.gateways.models import Consent
from kazservices.gateways.service import record_consent
from kazservices.notices.models import Channel, Notice
from kazservices.offices.models import LetterProof, Office, OfficeHours, OfficeOpening, Staff, User
from kazservices.offices.roles import Role
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep

from .models import SimpleCase

SINCE = date(2024, 1, 8)
SERVICES = ("home-schooling", "meals", "camps", "preschool")
DEPARTMENT = {
    "code": "02", "name_kk": "Сарыөзен ауданының білім бөлімі", "name_ru": "Отдел образования Сарыозенского района",
    "territory_kk": "Сарыөзен ауданы", "territory_ru": "Сарыозенский район",
    "address_kk": "Сарыөзен ауылы, Абай көшесі, 14", "address_ru": "село Сарыозен, улица Абая, 14",
    "phone": "+7 7000 00 02 00",
}  # fmt: skip
SCHOOL = {
    "code": "26", "name_kk": "№ 26 мектеп-балабақша кешені", "name_ru": "Комплекс «Школа — детский сад» № 26",
    "territory_kk": "Сарыөзен ауданы", "territory_ru": "Сарыозенский район",
    "address_kk": "Сарыөзен ауылы, Бөгенбай батыр көшесі, 8", "address_ru": "село Сарыозен, улица Богенбай батыра, 8",
    "phone": "+7 7000 00 26 00",
}  # fmt: skip
POSTS = (
    ("clerk", Role.CLERK, "Айсұлу Керімбаева", "Іс жүргізуші", "Делопроизводитель"),
    ("head", Role.HEAD, "Мұрат Әлімбеков", "Директор", "Директор"),
    ("operator", Role.OPERATOR, "Ринат Сафин", "Жүйе операторы", "Оператор системы"),
    ("auditor", Role.AUDITOR, "Гүлсім Байзақова", "Аудитор", "Аудитор"),
)
#: From the end of the known people: the first ones are left to who tries the product.
PARENTS = 6


@dataclass
class Story:
    """An application: by how many working days before today and at which hour, what it says, what was done then."""

    service: str
    category: str
    days: int
    hour: str
    said: dict
    steps: tuple = ()
    answers: dict = field(default_factory=dict)
    complete: bool = True
    case: SimpleCase | None = field(default=None, compare=False)


def child(name, iin, **more) -> dict:
    return {"child_name": name, "child_iin": iin, **more}


STORIES = (
    Story("camps", "LOW_INCOME", 8, "09:50",
          child("Асқарұлы Нұржан", "000101100708", **{"class": "6 «А»"}, camp="country", season="2026-06-01"),
          (("grant", "head", 5, "16:20", {"motive": ""}),
           ("hand_over", "clerk", 3, "11:05", {"collected_by": "Анасы, жеке куәлік 041000888"})),
          answers={"health_need": False}),
    Story("meals", "SOCIAL_AID", 6, "10:15", child("Мұрат Аяна", "000101100721", **{"class": "2 «Ә»"}),
          (("grant", "head", 4, "15:30", {"motive": ""}),)),
    Story("preschool", "REFERRAL", 4, "12:50",
          child("Серік Айлин", "000101100016", referral="К-2207", birth_day="2022-04-11"),
          (("grant", "head", 4, "14:41", {"motive": ""}),)),
    Story("meals", "GUARDIANSHIP", 4, "17:40", child("Ким Артём", "000101100006", **{"class": "4 «Б»"}),
          (("refuse", "head", 1, "12:10", {"grounds": ["law-2"], "motive": "Шешім басқа баланың атына берілген."}),)),
    Story("home-schooling", "HEALTH", 3, "11:30",
          child("Оразбек Дәулет", "000101100708", **{"class": 7}, since="2026-04-06", address="Сарыөзен, Мектеп, 4"),
          complete=False),
    Story("preschool", "REFERRAL", 1, "15:05",
          child("Әлімжан Сафия", "000101100721", referral="К-2214", birth_day="2021-09-30"),
          (("refuse", "head", 1, "15:31", {"grounds": ["law-1"], "motive": "Жолдаманың нөмірі тізілімде жоқ."}),)),
    Story("home-schooling", "HEALTH", 1, "10:20",
          child("Тұрсын Мирас", "000101100016", **{"class": 3}, since="2026-04-13", address="Сарыөзен, Абай, 17")),
    Story("meals", "LOW_INCOME", 1, "18:50", child("Пак София", "000101100006", **{"class": "1 «А»"})),
)  # fmt: skip


def fill(now, short: bool) -> int:
    """How many applications were told; none when they are there already."""
    office, people = build_school()
    if Case.objects.filter(office=office).exists():
        return 0
    parents = [recipient(one, number) for number, one in enumerate(known_people())][-PARENTS:]
    stories, acts = [replace(story) for story in STORIES], []
    for number, story in enumerate(stories):
        acts += _events(story, parents[number % PARENTS], office, people, now)
    for at, act in sorted(acts, key=lambda event: event[0]):
        if at <= now:
            with clock.fixed_at(at):
                sweeps.make_due_moves()
                act()
                papers.render_waiting()
    copies = Notice.objects.filter(case__office=office, sent_at=None).exclude(channel=Channel.CABINET)
    copies.update(sent_at=F("owed_at"))
    return sum(story.case is not None for story in stories)


def build_school() -> tuple[Office, dict[str, User]]:
    """The school with its people and hours; what is there already stays as it is."""
    above = Office.objects.get_or_create(code=DEPARTMENT["code"], defaults=DEPARTMENT)[0]
    known = {**SCHOOL, "superior_body": above, "is_active": True}
    office = Office.objects.get_or_create(code=SCHOOL["code"], defaults=known)[0]
    for service in SERVICES:
        OfficeHours.objects.get_or_create(office=office, service=service, defaults={"schedule": "school"})
    hashed, people = make_password(PASSWORD), {}
    for name, role, full_name, kk, ru in POSTS:
        known = {"full_name": full_name, "language": "kk", "is_staff": True, "password": hashed}
        people[name] = User.objects.get_or_create(username=f"{name}-{office.code}", defaults=known)[0]
        post = {"since": SINCE, "act": f"№ 3-К, {SINCE:%d.%m.%Y}", "post_kk": kk, "post_ru": ru}
        Staff.objects.get_or_create(user=people[name], office=office, role=role, defaults=post)
    _opened(office, people)
    return office, people


def _opened(office, people) -> None:
    """The school has passed its check list long ago."""
    at = datetime.combine(SINCE, time(10), office.time_for(SERVICES[0]).zone)
    proof = {"key": uuid4(), "asked_by": people["operator"], "asked_at": at, "delivered_at": at}
    LetterProof.objects.get_or_create(office=office, user=people["head"], defaults=proof)
    OfficeOpening.objects.get_or_create(
        office=office, defaults={"opened": True, "by": people["operator"], "at": at}
    )  # fmt: skip


def _events(story, parent, office, people, now):
    """(instant, act) of the application and of each of its steps, by working days before today."""
    clockwork = office.time_for(story.service)
    today = clockwork.local(now).date()

    def moment(days, hour):
        day = clockwork.days.add_working(clockwork.days.next_working(today), -days)
        return datetime.combine(day, time.fromisoformat(hour), clockwork.zone)

    yield moment(story.days, story.hour), lambda: _file(story, parent, office)
    for move, who, days, hour, facts in story.steps:
        yield moment(days, hour), lambda m=move, w=who, f=facts: _make(story, m, people[w], f)


def _file(story, parent, office) -> None:
    at = clock.now()
    category = passports.edition_on(story.service, office.today()).categories.get(code=story.category)
    draft = Draft.objects.create(
        user=parent, office=office, service=story.service, language=parent.language,
        created_at=at - timedelta(minutes=12), updated_at=at,
    )  # fmt: skip
    asked = [item.register for item in passports.registers_needed(category)]
    record_consent(
        parent, given=True, purpose="application", scope=asked, method=Consent.Method.WEB, text="…", draft=draft
    )
    for requirement in passports.required_documents(category, story.answers) if story.complete else ():
        attach(draft, requirement.code, sample_paper(requirement.code), by=parent)
    filing = Filing(draft, category, "", story.answers, particulars=story.said)
    signature = keep(parent, Signature.Method.OTP, taking.content(filing), "application", {"demo": True})
    story.case = taking.take(replace(filing, signature=signature))


def _make(story, move, by, facts) -> None:
    if not manifest_of(story.service).move(move).paper:
        story.case = advance(story.case, move, by=by, **facts)
        return
    paper = prepare(story.case, move, by=by, **facts)
    papers.render(paper.pk)
    paper.refresh_from_db()
    papers.sign(paper, by=by, sha256=paper.sha256)
    story.case = advance(story.case, move, by=by, document=paper)
