"""The machine of a service in one file: its graph, and a random life in which the law holds after every step."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kazservices.cases.journal import first_fault
from kazservices.cases.models import Stage
from kazservices.cases.permission import Permission
from kazservices.flow import sweeps
from kazservices.flow.door import options
from kazservices.flow.manifest import manifest_of
from kazservices.flow.mending import correctable
from kazservices.passports.flowblock import STARTS, STOPS
from kazservices.simple.models import SimpleCase
from kazservices.simple.states import DECIDED, OPEN, STAGES, State
from tests import world

from . import school as at_school

MINUTES = st.sampled_from([5, 30, 240, 540, 1440, 4320])
ENDS = (State.NOT_TAKEN, State.WITHDRAWN)


def edges():
    for name, method in SimpleCase._meta.get_field("state").transitions[SimpleCase].items():
        for source, transition in method._django_fsm.transitions.items():
            yield name, source, transition.target or source, transition


def test_the_shape_is_the_one_that_is_written_down():
    assert set(STAGES) == set(State)
    assert {(source, target) for _, source, target, _ in edges() if source not in ("*", target)} == {
        (State.SUBMITTED, State.NOT_TAKEN),
        (State.SUBMITTED, State.IN_WORK),
        (State.SUBMITTED, State.WITHDRAWN),
        (State.IN_WORK, State.NOT_TAKEN),
        (State.IN_WORK, State.GRANTED),
        (State.IN_WORK, State.REFUSED),
        (State.IN_WORK, State.WITHDRAWN),
        (State.GRANTED, State.HANDED_OVER),
        (State.GRANTED, State.IN_WORK),
        (State.REFUSED, State.IN_WORK),
        (State.HANDED_OVER, State.IN_WORK),
    }


def test_every_transition_names_who_may_and_is_known_to_every_manifest():
    assert all(isinstance(transition.permission, Permission) for *_, transition in edges())
    for service in at_school.SERVICES:
        assert {name for name, *_ in edges()} == {move.name for move in manifest_of(service).moves}


def test_a_clock_of_a_file_starts_and_stops_with_moves_that_there_are():
    assert {"submit", *STARTS, *STOPS} - {"submit"} <= {name for name, *_ in edges()}


class LifeTest(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_the_law_holds_after_every_step(self, data):
        school, user = at_school.build_school(), world.build_recipient()
        service = data.draw(st.sampled_from(at_school.SERVICES), label="service")
        moment = datetime(2026, 3, 20, data.draw(st.sampled_from([8, 12, 19]), label="hour"), tzinfo=world.ALMATY)
        with world.clock.fixed_at(moment):
            case = at_school.apply(user, school.office, service)
        people = [user, school.clerk, school.secretary, school.head, school.academic, school.auditor]
        for _ in range(data.draw(st.integers(1, 8), label="steps")):
            moment += timedelta(minutes=data.draw(MINUTES, label="later by"))
            with world.clock.fixed_at(moment):
                sweeps.make_due_moves()
                case = SimpleCase.objects.get(pk=case.pk)
                moves = [(person, o.move.name) for person in people for o in options(case, person) if o.is_open]
                assert moves or case.state in (*DECIDED, *ENDS, State.SUBMITTED), case.state
                if not moves:
                    break
                person, move = data.draw(st.sampled_from(moves), label="move")
                try:
                    case = world.make(case, move, person, **facts(move, case, data))
                except ValidationError:
                    continue  # the law objected to the facts: nothing may have changed
                finally:
                    self.assert_lawful(SimpleCase.objects.get(pk=case.pk))

    def assert_lawful(self, case):
        assert first_fault(case) == ""
        assert case.stage == STAGES[case.state]
        running = case.deadlines.running()
        assert running.filter(rule=f"{case.service}.decide").exists() == (case.state in OPEN)
        if case.state not in OPEN:
            assert not running.exists()
        assert bool(case.decided_at) == (case.stage == Stage.DECIDED)
        in_force = list(case.papers.issued().filter(kind__startswith="simple_").values_list("kind", flat=True))
        if case.state in DECIDED:
            assert len(in_force) == 1, "exactly one result is in force"
            assert (case.state == State.REFUSED) == (in_force == ["simple_refusal"])
            assert case.decided_by.username.startswith("head")
        else:
            assert in_force == []
        if case.state == State.REFUSED:
            assert set(case.refusal_grounds) <= {"law-1", "law-2"}
            assert case.motive.strip()


def facts(move, case, data) -> dict:
    """Facts as an official would enter them, lawful or not."""
    known = {
        "grant": {"motive": ""},
        "refuse": {
            "grounds": data.draw(st.lists(st.sampled_from(["law-1", "law-2", "law-3"]), max_size=2), label="grounds"),
            "motive": data.draw(st.sampled_from(["", "Талаптарға сай емес."]), label="motive"),
        },
        "hand_over": {"collected_by": data.draw(st.sampled_from(["", "Өзі"]), label="who")},
        "refuse_acceptance": {"missing": [], "motive": "Басқа адамның құжаты."},
        "withdraw_result": {"because": "Сот актісі № 1"},
    }
    if move == "correct":
        paper = data.draw(st.sampled_from(list(correctable(case))), label="paper with the error")
        return {"paper": paper.pk, "wrong": "Сәбитов", "right": "Сабитов", "reason": "Қате."}
    return known.get(move, {})
