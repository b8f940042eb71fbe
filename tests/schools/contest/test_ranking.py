"""The order of the contest: highest score first, quota, reserve, ties; by tables and by properties."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.contest.ranking import RESERVE, SEATED, Candidate, Olympiad, Outcome, quota_of, ranked
from schools.contest.tables import GRADES, TESTS, score

G, Q, R, N = Outcome.GENERAL, Outcome.QUOTA, Outcome.RESERVE, Outcome.NOT_SELECTED


def one(number, total, registered=0, olympiad=Olympiad.NONE, in_quota=False):
    return Candidate(str(number), total, registered, olympiad, in_quota)


def outcomes(ranking) -> dict:
    return {placed.number: placed.outcome for placed in ranking.placed}


@pytest.mark.norm("ADM-C33", "ADM-C34", "ADM-C35")
@pytest.mark.parametrize(
    ("grade", "questions", "minutes", "most", "least"),
    [(7, 75, 120, 300, -75), (6, 60, 90, 240, -60), (5, 40, 60, 160, -40)],
)
def test_the_table_of_tests(grade, questions, minutes, most, least):
    test = TESTS[grade]
    assert (test.questions, test.minutes, test.most, test.least) == (questions, minutes, most, least)
    assert (score(questions, 0), score(0, questions), score(0, 0)) == (most, least, 0)
    assert str(questions) in test.label_kk


@pytest.mark.norm("ADM-C25")
@pytest.mark.parametrize(
    ("grade", "places", "quota"), [(7, 50, 5), (7, 49, 4), (7, 9, 0), (7, 10, 1), (6, 50, 0), (5, 100, 0)]
)
def test_the_quota_is_a_tenth_of_the_seventh_class_and_never_more(grade, places, quota):
    assert quota_of(grade, places) == quota


@pytest.mark.norm("ADM-C38")
@pytest.mark.parametrize(
    ("candidates", "places", "quota", "wanted", "undecided"),
    [
        ([one(1, 10), one(2, 30), one(3, 20)], 2, 0, {"2": G, "3": G, "1": R}, []),
        # equal scores: a winner before a prize-holder before the rest
        ([one(1, 9), one(2, 9, 5, Olympiad.PRIZE), one(3, 9, 9, Olympiad.WINNER)], 2, 0, {"3": G, "2": G, "1": R}, []),
        # then the earlier registration
        ([one(1, 9, 2), one(2, 9, 1)], 1, 0, {"2": G, "1": R}, []),
        # equal in all at the last place: the commission
        ([one(1, 9), one(2, 9)], 1, 0, {"1": G, "2": R}, [("1", "2")]),
        # equal, but both seated: nobody need decide
        ([one(1, 9), one(2, 9)], 2, 0, {"1": G, "2": G}, []),
        # a quota candidate whom his score seats takes a general place; the quota place is for the next of them
        ([one(1, 30, in_quota=True), one(2, 20), one(3, 10, in_quota=True)], 2, 1, {"1": G, "3": Q, "2": R}, []),
        # what the quota leaves goes to the general order
        ([one(1, 30, in_quota=True), one(2, 20), one(3, 10)], 2, 1, {"1": G, "2": G, "3": R}, []),
        # equals inside the quota, one place left
        ([one(1, 30), one(2, 9, in_quota=True), one(3, 9, in_quota=True)], 2, 1, {"1": G, "2": Q, "3": R},
         [("2", "3")]),
        # an equal pair of whom one could also be seated by the quota: its order matters, so the commission says it
        ([one(1, 9, in_quota=True), one(2, 9), one(3, 1)], 2, 1, {"1": G, "2": G, "3": R}, []),
        # a negative score is a score
        ([one(1, -5), one(2, -9)], 1, 0, {"1": G, "2": R}, []),
    ],
)  # fmt: skip
def test_the_golden_table_of_ties_and_quota(candidates, places, quota, wanted, undecided):
    ranking = ranked(candidates, places, quota)
    assert outcomes(ranking) == wanted
    assert list(ranking.undecided) == undecided


@pytest.mark.norm("ADM-C43")
def test_the_reserve_ends_at_ten_in_falling_order():
    ranking = ranked([one(n, 100 - n) for n in range(1, 16)], 2)
    reserve = [placed for placed in ranking.placed if placed.outcome is R]
    assert [placed.number for placed in reserve] == [str(n) for n in range(3, 13)]
    assert [placed.reserve_place for placed in reserve] == list(range(1, 11))
    assert [placed.outcome for placed in ranking.placed[12:]] == [N, N, N]


@pytest.mark.norm("ADM-C43")
def test_equals_at_reserve_place_ten_go_to_the_commission():
    candidates = [one(n, 100 - n) for n in range(1, 11)] + [one("x", 50), one("y", 50)]
    ranking = ranked(candidates, 1)
    assert ranking.undecided == (("x", "y"),)
    spoken = ranked(candidates, 1, decided={"y": 1, "x": 2})
    assert spoken.undecided == ()
    assert (outcomes(spoken)["y"], outcomes(spoken)["x"]) == (R, N)


# --- properties ---

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        number=st.uuids().map(str),
        total=st.integers(-3, 6),
        registered=st.integers(0, 2),
        olympiad=st.sampled_from(Olympiad),
        in_quota=st.booleans(),
    ),
    max_size=30,
    unique_by=lambda candidate: candidate.number,
)
PLACES = st.integers(0, 20)


def plainly(candidates, places, quota):
    """The same by hand: general places to the best, the quota to the best of its own below, the rest in order."""
    left = sorted(candidates, key=lambda c: (-c.total, c.olympiad, c.registered, c.number))
    for given_up in range(min(quota, places) + 1):
        taken = min(quota, places) - given_up
        general = left[: places - taken]
        below = [c for c in left[places - taken :] if c.in_quota]
        if len(below) >= taken:
            break
    return {c.number for c in general} | {c.number for c in below[:taken]}


@pytest.mark.norm("ADM-C40")
@given(CANDIDATES, PLACES, st.integers(0, 3))
def test_never_more_seated_than_places_and_nobody_waits_beside_a_free_one(candidates, places, quota):
    seated = {number for number, outcome in outcomes(ranked(candidates, places, quota)).items() if outcome in SEATED}
    assert len(seated) == min(places, len(candidates))
    assert seated == plainly(candidates, places, quota)


@given(CANDIDATES, PLACES, st.integers(0, 3))
def test_only_the_quota_seats_a_lower_score_before_a_higher_one(candidates, places, quota):
    ranking, known = ranked(candidates, places, quota), {c.number: c for c in candidates}
    out = [known[p.number] for p in ranking.placed if p.outcome not in SEATED]
    for placed in ranking.placed:
        if placed.outcome is G:
            assert all(known[placed.number].total >= other.total for other in out)
    assert sum(placed.outcome is Q for placed in ranking.placed) <= quota
    assert sum(placed.outcome is R for placed in ranking.placed) == min(RESERVE, len(out))


@given(CANDIDATES, PLACES, st.integers(0, 3), st.randoms())
def test_without_a_tie_to_decide_no_drawing_of_lots_could_change_anything(candidates, places, quota, lots):
    first = ranked(candidates, places, quota)
    renamed = list(range(len(candidates)))
    lots.shuffle(renamed)
    order = {c.number: f"{n:03}" for c, n in zip(candidates, renamed, strict=True)}
    drawn = [Candidate(order[c.number], c.total, c.registered, c.olympiad, c.in_quota) for c in candidates]
    second = ranked(drawn, places, quota)
    assert len(second.undecided) == len(first.undecided)
    if not first.undecided:
        before = {p.number: (p.outcome in SEATED, p.reserve_place) for p in first.placed}
        after = {p.number: (p.outcome in SEATED, p.reserve_place) for p in second.placed}
        assert before == {number: after[order[number]] for number in before}


@given(st.permutations(["a", "b", "c"]))
def test_the_commission_s_word_is_final(order):
    decided = {number: place for place, number in enumerate(order)}
    ranking = ranked([one(n, 5) for n in "abc"], 1, decided=decided)
    assert [placed.number for placed in ranking.placed] == list(order)
    assert ranking.undecided == ()


def test_the_order_in_which_candidates_are_saved_says_nothing():
    candidates = [one(1, 3, 1), one(2, 3, 1), one(3, 4), one(4, 1)]
    assert len({ranked(order, 2) for order in permutations(candidates)}) == 1


def test_the_tests_are_those_of_classes_five_to_seven():
    assert GRADES == (5, 6, 7)
