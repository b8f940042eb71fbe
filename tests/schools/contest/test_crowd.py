"""The candidates of a file, taken in at a lyceum's counter: each at his own minute, complete, in the register."""

from pathlib import Path

import pytest
from django.core.management import call_command

from kazservices import clock
from kazservices.cases.models import Channel
from schools.contest import crowd
from schools.contest.demo import fill
from schools.contest.models import ContestApplication
from schools.contest.states import State
from tests import world

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "contest_600.csv"
SOME = "number,grade,olympiad,quota,minute\n221,7,2,1,948\n316,7,2,1,948\n600,5,0,0,1800\n"


@pytest.fixture
def some(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with world.at("2026-03-16 09:00"):
        fill(clock.now(), False)
    file = tmp_path / "some.csv"
    file.write_text(SOME, encoding="utf-8")
    return file


def taken(file, *numbers):
    with world.at("2026-03-30 10:00"):
        call_command("fill_contest", file, *(["--but", *numbers] if numbers else []), verbosity=0)
    return ContestApplication.objects.filter(email__startswith="candidate").order_by("pk")


def test_each_comes_at_the_minute_of_the_file(some):
    first, equal = taken(some, "600")
    assert first.submitted_at == equal.submitted_at
    assert f"{first.submitted_at.astimezone(world.ALMATY):%d.%m %H:%M}" == "03.03 17:48"  # 948 = 480 + 468 minutes
    assert (first.state, first.channel, first.in_quota) == (State.CANDIDATE, Channel.OFFICE, True)


def test_repeated_it_takes_in_only_who_is_not_there(some):
    taken(some, "600")
    taken(some)
    assert [one.email for one in taken(some)] == [f"candidate{number}@example.kz" for number in (221, 316, 600)]


def test_no_two_of_the_six_hundred_are_taken_for_one():
    candidates = crowd.read(FILE)
    assert len({one.iin(2026) for one in candidates}) == len({one.name for one in candidates}) == len(candidates) == 600
