"""Two fictional schools and their last days: transfers by the portal and on paper, in time and late; the counter."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db.models import F

from kazservices import clock
from kazservices.cases.models import Case, Draft
from kazservices.counter import service as tickets
from kazservices.documents import papers
from kazservices.documents.service import attach
from kazservices.flow import counter, filing, sweeps, taking
from kazservices.flow.demo import PASSWORD, known_people, recipient, sample_paper
from kazservices.flow.door import advance, prepare
from kazservices.flow.handing import Received, hand_over
from kazservices.flow.manifest import Filing
from kazservices.gateways.standin import FAMILIES
from kazservices.notices.models import Channel, Notice
from kazservices.offices.models import LetterProof, Office, OfficeHours, OfficeOpening, Staff, User
from kazservices.offices.roles import Role
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep
from schools.transfer.models import SchoolClass

SINCE = date(2024, 1, 8)
JUST_NOW = timedelta(minutes=7)
PARENTS = (1, 2, 3)  # of the families that the registers know; the first one is left to who tries the product
DEPARTMENT = {
    "code": "02", "name_kk": "Сарыөзен ауданының білім бөлімі", "name_ru": "Отдел образования Сарыозенского района",
    "territory_kk": "Сарыөзен ауданы", "territory_ru": "Сарыозенский район",
    "address_kk": "Сарыөзен ауылы, Абай көшесі, 14", "address_ru": "село Сарыозен, улица Абая, 14",
    "phone": "+7 7000 00 02 00",
}  # fmt: skip
SCHOOLS = (
    ("21", "№ 21 «Болашақ» жалпы білім беретін мектебі", "Общеобразовательная школа № 21 «Болашак»", "Абай көшесі, 40",
     "улица Абая, 40"),
    ("22", "№ 22 «Дарын» жалпы білім беретін мектебі", "Общеобразовательная школа № 22 «Дарын»", "Мектеп көшесі, 3",
     "улица Школьная, 3"),
)  # fmt: skip
POSTS = (
    ("clerk", Role.CLERK, "Меруерт Сағынова", "Ақмарал Жұмағалиева", "Іс жүргізуші", "Делопроизводитель"),
    ("head", Role.HEAD, "Бауыржан Ерғалиев", "Светлана Пак", "Директор", "Директор"),
    ("academic", Role.ACADEMIC_DEPUTY, "Зәуре Қасымова", "Ольга Ким", "Оқу ісінің меңгерушісі", "Завуч"),
    ("operator", Role.OPERATOR, "Олжас Төлеген", "Игорь Ли", "Жүйе операторы", "Оператор системы"),
    ("auditor", Role.AUDITOR, "Дәмелі Рахым", "Дәмелі Рахым", "Аудитор", "Аудитор"),
)
CLASSES = ((3, "А", "kk", 24, 22), (5, "А", "kk", 25, 21), (5, "Ә", "kk", 25, 25), (5, "Б", "ru", 24, 20),
           (8, "А", "kk", 26, 26), (8, "Б", "ru", 25, 23))  # fmt: skip
RECEIVED = Received("person", "Жұмабекова Айнұр", "041000777")


@dataclass
class School:
    office: Office
    people: dict[str, User]


@dataclass
class Scene:
    """The school that takes children in, the one that they leave, the parents, and the present moment."""

    receiving: School
    leaving: School
    parents: list[User]
    now: datetime

    @property
    def time(self):
        return self.receiving.office.time_for("transfer")

    @property
    def today(self) -> date:
        return self.time.local(self.now).date()

    def person(self, who: str, parent: User) -> User:
        known = {"parent": parent, "leaving": self.leaving.people["clerk"]}
        return known.get(who) or self.receiving.people[who]


@dataclass
class Story:
    """A transfer, by the working days before today and the hours of its events."""

    days: int
    hour: str
    child: str
    grade: int
    language: str
    steps: tuple = ()
    paper: bool = False
    complete: bool = True
    case: Case | None = field(default=None, compare=False)


STORIES = (
    Story(5, "10:05", "Серікбай Аружан", 5, "kk", (("admit", "head", "10:21"), ("confirm_coupon", "leaving", "11:40"))),
    Story(4, "12:50", "Пак Денис", 8, "ru", (("admit", "academic", "14:41"),)),
    Story(4, "11:00", "Төлеубек Дамир", 8, "kk", (("refuse_full", "head", "11:22"),)),
    Story(3, "09:40", "Жұмабек Айым", 3, "kk", (("admit", "clerk", "09:55"), ("hand", "clerk", "16:10")), paper=True),
    Story(3, "15:00", "Нұрлан Алихан", 5, "kk", (("admit", "head", "15:44"),)),
    Story(2, "10:10", "Қайрат Мадина", 5, "kk", (("deny_coupon", "leaving", "10:20"),
                                                 ("refuse_coupon", "head", "10:34"))),
    Story(2, "18:50", "Ким Полина", 5, "ru", (("admit", "head", "+09:12"), ("confirm_coupon", "leaving", "+10:02"))),
    Story(2, "11:30", "Оспан Ерасыл", 3, "kk", (), complete=False),
    Story(1, "10:30", "Әбдіғали Томирис", 8, "ru", (("admit", "clerk", "10:48"),), paper=True),
    Story(1, "14:35", "Бекзат Нұрай", 5, "kk", (("withdraw", "parent", "14:50"),)),
    Story(1, "18:45", "Сәрсен Әмір", 5, "kk"),
    Story(0, "now", "Ахмет Раяна", 5, "ru"),
)  # fmt: skip


def fill(now, short: bool) -> int:
    """How many transfers were told; none when they are there already."""
    scene = Scene(
        *build_schools(), [recipient(one, n) for n, one in enumerate(known_people(FAMILIES)) if n in PARENTS], now
    )
    if Case.objects.filter(service="transfer").exists():
        return 0
    stories = [replace(story) for story in STORIES]
    acts = [act for number, story in enumerate(stories) for act in _events(story, number, scene)]
    acts += list(_counter(scene))
    for at, _order, act in sorted(acts, key=lambda event: event[:2]):
        if at <= now:
            with clock.fixed_at(at):
                act()
    own = Notice.objects.filter(case__service="transfer", sent_at=None)
    own.exclude(channel=Channel.CABINET).update(sent_at=F("owed_at"))
    return sum(story.case is not None for story in stories)


def build_schools() -> list[School]:
    """The department, two schools with their people and classes; those already there stay as they are."""
    hashed = make_password(PASSWORD)
    above = Office.objects.get_or_create(code=DEPARTMENT["code"], defaults=DEPARTMENT)[0]
    found = []
    for column, (code, kk, ru, street_kk, street_ru) in enumerate(SCHOOLS):
        known = {
            "name_kk": kk, "name_ru": ru, "territory_kk": "Сарыөзен ауылы", "territory_ru": "село Сарыозен",
            "address_kk": f"Сарыөзен ауылы, {street_kk}", "address_ru": f"село Сарыозен, {street_ru}",
            "phone": f"+7 7000 00 {code} 00", "superior_body": above, "is_active": True,
        }  # fmt: skip
        office = Office.objects.get_or_create(code=code, defaults=known)[0]
        OfficeHours.objects.get_or_create(office=office, service="transfer", defaults={"schedule": "school"})
        school = School(office, _people(office, column, hashed))
        _opened(school)
        _classes(school)
        found.append(school)
    return found


def _people(office, column, hashed) -> dict[str, User]:
    people = {}
    for name, role, *rest in POSTS:
        login = f"{name}-{office.code}"
        known = {"full_name": rest[column], "language": ("kk", "ru")[column], "is_staff": True, "password": hashed}
        people[name] = User.objects.get_or_create(username=login, defaults=known)[0]
        post = {"since": SINCE, "act": f"№ 7-ж, {SINCE:%d.%m.%Y}", "post_kk": rest[2], "post_ru": rest[3]}
        Staff.objects.get_or_create(user=people[name], office=office, role=role, defaults=post)
    return people


def _opened(school) -> None:
    at = school.office.time_for("transfer").opening(SINCE)
    operator = school.people["operator"]
    proof = {"key": uuid4(), "asked_by": operator, "asked_at": at, "delivered_at": at}
    LetterProof.objects.get_or_create(office=school.office, user=school.people["head"], defaults=proof)
    OfficeOpening.objects.get_or_create(office=school.office, defaults={"opened": True, "by": operator, "at": at})


def _classes(school) -> None:
    at = school.office.time_for("transfer").opening(SINCE)
    for grade, letter, language, capacity, enrolled in CLASSES:
        known = {"language": language, "capacity": capacity, "enrolled": enrolled, "changed_at": at,
                 "changed_by": school.people["head"]}  # fmt: skip
        SchoolClass.objects.get_or_create(office=school.office, grade=grade, letter=letter, defaults=known)


def _events(story, number, scene):
    """(instant, order, act) of each event of a story."""
    time = scene.time
    day = time.days.add_working(scene.today, -story.days)
    parent = scene.parents[number % len(scene.parents)]
    filed_at = scene.now - JUST_NOW if story.hour == "now" else _at(time, day, story.hour)
    yield filed_at, number, partial(_file, story, number, scene, parent)
    for move, who, hour in story.steps:
        on = time.days.add_working(day, 1) if hour.startswith("+") else day
        act = partial(_make, story, move, scene.person(who, parent))
        yield _at(time, on, hour.removeprefix("+")), number, act


def _at(office_time, day, hour) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), office_time.zone)


def _file(story, number, scene, parent) -> None:
    receiving, leaving = scene.receiving, scene.leaving
    category = passports.edition_on("transfer", receiving.office.today()).categories.get()
    given_on = receiving.office.today() - timedelta(days=4)
    said = {
        "child_name": story.child, "child_birth": date(2026 - 6 - story.grade, 3, 1 + number).isoformat(),
        "grade": story.grade, "language": story.language, "leaving_school": leaving.office.code,
        "coupon_number": f"Т-{100 + number}", "coupon_date": given_on.isoformat(),
    }  # fmt: skip
    story.case = (_brought if story.paper else _sent)(story, said, category, receiving, parent)
    _draw(story.case)


def _sent(story, said, category, school, parent) -> Case:
    at = clock.now()
    draft = Draft.objects.create(
        user=parent, office=school.office, service="transfer", language=parent.language, created_at=at, updated_at=at,
        data={"category": category.code, "particulars": said},
    )  # fmt: skip
    if story.complete:
        attach(draft, "coupon_copy", sample_paper("coupon_copy"), by=parent)
    made = Filing(draft, category, "", {}, particulars=said)
    signature = keep(parent, Signature.Method.OTP, taking.content(made), "application", {"demo": True})
    return taking.take(replace(made, signature=signature))


def _brought(story, said, category, school, parent) -> Case:
    visitor = counter.Brought(full_name=parent.full_name, language=parent.language, iin=parent.iin, phone=parent.phone)
    draft = counter.begin(school.people["clerk"], school.office, category, visitor)
    filing.fill_in(draft, said)
    counter.note_documents(draft, ("application", "identity_document", "coupon"))
    called = counter.tickets_for(draft).first()
    counter.note_ticket(draft, called and called.pk)
    return counter.take_in(filing.progress_of(draft), by=school.people["clerk"])


def _make(story, move, by) -> None:
    case, signed = story.case, {"signed_by": by.pk}
    match move:
        case "admit":
            found = SchoolClass.objects.for_child(case.office, case.grade, case.study_language).with_a_seat()
            story.case = _with_paper(case, "admit", by, school_class=found.first().pk, **signed)
        case "refuse_full":
            story.case = _with_paper(
                case, "refuse", by, grounds=["3"], motive="8-сыныптың қазақ тіліндегі орындары толы.", **signed
            )
        case "refuse_coupon":
            said = {"grounds": ["1"], "rests_on": ["denied_coupon"], "motive": "Бұрынғы мектеп талонды растамады."}
            story.case = _with_paper(case, "refuse", by, **said, **signed)
        case "deny_coupon":
            story.case = advance(case, move, by=by, note="Бұл нөмірлі талон басқа балаға берілген.")
        case "hand":
            hand_over(case.papers.get(kind="transfer_receipt"), by=by, said=RECEIVED)
        case _:
            story.case = advance(case, move, by=by)
    sweeps.run("breaches")


def _with_paper(case, move, by, **facts):
    paper = prepare(case, move, by=by, **facts)
    papers.render(paper.pk)
    paper.refresh_from_db()
    papers.sign(paper, by=by, sha256=paper.sha256)
    return advance(case, move, by=by, document=paper)


def _draw(case) -> None:
    for paper in case.papers.all():
        papers.render(paper.pk)


#: Came, was called and went, on each of the last days: within the minutes, longer than promised, and gone unserved.
VISITS = (("09:10", "09:14", "09:26"), ("09:20", "09:38", "09:52"), ("11:02", "11:09", "11:41"),
          ("12:48", "14:34", "14:50"), ("15:15", "", "15:28"), ("16:40", "16:46", "16:58"))  # fmt: skip


def _counter(scene):
    """The tickets of the last days."""
    school, office_time, today = scene.receiving, scene.time, scene.today
    for back in range(5, 0, -1):
        day = office_time.days.add_working(today, -back)
        for order, (came, called, went) in enumerate(VISITS):
            visit: dict = {}
            clerk = school.people["clerk"]
            yield _at(office_time, day, came), 100 + order, partial(_come, visit, school, clerk)
            if called:
                yield _at(office_time, day, called), 100 + order, partial(_call, visit, clerk)
            yield _at(office_time, day, went), 200 + order, partial(_go, visit, clerk, left=not called)


def _come(visit, school, clerk) -> None:
    visit["ticket"] = tickets.issue(school.office, "transfer", by=clerk)


def _call(visit, clerk) -> None:
    visit["ticket"] = tickets.call(visit["ticket"], by=clerk)


def _go(visit, clerk, *, left) -> None:
    tickets.end(visit["ticket"], by=clerk, left=left)
