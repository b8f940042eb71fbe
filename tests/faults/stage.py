"""What the fire finds: cases whose clocks fall due on Fri 20 March 2026 at 18:30, and a few just filed."""

import sys
from datetime import date

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from conscription.models import DeferralApplication  # noqa: E402
from conscription.states import State  # noqa: E402
from kazservices import clock  # noqa: E402
from kazservices.cases import journal, register  # noqa: E402
from kazservices.cases.models import CaseParty, Stage  # noqa: E402
from kazservices.deadlines.service import refresh_next_due, settle  # noqa: E402
from kazservices.offices.actors import SYSTEM  # noqa: E402
from kazservices.passports.service import edition_on  # noqa: E402
from tests import world  # noqa: E402

FILED, TAKEN = "2026-03-12 10:00", "2026-03-20 16:20"  # Thu: D6 is Fri 20 March, across no day off; and Fri itself


def build(clocks: int, filed: int) -> None:
    with world.at("2026-03-11 10:00"):
        place = world.build_place()
        world.order_call_up(place.operator)
        reachable(place)
    with world.at(FILED):
        wait_for_decision(place, clocks)
    with world.at(TAKEN):
        for n in range(filed):
            world.apply(world.build_recipient(f"0001012{n:05d}", phone=f"+7701000{n:04d}"), place.office)


def reachable(place) -> None:
    """The chair and the head get their letters by SMS and by e-mail too."""
    for n, user in enumerate((place.chair, place.head), start=1):
        user.phone, user.email = f"+7702000000{n}", f"{user.username}@office.example"
        user.save()


@transaction.atomic
def wait_for_decision(place, clocks) -> None:
    """Cases with the chair, one running clock each: the whole term of six working days."""
    at, day = clock.now(), date(2026, 3, 12)
    category = edition_on("deferral", day).categories.get(code="STUDY")
    for _ in range(clocks):
        case = DeferralApplication.objects.create(
            service="deferral", edition=category.edition, office=place.office, category=category,
            submitted_at=at, accepted_on=day, registered_at=at, stage=Stage.IN_WORK, status=State.WITH_CHAIR,
            state=State.WITH_CHAIR,
            number=register.written("КҚ", place.office, 2026, register.next_number("КҚ", place.office, 2026)),
        )  # fmt: skip
        CaseParty.objects.create(case=case, office=place.office, part="provider", since=at, norm="LAW-5-2-1")
        settle(case, "submit", at=at, by=SYSTEM)
        case.deadlines.exclude(rule="deferral.decide").delete()
        refresh_next_due(case)
        journal.write(case, "submit", by=SYSTEM, at=at, facts={"number": case.number})


if __name__ == "__main__":
    call_command("migrate", "--noinput", verbosity=0)
    call_command("passports")
    build(int(sys.argv[1]), int(sys.argv[2]))
    call_command("clock", "--start", sys.argv[3])
