"""The proof itself is proved: pieces planted with their norms, and tests that notice their absence or do not."""

import subprocess
import sys

import pytest

from tests.ground.sources import ROOT

DRIVER = """
import sys
sys.path.insert(0, {folder!r})
from tests.subtraction.__main__ import main

def find():
    import planted
    from kazservices.reports.pieces import Piece
    from tests.subtraction.taking import TAKING
    TAKING["planted"] = lambda name: setattr(planted, name, None)
    return [Piece("planted", "law", ("CONS-8",), "law"), Piece("planted", "hole", ("CONS-10-1",), "hole")]

sys.exit(main(["--list", *sys.argv[1:]], tests={folder!r}, find=find))
"""
PLANTED = """
import planted, pytest

@pytest.mark.norm("CONS-8")
def test_one():
    assert {promise}

@pytest.mark.norm("CONS-10-1")
def test_two():
    assert planted.hole["days"] == 6
"""


@pytest.fixture
def prove(tmp_path):
    def prove(promise, *words):
        (tmp_path / "planted.py").write_text('law, hole = "six days", {"days": 6}')
        (tmp_path / "test_planted.py").write_text(PLANTED.format(promise=promise))
        (tmp_path / "driver.py").write_text(DRIVER.format(folder=str(tmp_path)))
        return subprocess.run(
            [sys.executable, tmp_path / "driver.py", *words],
            cwd=ROOT, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    return prove


def test_a_piece_is_caught_when_a_test_that_cites_its_norm_turns_red(prove):
    said = prove("planted.law == 'six days'", "--norm", "CONS-8")
    assert said.stdout.splitlines()[-1] == "norms: 1 of 1 proved, 1 of 1 removals caught"
    assert said.returncode == 0


def test_a_test_that_proves_nothing_lets_its_piece_survive(prove):
    said = prove("planted", "--norm", "CONS-8")
    assert "survivor: planted law  [CONS-8]" in said.stdout
    assert said.stdout.splitlines()[-1] == "norms: 0 of 1 proved, 0 of 1 removals caught"
    assert said.returncode == 1


def test_a_test_that_is_red_already_proves_nothing(prove):
    said = prove("planted.law == 'seven days'", "--norm", "CONS-8")
    assert "red before anything was taken out" in said.stdout
    assert said.stdout.splitlines()[-1] == "norms: 0 of 1 proved, 0 of 1 removals caught"
    assert said.returncode == 1


def test_what_is_noticed_by_an_error_is_caught_but_proves_no_norm(prove):
    said = prove("planted.law", "--norm", "CONS-10-1")
    assert "caught by an error" in said.stdout
    assert said.stdout.splitlines()[-1] == "norms: 0 of 1 proved, 1 of 1 removals caught"
    assert said.returncode == 1
