"""./bin/test-norms: take out each piece that names a norm, and see a test that cites it turn red."""

import argparse
import sys
import time

import pytest


def main(words: list[str], *, tests: str = "tests", find=None) -> int:
    """The whole proof; ``find`` gives other pieces than the program's own, for a proof of the proof."""
    parser = argparse.ArgumentParser(prog="bin/test-norms", description=__doc__)
    parser.add_argument("--owner", help="only the norms of this owner: main, schools, people, complaints")
    parser.add_argument("--norm", action="append", default=[], help="only this norm; may be given again")
    parser.add_argument("--kind", action="append", default=[], help="only pieces of this kind: rule, permission, row")
    parser.add_argument("--quick", action="store_true", help="as few pieces as name each norm once")
    parser.add_argument("--list", action="store_true", help="tell of each removal which test caught it")
    asked = parser.parse_args(words)
    subtraction = Subtraction(asked, find)
    options = ["--quiet", "--capture=no", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--no-summary"]
    code = pytest.main([*options, "--ds=tests.subtraction.settings", tests], plugins=[subtraction])
    return code or subtraction.code


class Subtraction:
    """Collects the tests as pytest does, then runs the proof in place of them."""

    def __init__(self, asked, find):
        self.asked, self.find, self.code = asked, find, 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        from kazservices.reports.pieces import pieces  # the apps are ready only now

        from .bench import Bench
        from .proof import in_scope, prove, sample

        if session.testsfailed:
            raise session.Interrupted("the tests could not be collected")
        began = time.monotonic()
        plugins = session.config.pluginmanager
        for name in ("terminalreporter", "norms"):
            plugins.unregister(name=name)
        bench = Bench(session)
        bench.set_up()
        with bench.unblocked():
            found, norms = in_scope((self.find or pieces)(), self.asked.owner, self.asked.norm)
        found = [piece for piece in found if not self.asked.kind or piece.kind in self.asked.kind]
        chosen = sample(found, norms) if self.asked.quick else found
        reserve = [piece for piece in found if piece not in chosen]
        proof = prove(bench, chosen, norms, self._tell, reserve)
        self._close(proof, time.monotonic() - began)
        return True

    def _tell(self, removal) -> None:
        if self.asked.list:
            how = "caught by an error" if removal.is_a_hole else "caught" if removal.is_caught else "NOT CAUGHT"
            print(f"{how:20}{removal.piece}  [{', '.join(removal.piece.norms)}]")
            for test, why in (removal.red or removal.holes or {removal.broken: ""}).items():
                if test:
                    print(f"{'':20}  {test}: {why.splitlines()[0] if why else ''}")

    def _close(self, proof, seconds) -> None:
        for test, why in proof.red_before.items():
            print(f"red before anything was taken out: {test}: {why}")
        for removal in proof.survivors:
            how = removal.broken or "noticed by no test"
            print(f"survivor: {removal.piece}  [{', '.join(removal.piece.norms)}]  {how}")
        for norm in proof.norms:
            if norm not in proof.proved_by:
                print(f"not proved: {norm}")
        caught, all_of_them = len(proof.removals) - len(proof.survivors), len(proof.removals)
        holes = sum(removal.is_a_hole for removal in proof.removals.values())
        print(f"took {seconds:.0f} s; {holes} of the removals were noticed by an error, not by a broken promise")
        print(
            f"norms: {len(proof.proved())} of {len(proof.norms)} proved, {caught} of {all_of_them} removals caught",
            flush=True,
        )
        self.code = 0 if proof.holds() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
