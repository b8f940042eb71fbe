"""A small world for tests: one office with its commission, a superior body, a recipient, his application."""

import io
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kazservices import clock
from kazservices.cases import representation
from kazservices.cases.models import Draft, Representation
from kazservices.documents import papers
from kazservices.documents.service import attach
from kazservices.flow.door import advance, prepare
from kazservices.flow.manifest import Filing, manifest_of
from kazservices.flow.taking import content
from kazservices.flow.taking import take as file_application
from kazservices.gateways.models import Consent
from kazservices.gateways.service import record_consent
from kazservices.offices.models import Commission, LetterProof, Office, OfficeHours, Staff, User
from kazservices.offices.roles import COMMISSION_ROLES, Role
from kazservices.offices.service import holders, roles_of
from kazservices.passports import service as passports
from kazservices.passports.models import CallUpAct
from kazservices.signing.models import Signature
from kazservices.signing.service import keep

ALMATY = ZoneInfo("Asia/Almaty")
SINCE = date(2022, 1, 1)
SERVICES = ("deferral", "exemption")
REGISTERS = ("identity", "births", "marriage", "spouse_death")


@dataclass
class Place:
    """An office with one person in each role (three members)."""

    office: Office
    staff: dict = field(default_factory=dict)

    def __getattr__(self, role):
        try:
            return self.staff[role]
        except KeyError:
            raise AttributeError(role) from None


def build_place(code="03", name="Сарыөзен ауданының әкімдігі") -> Place:
    """An active akimat with commission, clerk, head, auditor and operator."""
    superior, _ = Office.objects.get_or_create(
        code="01",
        defaults={
            "name_kk": "Облыс әкімдігі",
            "name_ru": "Акимат области",
            "territory_kk": "Облыс",
            "territory_ru": "Область",
        },
    )
    office = Office.objects.create(
        code=code,
        name_kk=name,
        name_ru=f"Акимат, {code}",
        territory_kk="Сарыөзен ауданы",
        territory_ru="Сарыозенский район",
        address_kk="Аудан әкімдігі, 214-кабинет",
        address_ru="Акимат района, кабинет 214",
        phone="+7 7000 00 00 00",
        superior_body=superior,
        is_active=True,
    )
    for service in SERVICES:
        OfficeHours.objects.create(office=office, service=service, schedule="akimat")
    commission = Commission.objects.create(office=office, order_number="12", order_date=SINCE, since=SINCE)
    place = Place(office)
    roles = {role.value: role for role in Role if role is not Role.MEMBER}
    for key, role in {**roles, "member1": Role.MEMBER, "member2": Role.MEMBER, "member3": Role.MEMBER}.items():
        place.staff[key] = build_staff(office, key, role, commission if role in COMMISSION_ROLES else None)
    place.staff["members"] = [place.member1, place.member2, place.member3]
    prove_letters(place)
    return place


def prove_letters(place):
    """A test letter has reached the head: nothing is missing of the check list, the office takes applications."""
    at = datetime(SINCE.year, SINCE.month, SINCE.day, 12, tzinfo=ALMATY)
    LetterProof.objects.create(
        office=place.office, user=place.head, key=uuid4(), asked_by=place.operator, asked_at=at, delivered_at=at
    )


def build_staff(office, key, role, commission=None) -> User:
    user = User.objects.create_user(
        f"{key}-{office.code}", password="secret-for-tests", full_name=f"{key.title()} {office.code}", is_staff=True
    )
    Staff.objects.create(user=user, office=office, role=role, commission=commission, since=SINCE)
    return user


def build_recipient(iin="000101100016", **known) -> User:
    known = {"full_name": "Сәбитов Ерасыл Думанұлы", "birth_date": date(2004, 5, 17), "phone": "+77000000000", **known}
    user = User.objects.create(username=f"r-{iin}", iin=iin, **known)
    user.set_unusable_password()
    user.save()
    return user


def order_call_up(by, *, year=2026):
    """The acts that order the spring and the autumn call-up of a year."""
    for number, (first, last) in enumerate((((3, 1), (6, 30)), ((9, 1), (12, 31))), start=1):
        CallUpAct.objects.create(
            number=str(number), date=date(year, *first), title_kk="Шақыру туралы", title_ru="О призыве",
            period_from=date(year, *first), period_to=date(year, *last), entered_by=by,
        )  # fmt: skip


def picture(name="anyqtama.png") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/png")


def build_draft(user, office, service="deferral", **more) -> Draft:
    at = clock.now()
    return Draft.objects.create(user=user, office=office, service=service, created_at=at, updated_at=at, **more)


def consent(user, draft, *, given=True):
    return record_consent(
        user, given=given, purpose="application", scope=REGISTERS, method=Consent.Method.WEB, text="…", draft=draft
    )


def category_of(service, code, day):
    return passports.edition_on(service, day).categories.get(code=code)


def filing(user, office, *, service="deferral", category="STUDY", answers=None, papers_of=None, given=True) -> Filing:
    """A complete filing as the portal would hand it over; ``papers_of`` names other documents than the needed ones."""
    chosen = category_of(service, category, clock.now().astimezone(ALMATY).date())
    answers = answers or {}
    draft = build_draft(user, office, service)
    consent(user, draft, given=given)
    needed = [r.code for r in passports.required_documents(chosen, answers)]
    for code in needed if papers_of is None else papers_of:
        attach(draft, code, picture(), by=user)
    return signed(Filing(draft, chosen, answers.get("variant", ""), answers))


def signed(filing) -> Filing:
    """The filing with its applicant's signature over what stands in it now."""
    evidence = {"challenge": "test"}
    signature = keep(filing.draft.user, Signature.Method.OTP, content(filing), "application", evidence)
    return replace(filing, signature=signature)


def apply(user, office, **how):
    """File an application at the clock's moment."""
    return file_application(filing(user, office, **how))


def empower(draft, iin, *, proof="confirmed", full_name="Әлиев Самат Ерланұлы", **known) -> Representation:
    """The owner of a draft acts in it for another, by a power of attorney that no register need confirm."""
    today = clock.now().astimezone(ALMATY).date()
    known = {"document_number": "1024", "document_date": today, "birth_date": date(2003, 4, 11), **known}
    return Representation.objects.create(
        draft=draft, representative=draft.user, basis=Representation.Basis.ATTORNEY, proof=proof, iin=iin,
        full_name=full_name, since=today, stated_at=clock.now(), **known,
    )  # fmt: skip


def apply_for(representative, office, iin="030411105088", *, proof="confirmed", **how):
    """File an application for another person; where no register confirms the power, its document lies in it."""
    made = filing(representative, office, **how)
    empower(made.draft, iin, proof=proof)
    if proof != "confirmed":
        attach(made.draft, representation.DOCUMENT, picture(), by=representative)
    return file_application(signed(made))


def make(case, move, by, **facts):
    """Make a move; one that issues a document has it prepared, rendered and signed first."""
    if not manifest_of(case.service).move(move).paper:
        return advance(case, move, by=by, **facts)
    paper = prepare(case, move, by=by, **facts)
    papers.render(paper.pk)
    paper.refresh_from_db()
    for signer in signers(case, paper, by):
        papers.sign(paper, by=signer, sha256=paper.sha256)
    return advance(case, move, by=by, document=paper)


def signers(case, paper, by):
    """Whose signatures a paper takes: under one of two hands also that of the secretary or of the chair."""
    if not paper.takes_two_hands:
        return [by]
    role = Role.CHAIR if Role.SECRETARY in roles_of(by, paper.case.office) else Role.SECRETARY
    return [by, next(post.user for post in holders(paper.case.office, role))]


def local(moment: str) -> str:
    """A local moment as the facts of a move carry it."""
    return datetime.fromisoformat(moment).replace(tzinfo=ALMATY).isoformat()


# --- the golden week: filed Fri 20 March 2026, 17:00; D1 Thu 26, D2 Fri 27, D3 Mon 30, D4 Tue 31, D5 Wed 1, D6 Thu 2


def at(moment: str):
    return clock.fixed_at(datetime.fromisoformat(moment).replace(tzinfo=ALMATY))


def to_members(user, place, **how):
    with at("2026-03-20 17:00"):
        case = apply(user, place.office, **how)
    with at("2026-03-26 10:00"):
        return make(case, "send_to_members", place.chair)


def to_opinions(user, place, votes=("refuse", "refuse", "approve"), **how):
    case = to_members(user, place, **how)
    with at("2026-03-27 16:00"):
        for member, vote in zip(place.members, votes, strict=False):
            ground = {"ground": "2", "motive": "Оқу мерзімі аяқталған."} if vote == "refuse" else {}
            case = make(case, "give_opinion", member, decision=vote, **ground)
    return case


def to_hearing(user, place, when="2026-03-30 12:00", held_at="2026-04-01 11:00", **how):
    case = to_opinions(user, place, **how)
    with at(when):
        return make(
            case, "call_hearing", place.chair, grounds=["2"], motive="Анықтамадағы оқу мерзімі аяқталған.",
            held_at=local(held_at), place="214-кабинет", way="in_person",
        )  # fmt: skip


RECORD = {
    "place": "214-кабинет", "official": "Төраға", "secretary": "Хатшы", "participant": "Өтініш беруші",
    "matter": "Алдын ала шешім", "explanations": "Оқуым жалғасуда.", "questions": "Сұрақ қойылмады.",
    "objection_waived": False,
}  # fmt: skip


def to_heard(user, place, when="2026-04-01 11:40", waived=False, **how):
    case = to_hearing(user, place, **how)
    held_at = case.hearings.last().held_at
    with at(when):
        return make(
            case, "record_hearing", place.secretary, **RECORD | {"objection_waived": waived},
            started_at=held_at.isoformat(), ended_at=local(when[:-2] + "30"),
        )  # fmt: skip


def to_refused(user, place, when="2026-04-02 15:00", **how):
    case = to_heard(user, place, **how)
    with at(when):
        return make(case, "refuse", place.chair, grounds=["2"], motive="Оқу мерзімі аяқталғаны анықталды.")
