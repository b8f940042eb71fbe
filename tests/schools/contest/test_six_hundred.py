"""A contest of 600 candidates in three classes; the order that must come out stands in contest_600.csv.

With equals at the last place (class 6), at reserve place ten (class 5) and at the last place of the quota (class 7).
"""

import csv
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import MoveNotAllowed
from schools.contest import ordering
from schools.contest.models import ContestApplication
from schools.contest.ranking import Candidate, Olympiad, ranked
from schools.contest.states import State
from tests import world as common
from tests.schools.contest import world

ROWS = list(csv.DictReader((Path(__file__).parent / "contest_600.csv").open(encoding="utf-8")))
PLACES = {7: (100, 10), 6: (40, 0), 5: (30, 0)}


def of_class(grade):
    return [row for row in ROWS if int(row["grade"]) == grade]


def expected(grade):
    rows = sorted(of_class(grade), key=lambda row: int(row["rank"]))
    return [(row["number"], row["outcome"], int(row["reserve_place"])) for row in rows]


def decided(grade):
    return {row["number"]: int(row["decided"]) for row in of_class(grade) if row["decided"] != "0"}


def candidates(grade):
    for row in of_class(grade):
        quota = row["quota"] == "1"
        yield Candidate(row["number"], int(row["total"]), int(row["minute"]), Olympiad(int(row["olympiad"])), quota)


@pytest.mark.norm("ADM-C40", "ADM-C38", "ADM-C43")
@pytest.mark.parametrize("grade", [7, 6, 5])
def test_the_order_by_hand(grade):
    ranking = ranked(list(candidates(grade)), *PLACES[grade], decided(grade))
    assert [(one.number, one.outcome.value, one.reserve_place) for one in ranking.placed] == expected(grade)
    assert ranking.undecided == ()


@pytest.mark.norm("ADM-C38")
@pytest.mark.parametrize("grade", [7, 6, 5])
def test_without_the_commission_s_word_exactly_these_two_wait_for_it(grade):
    ranking = ranked(list(candidates(grade)), *PLACES[grade])
    assert [set(group) for group in ranking.undecided] == [set(decided(grade))]


@pytest.mark.norm("ADM-C40", "ADM-C41", "ADM-C36")
def test_six_hundred_candidates_from_the_file_of_scores_to_the_protocol(school, monkeypatch):
    """Through the product itself; the register is filled as fast as the database takes it."""
    case = world.to_intake(school, {str(grade): places for grade, (places, _quota) in PLACES.items()})
    with monkeypatch.context() as patch:
        patch.setattr(ContestApplication._meta.get_field("state"), "default", State.CANDIDATE)
        known = {row["number"]: _registered(case, row) for row in ROWS}
    case = _held(school, case)
    content = "\n".join(
        ["number;right;wrong;total", *(f"{known[r['number']]};{r['right']};{r['wrong']};{r['total']}" for r in ROWS)]
    )
    with common.at("2026-04-20 16:00"):
        wrong = content.replace(f"{ROWS[0]['right']};{ROWS[0]['wrong']};{ROWS[0]['total']}", "1;1;4", 1)
        with pytest.raises(ValidationError):
            _imported(school, case, wrong)
        assert case.scores.count() == 0
        with CaptureQueriesContext(connection) as queries:
            case = _imported(school, case, content)
        assert len(queries) < 60
        assert {frozenset(group) for _grade, group in ordering.undecided(case)} == {
            frozenset(known[number] for number in decided(grade)) for grade in PLACES
        }
    with common.at("2026-04-21 10:00"):
        with pytest.raises(MoveNotAllowed):
            prepare(case, "issue_protocol", by=school.chair)
        for grade in PLACES:
            order = [known[number] for number in sorted(decided(grade), key=decided(grade).get)]
            case = advance(case, "decide_tie", by=school.chair, grade=grade, order=order, motive="Комиссия шешімі.")
        case = common.make(case, "issue_protocol", school.chair)
    names = {number: key for key, number in known.items()}
    for grade in PLACES:
        found = case.standings.filter(grade=grade).order_by("rank")
        rows = found.values_list("application__number", "outcome", "reserve_place")
        assert [(names[number], outcome, place) for number, outcome, place in rows] == expected(grade)


def _registered(case, row) -> str:
    day, minute = divmod(int(row["minute"]), 480)
    known = {"grade": int(row["grade"]), "minute": minute, "day": f"2026-03-{2 + day:02}"}
    found = world.candidate(case, int(row["number"]), **known)
    proved = {"olympiad": int(row["olympiad"]), "in_quota": row["quota"] == "1"}
    ContestApplication.objects.filter(pk=found.pk).update(**proved)
    return found.number


def _held(school, case):
    with common.at("2026-04-02 10:00"):
        case = common.make(case, "send_register", school.clerk)
    sittings = [{"grade": g, "at": common.local("2026-04-20 10:00"), "place": "12-кабинет"} for g in PLACES]
    with common.at("2026-04-10 10:00"):
        case = common.make(case, "publish_schedule", school.clerk, sittings=sittings)
    case = world.prepared(school, case)
    with common.at("2026-04-20 14:00"):
        return advance(case, "hold_contest", by=school.clerk)


def _imported(school, case, content):
    return advance(
        case, "import_scores", by=school.secretary, file=world.kept(case, content.encode(), school.secretary)
    )
