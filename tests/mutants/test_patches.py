"""Every planted defect still falls on the product as it stands; that each is caught is told by bin/test-mutants."""

import subprocess

import pytest

from tests.mutants import ROOT, planted

DEFECTS = planted()


def test_there_are_enough_of_them():
    assert len(DEFECTS) >= 20


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_each_still_applies_and_names_what_must_turn_red(defect):
    done = subprocess.run(
        ["git", "apply", "--check", str(defect.path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert defect.defect
    assert (ROOT / defect.test).exists()
    assert not any(line.startswith("+++ b/tests/") for line in defect.path.read_text().splitlines())
