"""The clocks of deferral and of exemption, one line each: filed Fri 20 March 2026, 17:00, across Nauryz.

D1 Thu 26 March, D2 Fri 27, D3 Mon 30, D4 Tue 31, D5 Wed 1 April, D6 Thu 2 April.
"""

import pytest

from kazservices.deadlines.models import Deadline
from tests import world


def filed(user, place, **how):
    with world.at("2026-03-20 17:00"):
        return world.apply(user, place.office, **how)


def clock(step, walk, due, *norms, runs=True):
    """A line of the table: the clock, how far a case has to go to start it, its due moment, whether it still runs."""
    return pytest.param((step, walk, [(due, runs)]), marks=pytest.mark.norm(*norms), id=step)


CLOCKS = [
    clock("decide", filed, "Thu 02 Apr 18:30", "CONS-8", "CLK-CONS-TOTAL"),
    clock("hand_over", filed, "Fri 20 Mar 18:30", "CONS-10-1", "CLK-CONS-REG", runs=False),
    clock("send", filed, "Thu 26 Mar 18:30", "CONS-10-2", "CLK-CONS-CHAIR1"),
    clock("members", world.to_members, "Fri 27 Mar 18:30", "CONS-10-3", "CLK-CONS-MEMB"),
    clock("conclude", world.to_opinions, "Mon 30 Mar 18:30", "CONS-10-4", "CLK-CONS-CHAIR2"),
    clock("hearing_notice", filed, "Mon 30 Mar 18:30", "CONS-10-6", "CLK-HEAR-NOTICE"),
    clock("hearing", world.to_hearing, "Wed 01 Apr 18:30", "CONS-10-7", "CLK-HEAR-HELD"),
]
SERVICES = [{"service": "deferral", "category": "STUDY"}, {"service": "exemption", "category": "DEGREE"}]


@pytest.mark.parametrize("how", SERVICES, ids=lambda how: how["service"])
@pytest.mark.parametrize("line", CLOCKS)
def test_each_clock_starts_with_its_step_and_falls_due_as_printed(user, place, how, line):
    step, walk, told = line
    case = walk(user, place, **how)
    found = Deadline.objects.filter(case_id=case.pk, rule=f"{case.service}.{step}")
    assert [(f"{case.time.local(row.due_at):%a %d %b %H:%M}", row.ended_at is None) for row in found] == told
