"""The model's lives: 2,000 steps and more in each run of the suite; KAZ_STEPS or bin/test-model for a longer one."""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from kazservices.flow.manifest import all_manifests

from . import services
from .machine import Lives

#: Without a seed the lives are the same each time, so that a change is judged by what the one before was judged by.
SEED = os.environ.get("KAZ_SEED", "")
ENOUGH = 2000  # steps: what a change is judged by
STEPS, A_LIFE = int(os.environ.get("KAZ_STEPS") or ENOUGH), 80


@pytest.fixture
def lives(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Lives.services = services.build()
    Lives.done.clear()
    Lives.lived.clear()
    return Lives


def test_the_product_does_what_the_table_of_the_law_says_whatever_is_tried(lives, capsys):
    assert set(lives.services) == {manifest.code for manifest in all_manifests()}, "a service without an adapter"
    how = settings(
        max_examples=-(-STEPS // A_LIFE),
        stateful_step_count=A_LIFE,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        derandomize=not SEED,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate] if not os.environ.get("KAZ_SHRINK") else list(Phase),
    )
    run_state_machine_as_test(seed(int(SEED))(lives) if SEED else lives, settings=how)
    with capsys.disabled():
        if os.environ.get("KAZ_TELL"):
            print(dict(sorted(lives.done.items())), "never filed:", set(lives.services) - lives.lived)
        print(f"\nmodel: {lives.done['steps']} steps, {lives.done['made']} moves made, {lives.done['refused']} refused")
    assert lives.done["steps"] >= STEPS
    assert lives.done["made"] >= STEPS / 10
    if STEPS >= ENOUGH:
        assert len(lives.lived) >= len(lives.services) - 3, f"never filed: {set(lives.services) - lives.lived}"
