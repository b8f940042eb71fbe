"""A small school for tests: its people, and applications to the services that run from their files."""

from dataclasses import replace

from kazservices import clock
from kazservices.documents.service import attach
from kazservices.flow.manifest import Filing
from kazservices.flow.taking import take
from kazservices.offices.models import OfficeHours
from kazservices.passports import service as passports
from tests import world

SERVICES = ("home-schooling", "meals", "camps", "preschool")
CHILD = {"child_name": "Сәбитова Айару Ерасылқызы", "child_iin": "000101100006"}
#: For each service: a category, its answers, and what is filled in.
ASKED = {
    "home-schooling": ("HEALTH", {}, {**CHILD, "class": 3, "since": "2026-04-01", "address": "Сарыөзен, Абай, 1"}),
    "meals": ("SOCIAL_AID", {}, {**CHILD, "class": "3 «Б»"}),
    "camps": (
        "LOW_INCOME",
        {"health_need": False},
        {**CHILD, "class": "5 «А»", "camp": "school", "season": "2026-06-01"},
    ),
    "preschool": ("REFERRAL", {}, {**CHILD, "referral": "К-1024", "birth_day": "2022-05-03"}),
}


def build_school(code="27", name="№ 27 мектеп-гимназия", services=SERVICES):
    """A school with one person in each role that provides these services."""
    place = world.build_place(code, name)
    for service in services:
        OfficeHours.objects.create(office=place.office, service=service, schedule="school")
    return place


def filing(user, office, service="home-schooling", *, asked=None, papers_of=None) -> Filing:
    """A complete filing as the portal would hand it over; ``papers_of`` names other documents than the needed ones."""
    category, answers, said = asked or ASKED[service]
    chosen = world.category_of(service, category, clock.now().astimezone(world.ALMATY).date())
    draft = world.build_draft(user, office, service)
    world.consent(user, draft)
    needed = [requirement.code for requirement in passports.required_documents(chosen, answers)]
    for requirement in needed if papers_of is None else papers_of:
        attach(draft, requirement, world.picture(), by=user)
    return world.signed(Filing(draft, chosen, "", answers, particulars=said))


def apply(user, office, service="home-schooling", **how):
    """File an application at the clock's moment."""
    return take(filing(user, office, service, **how))


def changed(filing, **what) -> Filing:
    return world.signed(replace(filing, **what))
