"""One round of the queue 3 + 1, and any row of rounds, against a second telling of the same rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schools.admission.queue import Child, Kind, Round, Turn, hold

from .plain import replay


def letters(row: str) -> tuple[Child, ...]:
    """«llo»: two local children, then one from outside, by their places."""
    return tuple(Child(number, letter == "l") for number, letter in enumerate(row, start=1))


def told(outcome) -> str:
    return " ".join(f"{answer.key}{answer.kind[0]}" for answer in outcome.answers)


@pytest.mark.norm("ADM-9-5", "ADM-S5-3")
@pytest.mark.parametrize(
    ("row", "seats", "counter", "answers", "left"),
    [
        ("llloo", 5, 0, "1a 2a 3a 4a 5a", (0, 0)),  # three, then one; the fifth is left over
        ("ollll", 5, 0, "2a 3a 4a 1a 5a", (1, 0)),  # first by time, but his turn comes fourth
        ("llll", 4, 0, "1a 2a 3a 4a", (3, 0)),  # nobody from outside: the turn is kept
        ("lo", 1, 3, "2a 1r", (0, 0)),  # on his turn the outside child takes even the last seat
        ("ooo", 2, 1, "1a 2a 3r", (1, 0)),  # left over: the counter stays
        ("l", 0, 0, "1r", (0, 0)),  # no seat
        ("", 3, 2, "", (2, 3)),  # nobody
        ("llllo", 4, 0, "1a 2a 3a 5a 4r", (0, 0)),  # a local child is refused only for want of a seat
    ],
)
def test_a_round(row, seats, counter, answers, left):
    outcome = hold(Round(seats, counter, fresh=letters(row)))
    assert told(outcome) == answers
    assert (outcome.counter, outcome.seats) == left


def test_who_was_seated_by_which_turn_is_told():
    outcome = hold(Round(6, 2, fresh=letters("looll")))
    assert [answer.turn for answer in outcome.answers] == [
        Turn.LOCAL,
        Turn.OUTSIDE,
        Turn.LOCAL,
        Turn.LOCAL,
        Turn.LEFT_OVER,
    ]


def test_the_waiting_list_is_offered_freed_seats_before_the_days_children():
    outcome = hold(Round(2, 3, listed=(Child(7, True), Child(8, False)), fresh=(Child(9, True),)))
    assert told(outcome) == "8o 7o 9r"
    assert outcome.counter == 1


children = st.lists(st.booleans(), max_size=30)


@st.composite
def rounds(draw):
    listed, fresh = draw(children), draw(children)
    keys = draw(st.permutations(range(len(listed) + len(fresh))))
    everybody = [Child(key, local) for key, local in zip(keys, listed + fresh, strict=True)]
    return Round(
        seats=draw(st.integers(0, 40)),
        counter=draw(st.integers(0, 3)),
        listed=tuple(everybody[: len(listed)]),
        fresh=tuple(everybody[len(listed) :]),
    )


@pytest.mark.norm("ADM-9-5")
@settings(max_examples=1000)
@given(rounds())
def test_any_round_is_answered_as_the_second_telling_answers_it(round_):
    outcome = hold(round_)
    pairs = [[(child.key, child.local) for child in row] for row in (round_.listed, round_.fresh)]
    said, counter = replay(round_.seats, round_.counter, *pairs)
    assert {answer.key: answer.kind for answer in outcome.answers} == said
    assert outcome.counter == counter


@given(rounds())
def test_no_round_gives_more_seats_than_there_are(round_):
    outcome = hold(round_)
    given_out = [answer for answer in outcome.answers if answer.kind != Kind.REFUSE]
    assert len(given_out) + outcome.seats == round_.seats


@given(rounds())
def test_nobody_is_refused_while_a_seat_is_free(round_):
    outcome = hold(round_)
    assert not outcome.seats or all(answer.kind != Kind.REFUSE for answer in outcome.answers)


@given(rounds())
def test_every_child_of_the_day_is_answered_once(round_):
    keys = [answer.key for answer in hold(round_).answers]
    assert len(keys) == len(set(keys))
    assert {child.key for child in round_.fresh} <= set(keys)


@given(rounds())
def test_among_children_of_one_side_the_earlier_place_is_never_passed_over(round_):
    seated = {answer.key for answer in hold(round_).answers if answer.kind != Kind.REFUSE}
    for row in (round_.listed, round_.fresh):
        for side in (True, False):
            taken = [child.key in seated for child in row if child.local is side]
            assert taken == sorted(taken, reverse=True)


@given(rounds())
def test_a_kept_round_is_the_same_round(round_):
    assert Round.from_json(round_.as_json()) == round_
