"""A day off published over what the fire has left, by two operators, while no worker lives: Thu 2 April 2026.

The applications just filed end on that very day; those whose clocks have run out stay as they are.
"""

from datetime import date

import django

django.setup()

from calendars import proposals  # noqa: E402
from calendars.models import DayShift  # noqa: E402
from kazservices.flow import revisions  # noqa: E402
from kazservices.offices.models import Office, User  # noqa: E402
from kazservices.offices.roles import Role  # noqa: E402
from tests import world  # noqa: E402

ACT = {"issuer": "government", "act_number": "215", "act_date": date(2026, 3, 26), "source": "adilet.zan.kz"}


def publish(office: Office) -> None:
    drafter = User.objects.get(username=f"operator-{office.code}").username
    proposal = proposals.begin(drafter)
    proposals.add(proposal, [DayShift(date=date(2026, 4, 2), kind="day_off", **ACT)], drafter)
    proposals.propose(proposal, drafter)
    proposal.refresh_from_db()
    second = world.build_staff(office, "operator2", Role.OPERATOR)
    revisions.publish(proposal, second, digest=revisions.preview(proposal).digest, hearings={})


if __name__ == "__main__":
    publish(Office.objects.get(code="03"))
