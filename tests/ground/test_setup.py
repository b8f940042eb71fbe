import os
import re
import shutil
import subprocess

import pytest

from tests.ground.sources import ROOT

SCRIPTS = ["bin/setup", "bin/run", "bin/test", "bin/test-services", "bin/test-model", "bin/test-mutants", ".ci/run"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_can_be_called_and_read(script):
    path = ROOT / script
    assert os.access(path, os.X_OK)
    shell = "bash" if script == ".ci/run" else "sh"
    assert subprocess.run([shell, "-n", path], check=False).returncode == 0


def test_the_lock_is_hashed_and_names_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    pinned = re.findall(r"^[\w.\[\]-]+==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\S+==", lock, re.MULTILINE)) > 50


def test_without_leave_to_install_it_stops_with_the_one_line(tmp_path):
    """Neither root nor sudo: nothing is made, and the line to run is told."""
    (tmp_path / "bin").mkdir()
    for name in ("setup", "_env"):
        shutil.copy(ROOT / "bin" / name, tmp_path / "bin")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "mkdir", "env"):
        (tools / name).symlink_to(shutil.which(name))
    for name, text in {"id": "echo 1000", "apt-get": "exit 1", "python3": "exit 0"}.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    said = subprocess.run(
        [tmp_path / "bin" / "setup"], env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends gettext" in said.stderr
    assert not (tmp_path / ".venv").exists()
