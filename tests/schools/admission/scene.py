"""A school with its people and seats, parents and children, for the tests of admission."""

import dataclasses
import itertools
from datetime import date

from kazservices.cases.models import Applicant, Channel
from kazservices.documents.service import attach
from kazservices.flow.manifest import Filing, manifest_of
from kazservices.flow.taking import take
from kazservices.gateways.iin import check_digit
from kazservices.offices.models import Office, OfficeHours
from kazservices.offices.roles import Role
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep
from schools.admission import areas, rounds
from schools.admission.models import Pool, SeatChange
from tests import world

SERVICES = ("admission", "admission_classes", "admission_order")
ROLES = {
    "head": Role.HEAD, "academic": Role.ACADEMIC_DEPUTY, "clerk": Role.CLERK, "clerk2": Role.CLERK,
    "operator": Role.OPERATOR, "auditor": Role.AUDITOR,
}  # fmt: skip
AREA = "street;from;to;side;border\nАбай көшесі | улица Абая;;;;\n"
INSIDE, OUTSIDE = ("улица Абая", "12"), ("Достық көшесі", "5")
_numbers = itertools.count(10_001)  # of parents: far from those of the children, whatever runs before


def build_school(code="51", name="№ 5 жалпы мектеп", area=AREA) -> world.Place:
    """An open school with its people and its service area."""
    superior, _ = Office.objects.get_or_create(
        code="50",
        defaults={
            "name_kk": "Қалалық білім басқармасы", "name_ru": "Городское управление образования",
            "territory_kk": "Қала", "territory_ru": "Город",
        },
    )  # fmt: skip
    office = Office.objects.create(
        code=code, name_kk=name, name_ru=f"Школа, {code}", territory_kk="№ 5 жалпы мектеп", territory_ru="Школа № 5",
        address_kk="Абай көшесі, 1", address_ru="улица Абая, 1", phone="+7 7000 00 05 00", superior_body=superior,
        is_active=True,
    )  # fmt: skip
    for service in SERVICES:
        OfficeHours.objects.create(office=office, service=service, schedule="school")
    place = world.Place(office)
    for key, role in ROLES.items():
        place.staff[key] = world.build_staff(office, key, role)
    world.prove_letters(place)
    if area:
        with world.at("2026-01-05 10:00"):
            areas.load(office, area.encode(), valid_from=date(2026, 1, 1), act="№ 1", by=place.head)
    return place


def pool(school, seats=4, *, language="kk", grade=1, year=2026) -> Pool:
    made = Pool.objects.create(office=school.office, year=year, grade=grade, language=language, seats=seats)
    with world.at(f"{year}-01-10 10:00"):
        SeatChange.objects.create(pool=made, seats=seats, reason="№ 1", at=world.clock.now(), by=school.head)
    return made


def iin(number: int) -> str:
    """An IIN that can be, and stands for nobody."""
    for tail in range(10):
        eleven = f"2001{1 + number // 1000:02d}5{number % 1000:03d}{tail}"
        digit = check_digit(eleven)
        if digit is not None:
            return f"{eleven}{digit}"
    raise AssertionError


def parent(number=None):
    number = number or next(_numbers)
    return world.build_recipient(iin(number), full_name=f"Ата-ана {number}", phone=f"+7700{number:07d}")


def known_child(number, born="2020-03-01", *, kin="confirmed", relation="parent", name=""):
    """What the registers say of a child, as a draft keeps it."""
    return {
        "iin": iin(500 + number), "relation": relation, "found": "found", "kin": kin,
        "full_name": name or f"Бала {number}", "born": born,
    }  # fmt: skip


def filing(user, school, child, *, at_home=INSIDE, language="kk", service="admission", category="CITIZEN", **how):
    """A complete filing; ``child``: what the registers said, or what was typed instead (``said``)."""
    answers = how.pop("answers", {"special_needs": False})
    said = {
        "relation": "parent",
        "language": language,
        "street": at_home[0],
        "house": at_home[1],
        **how.pop("said", {}),
    }
    if child:
        said["child_iin"] = child["iin"]
    draft = how.pop("draft", None) or world.build_draft(user, school.office, service, data={"child": child or {}})
    chosen = passports.edition_on(service, world.clock.now().astimezone(world.ALMATY).date()).categories.get(
        code=category
    )
    made = Filing(draft, chosen, "", answers, None, said)
    if draft.channel == Channel.PORTAL:
        world.consent(user, draft, given=how.pop("given", True))
        for code in how.pop("papers_of", None) or needed(chosen, answers, draft.channel):
            attach(draft, code, world.picture(), by=user)
    return signed(made)


def needed(category, answers, channel):
    return [r.code for r in passports.required_documents(category, answers, channel)]


def signed(made):
    user, method = (
        made.draft.user,
        Signature.Method.OTP if made.draft.channel == Channel.PORTAL else Signature.Method.PAPER,
    )
    signature = keep(user, method, world.content(made), "application", {"challenge": "test"})
    return dataclasses.replace(made, signature=signature)


def apply(school, number=None, *, user=None, **how):
    """A parent of his own files for a child of his own at the clock's moment."""
    number = number or next(_numbers)
    child = how.pop("child", None) or known_child(number)
    return take(filing(user or parent(number), school, child, **how))


def apply_on_paper(school, number=None, *, clerk=None, **how):
    """A clerk takes down what a parent has brought to the counter."""
    number = number or next(_numbers)
    recipient, _ = Applicant.objects.get_or_create(iin=iin(number), defaults={"full_name": f"Ата-ана {number}"})
    clerk = clerk or school.clerk
    child = how.pop("child", known_child(number))
    draft = world.build_draft(clerk, school.office, how.get("service", "admission"), channel=Channel.OFFICE,
                              recipient=recipient, data={"child": child or {}})  # fmt: skip
    category = passports.edition_on(draft.service, world.clock.now().astimezone(world.ALMATY).date()).categories.get(
        code=how.get("category", "CITIZEN")
    )
    handed = how.pop("handed_in", needed(category, how.get("answers", {"special_needs": False}), Channel.OFFICE))
    draft.data = {**draft.data, "handed_in": sorted(handed)}
    draft.save()
    return take(filing(clerk, school, child, draft=draft, **how))


def confirm(school, pool, *, by=None):
    """The head confirms the round as it stands."""
    proposal = rounds.proposed(pool)
    return rounds.confirm(pool, by=by or school.head, sha256=proposal.sha256)


def answer(school, pool):
    """The head signs every answer of the last round."""
    for move in ("admit", "refuse_full", "admit_from_list"):
        for case in waiting_to_be_signed(pool, move):
            world.make(case, move, school.head)


SIGNED_FROM = {"admit": "seated", "refuse_full": "no_seat", "admit_from_list": "accepted"}


def waiting_to_be_signed(pool, move):
    model = manifest_of(pool.service).model
    return list(model.objects.filter(pool=pool, state=SIGNED_FROM[move]).order_by("pk"))


def hold(school, pool):
    """Confirm and sign: a whole day of the head."""
    round_ = confirm(school, pool)
    answer(school, pool)
    return round_
