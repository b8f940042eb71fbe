"""A fictional school and its last spring: the days of the queue, the waiting list, late paper, the order of August."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import partial
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db.models import F

from kazservices import clock
from kazservices.cases.models import Case, Draft
from kazservices.documents import papers
from kazservices.documents.service import attach
from kazservices.flow import counter, filing, sweeps, taking
from kazservices.flow.demo import PASSWORD, known_people, recipient, sample_paper
from kazservices.flow.door import advance, prepare
from kazservices.flow.manifest import Filing
from kazservices.gateways.iin import check_digit
from kazservices.notices.models import Channel, Notice
from kazservices.offices.models import LetterProof, Office, OfficeHours, OfficeOpening, Staff, User
from kazservices.offices.roles import Role
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep
from schools.admission import answers, areas, intake, orders, rounds, seats
from schools.admission.models import AdmissionApplication, Charter, Pool

SINCE = date(2024, 1, 8)
SERVICES = ("admission", "admission_classes", "admission_order")
FIRST_PARENT = 12  # of the people whom the registers know; those before have enough to do elsewhere
DEPARTMENT = {
    "code": "02", "name_kk": "Сарыөзен ауданының білім бөлімі", "name_ru": "Отдел образования Сарыозенского района",
    "territory_kk": "Сарыөзен ауданы", "territory_ru": "Сарыозенский район",
    "address_kk": "Сарыөзен ауылы, Абай көшесі, 14", "address_ru": "село Сарыозен, улица Абая, 14",
    "phone": "+7 7000 00 02 00",
}  # fmt: skip
SCHOOL = {
    "name_kk": "№ 5 «Тұлпар» жалпы білім беретін мектебі", "name_ru": "Общеобразовательная школа № 5 «Тулпар»",
    "territory_kk": "№ 5 мектеп", "territory_ru": "Школа № 5", "address_kk": "Сарыөзен ауылы, Наурыз көшесі, 8",
    "address_ru": "село Сарыозен, улица Наурыз, 8", "phone": "+7 7000 00 25 00",
}  # fmt: skip
CODE = "25"
POSTS = (
    ("head", Role.HEAD, "Рауан Төребаева", "Директор", "Директор"),
    ("academic", Role.ACADEMIC_DEPUTY, "Қарлығаш Мұхтарова", "Оқу ісінің меңгерушісі", "Завуч"),
    ("clerk", Role.CLERK, "Сымбат Әлімжанова", "Іс жүргізуші", "Делопроизводитель"),
    ("clerk2", Role.CLERK, "Гүлзада Ертаева", "Іс жүргізуші", "Делопроизводитель"),
    ("operator", Role.OPERATOR, "Дархан Бейсенов", "Жүйе операторы", "Оператор системы"),
    ("auditor", Role.AUDITOR, "Индира Садықова", "Аудитор", "Аудитор"),
)
AREA = (
    "locality;street;from;to;side;border\n"
    "Сарыөзен | Сарыозен;Наурыз;;;;\n"
    "Сарыөзен | Сарыозен;Абай көшесі | улица Абая;1;40;;\n"
    "Сарыөзен | Сарыозен;Мектеп | Школьная;1;29;odd;\n"
)
HOMES = {True: ("Наурыз көшесі", "12"), False: ("Достық көшесі", "7")}
NAMES = (
    "Айзере Қанатқызы", "Әлинұр Серікұлы", "Томирис Болатқызы", "Ерасыл Нұрланұлы", "Інжу Маратқызы",
    "Нұрислам Өмірұлы", "Дінмұхамед Талғатұлы", "Сезім Арманқызы", "Алихан Дәуренұлы", "Аяла Ержанқызы",
    "Санжар Асқарұлы", "Медина Бақытқызы", "Ислам Ринатұлы", "Раяна Тимурқызы", "Арслан Ерланұлы", "Хадиша Олжасқызы",
    "Мирас Жандосұлы", "Айлин Русланқызы",
)  # fmt: skip


@dataclass
class Story:
    """A child: the working day of the spring, the hour, the side; how it came and what was special."""

    day: int
    hour: str
    local: bool = True
    language: str = "kk"
    paper: bool = False
    complete: bool = True
    late: str = ""
    case: Case | None = field(default=None, compare=False)


STORIES = (
    Story(0, "08:15"), Story(0, "08:16", local=False), Story(0, "09:20", paper=True), Story(0, "11:02"),
    Story(0, "12:40"), Story(0, "16:30", language="ru"), Story(0, "18:45"),
    Story(1, "09:10", local=False), Story(1, "09:32"), Story(1, "10:05", complete=False), Story(1, "14:40"),
    Story(1, "15:12", local=False, language="ru"), Story(1, "17:05"),
    Story(2, "10:20"), Story(2, "11:45", local=False), Story(2, "12:00", paper=True, late="16:50"),
    Story(2, "15:30"), Story(2, "17:40", local=False),
)  # fmt: skip
SEATS = {"kk": 10, "ru": 4}


@dataclass
class Scene:
    """The school with its people, the parents, the spring that is told, the present moment."""

    office: Office
    people: dict[str, User]
    parents: list[User]
    year: int
    now: datetime
    pools: dict[str, Pool] = field(default_factory=dict)

    @property
    def time(self):
        return self.office.time_for("admission")

    def day(self, number: int) -> date:
        """The working days of the spring, from the first day of the window."""
        return self.time.days.add_working(date(self.year, 3, 31), number + 1)


def fill(now, short: bool) -> int:
    """How many applications were told; none when they are there already."""
    office, people = build_school()
    today = office.time_for("admission").local(now).date()
    year = today.year if today >= date(today.year, 4, 8) else today.year - 1
    parents = [recipient(one, n) for n, one in enumerate(known_people()) if n >= FIRST_PARENT]
    scene = Scene(office, people, parents, year, now)
    _open_seats(scene, year + 1, {"kk": 50, "ru": 25})
    if Case.objects.filter(service="admission").exists():
        return 0
    scene.pools = _open_seats(scene, year, SEATS)
    stories = [replace(story) for story in STORIES]
    for at, _order, act in sorted(_events(scene, stories), key=lambda event: event[:2]):
        if at <= now:
            with clock.fixed_at(at):
                act()
    own = Notice.objects.filter(case__office=office, sent_at=None)
    own.exclude(channel=Channel.CABINET).update(sent_at=F("owed_at"))
    return sum(story.case is not None for story in stories)


def build_school() -> tuple[Office, dict]:
    """The department and the school with its people, area and charter; what is there already stays as it is."""
    above = Office.objects.get_or_create(code=DEPARTMENT["code"], defaults=DEPARTMENT)[0]
    known = {**SCHOOL, "superior_body": above, "is_active": True}
    office = Office.objects.get_or_create(code=CODE, defaults=known)[0]
    for service in SERVICES:
        OfficeHours.objects.get_or_create(office=office, service=service, defaults={"schedule": "school"})
    hashed, people = make_password(PASSWORD), {}
    for name, role, full_name, post_kk, post_ru in POSTS:
        person = {"full_name": full_name, "language": "kk", "is_staff": True, "password": hashed}
        people[name] = User.objects.get_or_create(username=f"{name}-{CODE}", defaults=person)[0]
        post = {"since": SINCE, "act": f"№ 7-ж, {SINCE:%d.%m.%Y}", "post_kk": post_kk, "post_ru": post_ru}
        Staff.objects.get_or_create(user=people[name], office=office, role=role, defaults=post)
    _opened(office, people)
    return office, people


def _opened(office, people) -> None:
    at = office.time_for("admission").opening(SINCE)
    proof = {"key": uuid4(), "asked_by": people["operator"], "asked_at": at, "delivered_at": at}
    LetterProof.objects.get_or_create(office=office, user=people["head"], defaults=proof)
    opening = {"opened": True, "by": people["operator"], "at": at}
    OfficeOpening.objects.get_or_create(office=office, defaults=opening)
    charter = {"url": "https://school-5.example/charter", "approved": "№ 112, 14.08.2019"}
    Charter.objects.get_or_create(office=office, defaults=charter)
    if not office.area_editions.exists():
        with clock.fixed_at(at):
            areas.load(office, AREA.encode(), valid_from=SINCE, act="№ 41 қаулы, 08.01.2024", by=people["head"])


def _open_seats(scene, year, wanted) -> dict:
    made = {}
    for language, number in wanted.items():
        known = {"office": scene.office, "year": year, "grade": 1, "language": language}
        found = Pool.objects.filter(**known).first()
        with clock.fixed_at(scene.time.opening(scene.time.days.next_working(date(year, 2, 2)))):
            found = found or seats.open_pool(
                **known, seats=number, by=scene.people["head"], reason="Сыныптар саны туралы № 12 бұйрық"
            )
        made[language] = found
    return made


def _events(scene, stories):
    """(instant, order, act) of the spring, and of August."""
    for number, story in enumerate(stories):
        at = _at(scene, story.day, story.late or story.hour)
        yield at, number, partial(_file, scene, story, number)
    for day in range(1, 7):
        yield _at(scene, day, "09:40"), 0, partial(_late_papers, scene, stories)
        yield _at(scene, day, "10:05"), 0, partial(_rounds, scene)
        yield _at(scene, day, "18:35"), 0, partial(sweeps.run, "moves")
    yield _at(scene, 1, "09:30"), 0, partial(_refuse, stories[4], scene)
    yield _at(scene, 3, "15:00"), 0, partial(_leave, stories[3])
    yield _at(scene, 4, "15:00"), 0, partial(_take_offer, scene)
    yield _at(scene, 4, "15:30"), 0, partial(_leave, stories[0])
    yield _at(scene, 8, "11:00"), 0, partial(_contracts, scene, stories[5:9])
    august = scene.time.days.next_working(date(scene.year, 8, 26))
    yield datetime.combine(august, time(10), scene.time.zone), 0, partial(_order, scene)


def _at(scene, day, hour) -> datetime:
    return datetime.combine(scene.day(day), time.fromisoformat(hour), scene.time.zone)


def _file(scene, story, number) -> None:
    parent = scene.parents[number % len(scene.parents)]
    child = {
        "iin": _iin(number), "relation": "parent", "found": "found", "kin": "confirmed", "full_name": NAMES[number],
        "born": date(scene.year - 6, 1 + number % 12, 3 + number).isoformat(),
    }  # fmt: skip
    street, house = HOMES[story.local]
    said = {
        "child_iin": child["iin"],
        "relation": "parent",
        "language": story.language,
        "locality": "Сарыөзен ауылы",
        "street": street,
        "house": house,
    }
    category = passports.edition_on("admission", scene.office.today()).categories.get(code="CITIZEN")
    story.case = (_brought if story.paper else _sent)(scene, story, parent, category, child=child, said=said)
    _draw(story.case)


def _iin(number: int) -> str:
    """A number that can be, of nobody: the next one when the two passes give no check digit."""
    eleven = next(
        ten for ten in range(20_010_150_000 + number * 10, 20_010_160_000) if check_digit(str(ten)) is not None
    )
    return f"{eleven}{check_digit(str(eleven))}"


def _sent(scene, story, parent, category, *, child, said) -> Case:
    at, answered = clock.now(), {"special_needs": False}
    draft = Draft.objects.create(
        user=parent, office=scene.office, service="admission", language=parent.language, created_at=at, updated_at=at,
        data={"category": category.code, "answers": answered, "particulars": said, intake.KNOWN: child},
    )  # fmt: skip
    wanted = [one.code for one in passports.required_documents(category, answered)]
    for code in wanted if story.complete else wanted[:1]:
        attach(draft, code, sample_paper(code), by=parent)
    made = Filing(draft, category, "", answered, particulars=said)
    signature = keep(parent, Signature.Method.OTP, taking.content(made), "application", {"demo": True})
    return taking.take(replace(made, signature=signature))


def _brought(scene, story, parent, category, *, child, said) -> Case:
    visitor = counter.Brought(full_name=parent.full_name, language=parent.language, iin=parent.iin, phone=parent.phone)
    draft = counter.begin(scene.people["clerk"], scene.office, category, visitor)
    filing.answer(draft, {"special_needs": False})
    filing.fill_in(draft, said)
    draft.data = {**draft.data, intake.KNOWN: child}
    filing.keep(draft)
    counter.note_documents(draft, ("application", "identity", "health_063", "health_026", "photos"))
    case = counter.take_in(filing.progress_of(draft), by=scene.people["clerk"])
    if story.late:
        received_at = _at(scene, story.day, story.hour).isoformat()
        reason = "Өтініш таңертең келді, жүйеге түстен кейін енгізілді."
        case = advance(case, "enter_late", by=scene.people["clerk"], received_at=received_at, reason=reason)
    return case


def _late_papers(scene, stories) -> None:
    """The second person confirms what was entered late, before the round."""
    for story in stories:
        if story.late and story.case is not None:
            case = AdmissionApplication.objects.get(pk=story.case.pk)
            if case.late_entry.confirmed_by is None:
                advance(case, "confirm_late", by=scene.people["clerk2"])


def _rounds(scene) -> None:
    """The head's morning: each language's round is confirmed, its papers read and signed."""
    head = scene.people["head"]
    for pool in scene.pools.values():
        proposal = rounds.proposed(pool)
        if proposal is None or not proposal.is_open(clock.now()):
            continue
        rounds.confirm(pool, by=head, sha256=proposal.sha256)
        for one in answers.unsigned(pool):
            _with_paper(one.case, one.move, head)


def _refuse(story, scene) -> None:
    motive = "026/у-3 нысанды анықтама басқа балаға берілген: құжаттағы деректер анық емес."
    story.case = _with_paper(story.case, "refuse", scene.people["head"], grounds=["1"], motive=motive)


def _leave(story) -> None:
    case = AdmissionApplication.objects.get(pk=story.case.pk)
    advance(case, "withdraw", by=case.applicant.user)


def _take_offer(scene) -> None:
    """The parent of the waiting list takes the freed seat; a new decision follows."""
    for case in AdmissionApplication.objects.filter(office=scene.office, state="offered"):
        move, by = ("accept_offer", case.applicant.user) if case.applicant.user else ("record_acceptance", None)
        taken = advance(case, move, by=by or scene.people["clerk"])
        _with_paper(taken, "admit_from_list", scene.people["head"])


def _contracts(scene, stories) -> None:
    for story in stories:
        case = AdmissionApplication.objects.get(pk=story.case.pk)
        if case.state == "admitted":
            _with_paper(case, "conclude_contract", scene.people["head"])


def _order(scene) -> None:
    """One order a language, the children become pupils by it."""
    for number, pool in enumerate(scene.pools.values(), start=101):
        order = orders.draw_up(pool, by=scene.people["academic"])
        _with_paper(order, "sign_order", scene.people["head"], order_number=f"{number}-о")
    sweeps.run("moves")


def _with_paper(case, move, by, **facts):
    paper = prepare(case, move, by=by, **facts)
    papers.render(paper.pk)
    paper.refresh_from_db()
    papers.sign(paper, by=by, sha256=paper.sha256)
    return advance(case, move, by=by, document=paper)


def _draw(case) -> None:
    for paper in case.papers.all():
        papers.render(paper.pk)
