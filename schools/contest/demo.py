"""A fictional lyceum: the contest of last year to its end and beyond, the one of this year as far as it has come."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kazservices import clock
from kazservices.cases.models import Channel
from kazservices.documents import papers
from kazservices.documents.service import keep_file
from kazservices.flow import counter, door, filing
from kazservices.flow.demo import PASSWORD
from kazservices.flow.door import advance, prepare
from kazservices.flow.manifest import manifest_of
from kazservices.gateways.iin import check_digit
from kazservices.offices.actors import SYSTEM
from kazservices.offices.models import Commission, LetterProof, Office, OfficeHours, OfficeOpening, Staff, User
from kazservices.offices.roles import COMMISSION_ROLES, Role
from kazservices.passports import service as passports
from schools.contest import campaign
from schools.contest.models import ContestApplication, ContestCampaign
from schools.contest.ranking import Olympiad
from schools.contest.states import State
from schools.contest.steps import CSV

SINCE = date(2024, 1, 8)
ABOVE = {
    "code": "04", "name_kk": "Ақдала облысының білім басқармасы",
    "name_ru": "Управление образования Акдалинской области", "territory_kk": "Ақдала облысы",
    "territory_ru": "Акдалинская область", "address_kk": "Ақдала қаласы, Достық көшесі, 3",
    "address_ru": "город Акдала, улица Достык, 3", "phone": "+7 7000 00 04 00",
}  # fmt: skip
LYCEUM = {
    "code": "45", "name_kk": "«Ақдала» мамандандырылған лицей-интернаты",
    "name_ru": "Специализированный лицей-интернат «Акдала»", "territory_kk": "Ақдала облысы",
    "territory_ru": "Акдалинская область", "address_kk": "Ақдала қаласы, Бейбітшілік көшесі, 8",
    "address_ru": "город Акдала, улица Мира, 8", "phone": "+7 7000 00 45 00",
}  # fmt: skip
POSTS = (
    ("head", Role.HEAD, "Ғалия Нұрпейісова"), ("clerk", Role.CLERK, "Әсет Қыдырбаев"),
    ("operator", Role.OPERATOR, "Нұржан Сейілхан"), ("auditor", Role.AUDITOR, "Дина Төлегенова"),
    ("secretary", Role.SECRETARY, "Айжан Бектұрова"), ("chair", Role.CHAIR, "Серік Омарұлы"),
    ("member1", Role.MEMBER, "Ботагөз Рысбекова"), ("member2", Role.MEMBER, "Ермек Сұлтанов"),
    ("member3", Role.MEMBER, "Лариса Вебер"), ("member4", Role.MEMBER, "Тимур Ахметов"),
    ("member5", Role.MEMBER, "Шынар Әділова"), ("member6", Role.MEMBER, "Олег Ким"),
)  # fmt: skip
#: Name, class, (right, wrong) or nothing for who did not come, diploma, "Myng bala".
CHILDREN = (
    ("Айдын Серік", 7, (61, 9), Olympiad.WINNER, False), ("Мөлдір Қанат", 7, (58, 12), Olympiad.NONE, False),
    ("Данияр Асқар", 7, (58, 12), Olympiad.PRIZE, False), ("Аяла Ержан", 7, (55, 10), Olympiad.NONE, False),
    ("Никита Савин", 7, (52, 18), Olympiad.NONE, False), ("Томирис Бақыт", 7, (49, 9), Olympiad.NONE, False),
    ("Алихан Мұрат", 7, (47, 20), Olympiad.NONE, False), ("Інжу Талғат", 7, (44, 11), Olympiad.NONE, False),
    ("Сұңқар Дәулет", 7, (41, 25), Olympiad.NONE, False), ("Жанель Нұрлан", 7, (38, 20), Olympiad.NONE, False),
    ("Бекнұр Самат", 7, (30, 15), Olympiad.NONE, True), ("Арсен Пак", 7, None, Olympiad.NONE, False),
    ("Кәусар Еділ", 5, (33, 5), Olympiad.NONE, False), ("Ислам Руслан", 5, (30, 6), Olympiad.NONE, False),
    ("София Лим", 5, (25, 11), Olympiad.NONE, False),
)  # fmt: skip
PLACES = {"7": 10, "5": 2}
WAIT = 3
OWN = "number;name;points\nД-1;Олжас Мейрам;88\nД-2;Дана Ғалым;79\nД-3;Артём Юн;74\n"


def fill(now, short: bool) -> int:
    """How many applications were told; none when they are there already."""
    school, people = build_lyceum()
    if ContestCampaign.objects.filter(office=school).exists():
        return 0
    acts = []
    for year in (now.year - 1, now.year):
        acts += _Year(school, people, year, now).acts()
    for at, act in acts:
        if at <= now:
            with clock.fixed_at(at):
                act()
    return ContestApplication.objects.filter(office=school).count()


def build_lyceum() -> tuple[Office, dict[str, User]]:
    """The lyceum with its commission of seven; what is already there stays as it is."""
    above = Office.objects.get_or_create(code=ABOVE["code"], defaults=ABOVE)[0]
    known = {**LYCEUM, "superior_body": above, "is_active": True}
    school = Office.objects.get_or_create(code=LYCEUM["code"], defaults=known)[0]
    for service in (ContestCampaign.service_code, ContestApplication.service_code):
        OfficeHours.objects.get_or_create(office=school, service=service, defaults={"schedule": "school"})
    people = _people(school)
    at = school.time_for(ContestCampaign.service_code).opening(SINCE)
    proof = {"key": uuid4(), "asked_by": people["operator"], "asked_at": at, "delivered_at": at}
    LetterProof.objects.get_or_create(office=school, user=people["head"], defaults=proof)
    opened = {"opened": True, "by": people["operator"], "at": at}
    OfficeOpening.objects.get_or_create(office=school, defaults=opened)
    return school, people


def _people(school) -> dict[str, User]:
    order = {"order_date": SINCE, "since": SINCE}
    seats = Commission.objects.get_or_create(office=school, order_number="7-Д", defaults=order)[0]
    hashed, people = make_password(PASSWORD), {}
    for name, role, full_name in POSTS:
        known = {"full_name": full_name, "language": "kk", "is_staff": True, "password": hashed}
        people[name] = User.objects.get_or_create(username=f"{name}-{school.code}", defaults=known)[0]
        commission = seats if role in COMMISSION_ROLES else None
        post = {"since": SINCE, "act": f"№ 7-Д, {SINCE:%d.%m.%Y}", "commission": commission}
        Staff.objects.get_or_create(user=people[name], office=school, role=role, defaults=post)
    return people


class _Year:
    """The contest of one year: what happened when, and by whom."""

    def __init__(self, school, people, year, now):
        self.school, self.people, self.year = school, people, year
        self.time = school.time_for(ContestCampaign.service_code)
        self.is_open = now < self._at(4, 2, 10)

    def acts(self) -> list[tuple[datetime, object]]:
        return list(self._acts())

    def _acts(self) -> Iterator[tuple]:
        yield self._at(2, 3, 9), self.begin
        yield self._at(2, 17, 11), partial(self.make, "head", "set_places", places=PLACES)
        yield self._at(2, 20, 10), partial(self.make, "head", "appoint_responsible", person=self.people["clerk"].pk)
        for number, child in enumerate(CHILDREN):
            yield self._at(3, 4 + number // 3, 10 + number % 3), partial(self.take_in, number, child)
        yield self._at(4, 2, 10), partial(self.make, "clerk", "send_register")
        yield self._at(4, 8, 11), self.schedule
        yield self._at(4, 8, 12), self.go_on
        came = self._at(4, 20, 15).isoformat()
        how = {"brought_by": "Р. Жақсылықов", "packages": 2, "seals_whole": True}
        yield self._at(4, 20, 16), partial(self.make, "clerk", "receive_materials", received_at=came, **how)
        yield (
            self._at(4, 20, 17),
            partial(
                self.make, "clerk", "check_rooms", building=True, rooms=True, entrance=True, sound=True, equipment=True
            ),
        )
        yield self._at(4, 21, 14), self.go_on
        yield self._at(4, 21, 16), self.scores
        yield self._at(4, 22, 10), partial(self.make, "chair", "issue_protocol")
        yield self._at(4, 22, 11), self.go_on
        yield self._at(4, 29, 10), partial(self.make, "head", "order_enrolment")
        yield self._at(4, 29, 11), partial(self.make, "head", "order_reserve")
        yield self._at(4, 29, 12), self.go_on
        yield self._at(8, 20, 11), self.own
        yield self._at(10, 6, 10), partial(self.make, "clerk", "free_place", grade=5, reason="Отбасы көшіп кетті.")
        yield self._at(10, 7, 10), partial(self.make, "head", "promote", grade=5)
        yield self._at(10, 7, 11), self.go_on

    def _at(self, month, day, hour) -> datetime:
        return datetime.combine(date(self.year, month, day), time(hour), self.time.zone)

    @property
    def case(self) -> ContestCampaign:
        return ContestCampaign.objects.get(office=self.school, year=self.year)

    def begin(self):
        """As the sweep would have begun it."""
        for case in campaign.begins(clock.now()):
            with transaction.atomic():
                door.begin(case, by=SYSTEM, at=clock.now())

    def make(self, who, move, **facts):
        case, by = self.case, self.people[who]
        if not manifest_of(case.service).move(move).paper:
            advance(case, move, by=by, **facts)
            return
        paper = prepare(case, move, by=by, **facts)
        papers.render(paper.pk)
        paper.refresh_from_db()
        papers.sign(paper, by=by, sha256=paper.sha256)
        advance(case, move, by=by, document=paper)

    def take_in(self, number, child):
        """On paper, at the counter: the clerk enters whoever is complete."""
        name, grade, _score, olympiad, in_quota = child
        clerk = self.people["clerk"]
        day = self.time.local(clock.now()).date()
        category = passports.edition_on(ContestApplication.service_code, day).categories.get(code=f"CLASS_{grade}")
        said = counter.Brought(name, "kk", iin=_iin(self.year, number), birth_date=date(self.year - 12, 5, 1 + number))
        draft = counter.begin(clerk, self.school, category, said)
        answers = {"has_diploma": olympiad != Olympiad.NONE or in_quota}
        filing.answer(draft, answers)
        filing.fill_in(draft, {"study_language": "kk", "email": f"child{number}.{self.year}@example.kz"})
        asked = passports.required_documents(category, answers, Channel.OFFICE)
        brought = asked[:1] if self.is_open and number == len(CHILDREN) - 1 else asked
        counter.note_documents(draft, [row.code for row in brought])
        counter.note_consent(filing.progress_of(draft), given=True)
        case = counter.take_in(filing.progress_of(draft), by=clerk)
        papers.render_waiting()
        if not self._unfinished(number):
            advance(case, "enter_register", by=clerk, olympiad=int(olympiad), in_quota=in_quota)

    def _unfinished(self, number) -> bool:
        """While documents are taken in, the last three of the children wait; the last of all lacks papers."""
        return self.is_open and number >= len(CHILDREN) - WAIT

    def schedule(self):
        place = "Бас ғимарат, 12-кабинет"
        rows = [{"grade": grade, "at": self._at(4, 21, 10).isoformat(), "place": place} for grade in (7, 5)]
        self.make("clerk", "publish_schedule", sittings=rows)

    def scores(self):
        known = dict(self.case.applications.filter(state=State.INVITED).values_list("applicant__full_name", "number"))
        lines = [
            f"{known[name]};{score[0]};{score[1]};{4 * score[0] - score[1]}"
            for name, _grade, score, *_rest in CHILDREN
            if score and name in known
        ]
        content = "\n".join(["number;right;wrong;total", *lines]).encode()
        self.make("secretary", "import_scores", file=self._kept("scores", content, "secretary"))

    def own(self):
        file = self._kept("own_selection", OWN.encode(), "head")
        self.make("head", "select_own", grade=9, capacity=24, studying=22, places=2, file=file)

    def _kept(self, code, content, who) -> int:
        return keep_file(self.case, code, f"{code}.csv", content, content_type=CSV, by=self.people[who]).pk

    def go_on(self):
        """As the sweep would have gone on: what a campaign has decided reaches its candidates."""
        for service in (ContestCampaign.service_code, ContestApplication.service_code):
            manifest = manifest_of(service)
            for key, move in list(manifest.due_moves(clock.now())):
                advance(manifest.model.objects.get(pk=key), move, by=SYSTEM)


def _iin(year, number) -> str:
    """A number that passes the check and belongs to nobody."""
    starts = (f"{(year - 12) % 100:02}05{1 + number:02}6{serial:04}" for serial in range(4000 + number, 9999))
    return next(f"{start}{digit}" for start in starts if (digit := check_digit(start)) is not None)
