"""Some complaints in each of their states, and the bodies that consider them: all fictional."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db.models import F

from complaints.bundles import making
from complaints.models import Complaint
from kazservices import clock
from kazservices.cases.models import Applicant, Case, Draft
from kazservices.documents import papers
from kazservices.flow import sweeps, taking
from kazservices.flow.demo import PASSWORD, known_people, recipient
from kazservices.flow.door import advance, prepare
from kazservices.flow.manifest import Filing, manifest_of
from kazservices.notices.models import Channel, Notice
from kazservices.offices.models import LetterProof, Office, OfficeHours, OfficeOpening, Staff, User
from kazservices.offices.roles import Role
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep

SINCE = date(2024, 1, 8)
OFFICE, REGION, SCHOOL = "03", "01", "21"
ABOVE = {
    "code": "00", "name_kk": "Өңірлік даму министрлігі", "name_ru": "Министерство регионального развития",
    "territory_kk": "Қазақстан Республикасы", "territory_ru": "Республика Казахстан", "kind": "central_body",
}  # fmt: skip
QUALITY = {
    "code": "09", "name_kk": "Ақдала облысы бойынша қызметтер сапасы департаменті",
    "name_ru": "Департамент качества услуг по Акдалинской области", "territory_kk": "Ақдала облысы",
    "territory_ru": "Акдалинская область", "address_kk": "Ақдала қаласы, Достық көшесі, 7",
    "address_ru": "город Акдала, улица Достык, 7", "phone": "+7 7000 00 09 00", "kind": "quality",
}  # fmt: skip
POSTS = (
    ("clerk", Role.CLERK, "Гүлнұр Сейтқали", "Іс жүргізуші", "Делопроизводитель"),
    ("head", Role.HEAD, "Марат Досжанов", "Облыс әкімінің орынбасары", "Заместитель акима области"),
    ("operator", Role.OPERATOR, "Ержан Ахметов", "Жүйе операторы", "Оператор системы"),
)
UPHELD = {"motive": "Ұсынылған анықтама жарамды болған.", "ordered": "Өтінішті заң мерзімінде қайта қарау."}


@dataclass
class Story:
    """A complaint: by whom, how many working days before today, on what, and what was done."""

    days: int
    hour: str
    text: str
    demand: str
    #: (move, who, working days before today, hour, facts); "body:" before a name: of the case at the body.
    steps: tuple = ()
    office: str = OFFICE
    subject: str = "omission"
    refused: bool = False
    addressee: str = ""
    paper: bool = False
    case: Complaint | None = field(default=None, compare=False)


STORIES = (
    Story(12, "10:20", "Анықтама уақытында берілген, бас тарту негізсіз.", "Бас тартудың күшін жойып, қайта қарау.", (
        ("forward", "clerk", 10, "15:40", {}),
        ("body:take_up", "body:clerk", 10, "16:30", {}),
        ("body:satisfy", "body:head", 6, "11:15", {**UPHELD, "within": 15, "reopen": True}),
    ), subject="decision", refused=True),
    Story(9, "11:05", "Өтінішке уақытында жауап берілмеді.", "Жауап беру.", (
        ("grant_in_full", "head", 8, "12:30", {"granted": "Жауап берілді, кешіктірген қызметкерге ескерту жасалды."}),
    )),
    Story(8, "16:10", "Кеңседе сұраққа жауап бермеді.", "Тексеру жүргізу.", (
        ("forward", "clerk", 6, "10:05", {}),
        ("confirm_registration", "clerk", 5, "09:40", {"number": "ЖТ-Д-214", "registered_on": ""}),
    ), subject="act", addressee="quality"),
    Story(6, "14:45", "Мектеп құжаттарды қабылдағысы келмеді.", "Құжаттарды қабылдау.", (
        ("forward", "clerk", 4, "17:20", {}),
    ), office=SCHOOL, subject="act"),
    Story(5, "09:30", "Мерзімі туралы қате мәлімет берілді.", "Мерзімді түзетіп, кешірім сұрау.", (
        ("grant_in_part", "head", 4, "11:00", {"granted": "Мерзім туралы мәлімет түзетілді."}),
        ("forward", "clerk", 3, "16:00", {}),
        ("body:take_up", "body:clerk", 3, "17:10", {}),
    ), subject="act"),
    Story(1, "18:50", "Шешім шығарылмай жатыр.", "Өтінішті қарау."),
    Story(0, "09:35", "Қызметкер дөрекі сөйледі.", "Шара қолдану.", subject="act", paper=True),
)  # fmt: skip


@dataclass
class Scene:
    """Who acts at the office complained of and at the body above it, and the present moment."""

    office: Office
    now: datetime

    def person(self, who: str, case) -> User:
        role = who.removeprefix("body:")
        office = case.considered_by if who.startswith("body:") else case.office
        return Staff.objects.filter(office=office, role=role).order_by("pk").first().user

    def moment(self, days: int, hour: str) -> datetime:
        time_of = self.office.time_for("complaint")
        today = time_of.days.previous_working(time_of.local(self.now).date())
        return datetime.combine(time_of.days.add_working(today, -days), time.fromisoformat(hour), time_of.zone)


def fill(now, short: bool) -> int:
    """How many complaints were told; none when they are there already, or when there is nobody to complain of."""
    office = Office.objects.filter(code=OFFICE).first()
    if office is None or Complaint.objects.exists():
        return 0
    build_bodies()
    scene, stories = Scene(office, now), [replace(story) for story in STORIES]
    acts = [act for number, story in enumerate(stories) for act in _events(story, number, scene)]
    for at, act in sorted(acts, key=lambda event: event[0]):
        if at <= now:
            with clock.fixed_at(at):
                act()
    told = Notice.objects.filter(case__service="complaint", sent_at=None).exclude(channel=Channel.CABINET)
    told.update(sent_at=F("owed_at"))
    return sum(story.case is not None for story in stories)


def build_bodies() -> None:
    """The akimat of the region works with the program; the authority for quality does not."""
    ministry = Office.objects.get_or_create(code=ABOVE["code"], defaults=ABOVE)[0]
    quality = Office.objects.get_or_create(code=QUALITY["code"], defaults=QUALITY)[0]
    region = Office.objects.get(code=REGION)
    Office.objects.filter(pk=region.pk).update(
        kind="local_body", superior_body=ministry, quality_authority=quality, is_active=True
    )
    OfficeHours.objects.get_or_create(office=region, service="complaint", defaults={"schedule": "akimat"})
    hashed, people = make_password(PASSWORD), {}
    for name, role, full_name, kk, ru in POSTS:
        known = {"full_name": full_name, "language": "kk", "is_staff": True, "password": hashed}
        people[name] = User.objects.get_or_create(username=f"{name}-{REGION}", defaults=known)[0]
        post = {"since": SINCE, "act": f"№ 2-К, {SINCE:%d.%m.%Y}", "post_kk": kk, "post_ru": ru}
        Staff.objects.get_or_create(user=people[name], office=region, role=role, defaults=post)
    at = datetime.combine(SINCE, time(10), region.time_for("complaint").zone)
    proof = {"key": uuid4(), "asked_by": people["operator"], "asked_at": at, "delivered_at": at}
    LetterProof.objects.get_or_create(office=region, user=people["head"], defaults=proof)
    OfficeOpening.objects.get_or_create(office=region, defaults={"opened": True, "by": people["operator"], "at": at})


def _events(story: Story, number: int, scene: Scene):
    """(instant, act) of the complaint and of each of its steps."""
    filed = scene.moment(story.days, story.hour)
    about = _refused(scene.office, filed) if story.refused else None
    if story.refused and about is None:
        return
    user = about.applicant.user if about else recipient(known_people()[-1 - number], number)
    office = Office.objects.filter(code=story.office).first()
    if office is None:
        return
    yield filed, lambda: _file(story, user, office, about)
    for name, who, days, hour, facts in story.steps:
        yield scene.moment(days, hour), _step(story, name, who, facts, scene)


def _refused(office, before) -> Case | None:
    """The newest refusal of a deferral that its applicant may complain about."""
    found = Case.objects.filter(office=office, service="deferral", status="refused", decided_at__lt=before)
    return found.filter(applicant__user__isnull=False, representation=None).order_by("-decided_at").first()


def _file(story, user, office, about) -> None:
    at, chosen = clock.now(), passports.edition_on("complaint", office.today()).categories.get(code="PROVIDER")
    writer = Staff.objects.filter(office=office, role=Role.CLERK).first().user if story.paper else user
    how = {"channel": "office", "recipient": _brought(user)} if story.paper else {}
    draft = Draft.objects.create(
        user=writer, office=office, service="complaint", language=user.language, created_at=at - timedelta(minutes=9),
        updated_at=at, **how,
    )  # fmt: skip
    said = {"subject": story.subject, "text": story.text, "demand": story.demand}
    said |= {"about": about.number} if about else {}
    said |= {"addressee": story.addressee} if story.addressee else {}
    filing = Filing(draft, chosen, "", {}, particulars=said)
    method = Signature.Method.PAPER if story.paper else Signature.Method.OTP
    signature = keep(writer, method, taking.content(filing), "complaint", {"demo": True})
    story.case = taking.take(replace(filing, signature=signature))
    papers.render_waiting()


def _brought(user) -> Applicant:
    """Whoever brings it on paper."""
    said = {name: getattr(user, name) for name in ("full_name", "birth_date", "phone", "language")}
    return Applicant.objects.get_or_create(iin=user.iin, defaults={"user": user, **said})[0]


def _step(story, name, who, facts, scene) -> Callable:
    def act():
        case = story.case.at_the_body if name.startswith("body:") else story.case
        move, by = name.removeprefix("body:"), scene.person(who, case)
        if "registered_on" in facts:
            facts["registered_on"] = case.office.today().isoformat()
        if move == "forward":
            sweeps.run_errands()
            making.make_waiting()
        made = _make(case, move, by, facts)
        if case == story.case:
            story.case = made

    return act


def _make(case, move, by, facts):
    """A move; one with a paper is signed by whoever makes it."""
    if not manifest_of("complaint").move(move).paper:
        return advance(case, move, by=by, **facts)
    paper = prepare(case, move, by=by, **facts, signed_by=by.pk)
    papers.render(paper.pk)
    paper.refresh_from_db()
    papers.sign(paper, by=by, sha256=paper.sha256)
    return advance(case, move, by=by, document=paper)
