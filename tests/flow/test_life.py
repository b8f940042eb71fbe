"""A random life of an application: whatever is tried at whatever hour, the law holds after every step."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from conscription import hearings
from conscription.models import DeferralApplication, Hearing
from conscription.states import OPEN, STAGES, State
from kazservices.cases.journal import first_fault
from kazservices.cases.models import Stage
from kazservices.flow import sweeps
from kazservices.flow.door import options
from kazservices.flow.mending import correctable
from kazservices.notices.models import Notice
from tests import world

MINUTES = st.sampled_from([5, 60, 240, 540, 1440])


class LifeTest(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_the_law_holds_after_every_step(self, data):
        place, user = world.build_place(), world.build_recipient()
        world.order_call_up(place.operator)
        moment = datetime(2026, 3, 20, 17, tzinfo=world.ALMATY)
        with world.clock.fixed_at(moment):
            case = world.apply(user, place.office)
        people = [user, place.clerk, place.secretary, place.chair, place.head, *place.members]
        for _ in range(data.draw(st.integers(1, 12), label="steps")):
            moment += timedelta(minutes=data.draw(MINUTES, label="later by"))
            with world.clock.fixed_at(moment):
                sweeps.make_due_moves()
                case = DeferralApplication.objects.get(pk=case.pk)
                open_moves = [(p, o.move.name) for p in people for o in options(case, p) if o.is_open]
                assert open_moves or case.state in (State.NOT_TAKEN, State.WITHDRAWN), case.state
                if not open_moves:
                    break
                person, move = data.draw(st.sampled_from(open_moves), label="move")
                try:
                    case = world.make(case, move, person, **facts(move, case, moment, place, data))
                except ValidationError:
                    continue  # the law objected to the facts: nothing may have changed
                finally:
                    self.assert_lawful(DeferralApplication.objects.get(pk=case.pk))

    def assert_lawful(self, case):
        assert first_fault(case) == ""
        assert case.stage == STAGES[case.state]
        running = case.deadlines.running()
        assert bool(running.filter(rule="deferral.decide")) == (case.state in OPEN)
        if case.stage in (Stage.DECIDED, Stage.CLOSED):
            assert not running.exists()
        if case.state == State.REFUSED:
            self.assert_heard(case)

    def assert_heard(self, case):
        hearing = hearings.current(case)
        assert hearing.status in (Hearing.Status.HELD, Hearing.Status.NO_SHOW, Hearing.Status.IN_WRITING)
        assert Notice.objects.filter(case=case.pk, letter="hearing_notice", served_at__lte=hearing.ended_at).exists()
        assert case.decided_at >= case.time.opening(hearings.refusal_from(case, hearing))
        assert set(case.refusal_grounds) <= set(hearing.grounds)


def facts(move, case, moment, place, data):
    """Facts as an official would enter them; the hours of a hearing are drawn, lawful or not."""
    hearing = hearings.current(case)
    refusing = {"decision": "refuse", "ground": "2", "motive": "Талаптарға сай емес."}
    ahead = moment + timedelta(hours=data.draw(st.integers(1, 72), label="hearing in hours"))
    when = {"held_at": ahead.isoformat(), "place": "214-кабинет", "way": "in_person"}
    known = {
        "give_opinion": refusing if data.draw(st.booleans(), label="refuses") else {"decision": "approve"},
        "revise_opinion": refusing if data.draw(st.booleans(), label="refuses now") else {"decision": "approve"},
        "grant": {"motive": "Құжаттар толық."},
        "permit_hearing": {"reason": "Төраға ауырды."},
        "call_hearing": {**when, "grounds": ["2"], "motive": "Талаптарға сай емес."},
        "postpone_hearing": {**when, "reason": "Өтініш берушінің сұрауы."},
        "record_no_show": {"note": "Келмеді."},
        "refuse": {"grounds": hearing.grounds if hearing else [], "motive": "…", "chair_motive": "Дәлел."},
        "refuse_acceptance": {"missing": [], "motive": "Басқа адамның құжаты."},
        "recuse": {"person": place.member3.pk, "reason": "Туысы."},
        "lift_recusal": {"person": place.member3.pk, "reason": "Қателік."},
        "decline_wish": {"reason": "Мерзім өтіп барады."},
        "withdraw_result": {"because": "Сот актісі № 1"},
        "give_position": {"position": "Келіспеймін.", "instead_of_coming": data.draw(st.booleans(), label="in place")},
        "ask_postponement": {"wish": "Емтихан.", "wished_at": ahead.isoformat()},
    }
    if move == "record_hearing":
        begun = hearing.held_at
        return {**world.RECORD, "started_at": begun.isoformat(), "ended_at": (begun + timedelta(minutes=4)).isoformat()}
    if move == "correct":
        paper = data.draw(st.sampled_from(list(correctable(case))), label="paper with the error")
        return {"paper": paper.pk, "wrong": "Сәбитов", "right": "Сабитов", "reason": "Қате."}
    return known.get(move, {})
