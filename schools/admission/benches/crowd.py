"""A school, its seats, and parents with signed applications: what a rush is made of."""

from datetime import date
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kazservices import clock
from kazservices.cases.models import Draft
from kazservices.documents.service import attach
from kazservices.flow import taking
from kazservices.flow.manifest import Filing
from kazservices.gateways.iin import check_digit
from kazservices.gateways.models import Consent
from kazservices.gateways.service import record_consent
from kazservices.offices.models import LetterProof, Office, OfficeHours, Staff, User
from kazservices.offices.roles import Role
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep
from schools.admission import areas
from schools.admission.models import Pool, SeatChange

SERVICE = "admission"
SINCE = date(2024, 1, 1)
AREA = "street;from;to;side;border\nАбай көшесі;;;;\n"
HOMES = ("Абай көшесі", "Достық көшесі")


class Crowd:
    """Everything stands in the database when the rush begins: only the filing itself is timed."""

    def __init__(self):
        self.at = clock.now()
        superior = Office.objects.create(code="90", name_kk="Бөлім", name_ru="Отдел")
        names = {"name_kk": "Мектеп", "name_ru": "Школа", "territory_kk": "Мектеп", "territory_ru": "Школа"}
        where = {"address_kk": "Абай көшесі, 1", "address_ru": "улица Абая, 1", "phone": "+7 7000 00 90 00"}
        self.school = Office.objects.create(code="91", superior_body=superior, is_active=True, **names, **where)
        OfficeHours.objects.create(office=self.school, service=SERVICE, schedule="school")
        people = {role: self._staff(role) for role in (Role.HEAD, Role.CLERK, Role.OPERATOR)}
        self.head = people[Role.HEAD]
        LetterProof.objects.create(
            office=self.school, user=self.head, key=uuid4(), asked_by=self.head, asked_at=self.at, delivered_at=self.at
        )
        areas.load(self.school, AREA.encode(), valid_from=SINCE, act="№ 1", by=self.head)
        self.category = passports.edition_on(SERVICE, self.school.today()).categories.first()
        self.picture = self._picture()
        self.parents = 0

    def queue(self, language: str, seats: int) -> Pool:
        year = self.school.today().year
        pool = Pool.objects.create(office=self.school, year=year, language=language, seats=seats)
        SeatChange.objects.create(pool=pool, seats=seats, reason="№ 1", at=self.at, by=self.head)
        return pool

    def filings(self, pool: Pool, parents: int) -> list[Filing]:
        """Signed applications of so many parents to one queue, from inside and outside the area."""
        return [self._filing(pool, number) for number in range(parents)]

    def _filing(self, pool, number) -> Filing:
        self.parents += 1
        user = User.objects.create(username=f"r-{self.parents}", full_name="Ата-ана", iin=_iin(self.parents))
        child = _iin(500_000 + self.parents)
        known = {"iin": child, "relation": "parent", "found": "found", "kin": "confirmed", "full_name": "Бала"}
        draft = Draft.objects.create(
            user=user, office=self.school, service=SERVICE, created_at=self.at, updated_at=self.at,
            data={"child": {**known, "born": "2020-03-01"}},
        )  # fmt: skip
        record_consent(user, given=True, purpose="…", scope=[], text="…", method=Consent.Method.WEB, draft=draft)
        answers = {question.code: False for question in self.category.questions.all()}
        for asked in passports.required_documents(self.category, answers):
            attach(draft, asked.code, SimpleUploadedFile("f.png", self.picture, "image/png"), by=user)
        said = {"relation": "parent", "language": pool.language, "street": HOMES[number % 2], "house": "7"}
        made = Filing(draft, self.category, "", answers, None, {**said, "child_iin": child})
        signature = keep(user, Signature.Method.OTP, taking.content(made), "application", {"challenge": "bench"})
        return Filing(draft, self.category, "", answers, signature, made.particulars)

    def _staff(self, role) -> User:
        user = User.objects.create(username=f"{role}-91", full_name=role, is_staff=True)
        Staff.objects.create(user=user, office=self.school, role=role, since=SINCE)
        return user

    @staticmethod
    def _picture() -> bytes:
        content = BytesIO()
        Image.new("RGB", (40, 40), "white").save(content, "PNG")
        return content.getvalue()


def _iin(number: int) -> str:
    """A number that may be an IIN; of a month that no year has, so that it is nobody's."""
    for tail in range(10):
        eleven = f"9933{number:06d}{tail}"
        if (digit := check_digit(eleven)) is not None:
            return f"{eleven}{digit}"
    raise AssertionError
