"""The graph of the machine: every state can be reached, and left, but for the few that are an end."""

import pytest

from conscription.models import DeferralApplication, ExemptionApplication
from conscription.states import OPEN, State
from kazservices.cases.permission import Permission
from kazservices.flow.manifest import manifest_of


def edges(model):
    for name, method in model._meta.get_field("state").transitions[model].items():
        for source, transition in method._django_fsm.transitions.items():
            yield name, source, transition.target or source, transition


@pytest.mark.parametrize("model", [DeferralApplication, ExemptionApplication])
def test_no_state_but_the_ends_is_without_a_way_out(model):
    leaves = {source for _, source, target, _ in edges(model) if target != source}
    assert set(State) - leaves == {State.NOT_TAKEN, State.WITHDRAWN}
    reached, todo = set(), [State.SUBMITTED]
    while todo:
        state = todo.pop()
        if state not in reached:
            reached.add(state)
            todo += [target for _, source, target, _ in edges(model) if source == state]
    assert reached == set(State)


@pytest.mark.parametrize("model", [DeferralApplication, ExemptionApplication])
def test_every_transition_names_who_may_and_is_known_to_the_manifest(model):
    assert all(isinstance(transition.permission, Permission) for *_, transition in edges(model))
    assert {name for name, *_ in edges(model)} == {move.name for move in manifest_of(model.service_code).moves}


def test_the_shape_is_that_of_the_standard():
    changes = {(source, target) for _, source, target, _ in edges(DeferralApplication) if source != target}
    withdrawn = {(state, State.WITHDRAWN) for state in OPEN}
    assert changes - withdrawn == {
        (State.SUBMITTED, State.NOT_TAKEN),
        (State.WITH_CHAIR, State.NOT_TAKEN),
        (State.SUBMITTED, State.WITH_CHAIR),
        (State.WITH_CHAIR, State.WITH_MEMBERS),
        (State.WITH_MEMBERS, State.OPINIONS_IN),
        (State.OPINIONS_IN, State.GRANTED),
        (State.OPINIONS_IN, State.HEARING_CALLED),
        (State.HEARING_CALLED, State.HEARD),
        (State.HEARING_CALLED, State.GRANTED),  # open on every day: CONS-10-8, GAP-35
        (State.HEARD, State.HEARING_CALLED),  # an absence on a day that became a day off is none: GAP-35
        (State.HEARD, State.GRANTED),
        (State.HEARD, State.REFUSED),
        (State.GRANTED, State.OPINIONS_IN),
        (State.REFUSED, State.OPINIONS_IN),
    }
