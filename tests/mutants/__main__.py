import argparse
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import tests.mutants
from tests.mutants import ROOT, Planted, planted

STEPS = "6000"  # of the model: some defects show in few lives
PATIENCE = 1800  # seconds: a test that a defect sends round for ever is stopped, and the defect caught


class Yard:
    """A copy of the tree as it stands now, and copies of that copy, each with one defect."""

    def __init__(self, folder: Path):
        self.folder, self.sound = folder, folder / "sound"
        for file in _tracked():
            if (ROOT / file).is_file():
                (self.sound / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / file, self.sound / file)

    def prove_sound(self, tests: list[str]) -> bool:
        """Without a defect all of them are green: what is red anyway catches nothing."""
        with TemporaryDirectory(dir=self.folder) as data:
            return all(self.run(self.sound, test, data=Path(data)) for test in tests)

    def run(self, tree: Path, test: str, data: Path) -> bool:
        """Whether the test is green in this tree."""
        data.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KAZ_", "PYTEST_"))}
        given = {"KAZ_TEST_DATA": str(data), "KAZ_STEPS": STEPS, "PYTHONPATH": str(tree)}
        environment = {**kept, **given, "PYTHONDONTWRITEBYTECODE": "1"}
        words = [sys.executable, "-m", "pytest", "-n0", "-x", "-p", "no:cacheprovider", test]
        with (tree / "said.txt").open("wb") as said:
            try:
                done = subprocess.run(
                    words, cwd=tree, env=environment, stdout=said, stderr=said, timeout=PATIENCE, check=False
                )
            except subprocess.TimeoutExpired:
                return False
        if done.returncode not in (0, 1):
            raise SystemExit(f"{test} could not be run in {tree}:\n{(tree / 'said.txt').read_text()[-2000:]}")
        return done.returncode == 0

    def is_caught(self, defect: Planted) -> bool:
        tree = Path(shutil.copytree(self.sound, self.folder / defect.name))
        applied = subprocess.run(
            ["git", "apply", str(defect.path)], cwd=tree, env=_outside(self.folder), capture_output=True, check=False
        )
        if applied.returncode:
            print(f"  {defect.name}: no longer applies: {applied.stderr.decode().strip()}", flush=True)
            return False
        began = time.monotonic()
        with TemporaryDirectory(dir=self.folder) as data:
            caught = not self.run(tree, defect.test, Path(data))
        told = "caught" if caught else "SURVIVED"
        print(
            f"  {defect.name}: {told} by {defect.test} in {time.monotonic() - began:.0f} s. {defect.defect}", flush=True
        )
        shutil.rmtree(tree)
        return caught


def _tracked() -> list[Path]:
    """The files of the tree as they stand, with those that git does not know yet, and the compiled translations."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = [Path(name) for name in names.split("\0") if name]
    return [*found, *(path.relative_to(ROOT) for path in (ROOT / "locale").rglob("*.mo"))]


def _outside(folder: Path) -> dict:
    """No repository above a copy is asked: a patch falls into the copy and nowhere else."""
    return {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.resolve())}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/test-mutants", description=tests.mutants.__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="only these defects")
    parser.add_argument("--jobs", type=int, default=1, help="so many at a time")
    parser.add_argument("--list", action="store_true", help="name the defects and end")
    chosen = parser.parse_args()
    defects = [one for one in planted() if not chosen.names or one.name in chosen.names]
    if chosen.list:
        print("\n".join(f"{one.name}: {one.defect} ({one.test})" for one in defects))
        return 0
    with TemporaryDirectory(prefix="kazservices-mutants-") as folder:
        yard = Yard(Path(folder))
        if not yard.prove_sound(sorted({one.test for one in defects})):
            print(f"The tests are red without a defect:\n{(yard.sound / 'said.txt').read_text()[-3000:]}")
            return 1
        with ThreadPoolExecutor(chosen.jobs) as pool:
            caught = sum(pool.map(yard.is_caught, defects))
    print(f"planted defects: {caught} of {len(defects)} caught")
    return 0 if defects and caught == len(defects) else 1


if __name__ == "__main__":
    sys.exit(main())
