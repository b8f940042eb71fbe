import subprocess
import sys

import pytest

from tests.ground.sources import ROOT

FOUR = ["CONS-8", "CONS-10-1", "CONS-10-2", "CONS-10-3"]


@pytest.fixture
def run(tmp_path):
    """Run a file of tests with the plugin alone; with ``-n 2`` the marks travel from the workers."""

    def run(text, *words):
        (tmp_path / "test_some.py").write_text(f"import pytest\n{text}")
        (tmp_path / "conftest.py").write_text(
            "from tests.norms_plugin import NormsPlugin\n"
            "def pytest_configure(config):\n"
            "    config.addinivalue_line('markers', 'norm(*ids): norms')\n"
            "    config.pluginmanager.register(NormsPlugin(), 'norms')\n"
        )
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", *words]
        return subprocess.run(
            [*command, "--rootdir", str(tmp_path), str(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.parametrize("words", [(), ("-n", "2")])
def test_a_norm_is_proved_by_a_passed_test_and_by_no_failed_one(run, words):
    said = run(
        "@pytest.mark.norm('CONS-8')\ndef test_one(): pass\n"
        "@pytest.mark.norm('CONS-10-1')\ndef test_two(): pass\n"
        "@pytest.mark.norm('CONS-10-1')\ndef test_three(): assert False\n"
        "@pytest.mark.norm('CONS-10-2')\ndef test_four(): pytest.skip()\n",
        *words,
    )
    assert said.stdout.splitlines()[-1].startswith("norms: 1 of ")
    assert "1 failed, 2 passed, 1 skipped" in said.stdout.splitlines()[-2]


@pytest.mark.parametrize("norms", [FOUR, ["CONS-999"]])
def test_too_many_norms_or_an_unknown_one_are_an_error_of_collection(run, norms):
    said = run(f"@pytest.mark.norm(*{norms})\ndef test_one(): pass\n")
    assert said.returncode == 2
    assert "1 error" in said.stdout
