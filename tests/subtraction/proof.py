"""Proof by subtraction: each piece that names a norm is taken out, and a test that cites the norm must turn red."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kazservices.reports.norms import owned_by, unremovable
from kazservices.reports.pieces import Piece

from .bench import ASSERTION, ERROR, Bench
from .children import in_children
from .taking import take_out

AT_ONCE = 2


@dataclass
class Removal:
    """One piece taken out, and the tests that turned red: which norm each of them cites."""

    piece: Piece
    red: dict[str, str] = field(default_factory=dict)
    holes: dict[str, str] = field(default_factory=dict)
    broken: str = ""

    @property
    def is_caught(self) -> bool:
        return bool(self.red or self.holes)

    @property
    def is_a_hole(self) -> bool:
        """Noticed only because something was missing, not because a promise was broken."""
        return not self.red and bool(self.holes)


@dataclass
class Proof:
    """What the subtraction found: the removals, the norms they prove, and the tests that were red before it."""

    norms: tuple[str, ...]
    removals: dict[str, Removal] = field(default_factory=dict)
    #: Taken out only for the sake of one norm, beyond a sample: no catch of theirs is counted.
    further: dict[str, Removal] = field(default_factory=dict)
    red_before: dict[str, str] = field(default_factory=dict)
    proved_by: dict[str, list[str]] = field(default_factory=dict)

    @property
    def survivors(self) -> list[Removal]:
        return [removal for removal in self.removals.values() if not removal.is_caught]

    def proved(self) -> list[str]:
        return [norm for norm in self.norms if norm in self.proved_by]

    def holds(self) -> bool:
        return not (self.survivors or self.red_before) and len(self.proved()) == len(self.norms)


def prove(bench: Bench, pieces: list[Piece], norms: Iterable[str], tell=lambda removal: None, reserve=()) -> Proof:
    """Run the citing tests whole, then once for each piece without it, until one of them breaks its promise.

    ``reserve``: pieces to look among for a norm that no removal has proved, when ``pieces`` are a sample.
    """
    proof = Proof(tuple(norms))
    _baseline(bench, proof, pieces)
    proof.removals = {str(piece): Removal(piece) for piece in pieces}
    _take_out(bench, proof, [(piece, piece.norms) for piece in pieces], tell)
    _credit(bench, proof)
    _look_for_each_norm(bench, proof, [*pieces, *reserve])
    for norm, listed in unremovable().items():
        named = {test for test in bench.cites if test.partition("[")[0] == listed.test}
        if norm in proof.norms and named and not named & set(proof.red_before):
            proof.proved_by.setdefault(norm, []).append(listed.test)
    return proof


def _look_for_each_norm(bench: Bench, proof: Proof, pieces: list[Piece]) -> None:
    """A piece with several norms has stopped at its first red test: look for one that cites each other norm."""
    left = {norm: [p for p in pieces if norm in p.norms] for norm in proof.norms if norm not in proof.proved_by}
    while left := {norm: some for norm, some in left.items() if some and norm not in proof.proved_by}:
        _take_out(bench, proof, [(some.pop(0), (norm,)) for norm, some in left.items()], lambda removal: None)
        _credit(bench, proof)


def sample(pieces: list[Piece], norms: list[str]) -> list[Piece]:
    """As few pieces as name each norm once, always the same ones."""
    left, chosen = set(norms), []
    while some := [piece for piece in pieces if left & set(piece.norms)]:
        most = max(some, key=lambda piece: len(left & set(piece.norms)))
        chosen.append(most)
        left -= set(most.norms)
    return chosen


def _baseline(bench: Bench, proof: Proof, pieces: list[Piece]) -> None:
    """All must be green before anything is taken out; what is red without drawn papers is tried with them."""
    wanted = {norm for piece in pieces for norm in piece.norms} | set(proof.norms)
    tests = bench.citing(wanted)
    for drawn in (False, True):
        if drawn:
            bench.needs_ink |= set(proof.red_before)
            tests, proof.red_before = list(proof.red_before), {}
        for test, what in _in_halves(bench, tests):
            bench.seconds[test] = what["seconds"]
            if what["outcome"] == "skipped":
                bench.leave_out(test)
            elif what["outcome"] != "passed":
                proof.red_before[test] = what["why"]


def _in_halves(bench: Bench, tests: list[str]) -> Iterator[tuple[str, dict]]:
    halves = [tests[number::AT_ONCE] for number in range(AT_ONCE)]
    works = [(half[0], lambda half=half: bench.run(half, stop_at_first=False)) for half in halves if half]
    for _, told in in_children(works, at_once=AT_ONCE, limited=False):
        if "broken" in told:
            raise RuntimeError(told["broken"])
        yield from told.items()


def _take_out(bench: Bench, proof: Proof, wanted: list[tuple[Piece, tuple[str, ...]]], tell) -> None:
    works, named = [], {str(piece): piece for piece, _ in wanted}
    for piece, norms in wanted:
        tests = [test for test in bench.citing(norms) if test not in proof.red_before]
        works.append((str(piece), lambda piece=piece, tests=tests: _without(bench, piece, tests)))
    for name, told in in_children(works, at_once=AT_ONCE):
        removal = proof.removals.get(name) or proof.further.setdefault(name, Removal(named[name]))
        if "broken" in told:
            removal.broken = told["broken"]
        else:
            removal.red |= {test: what["why"] for test, what in told.items() if what["outcome"] == ASSERTION}
            removal.holes |= {test: what["why"] for test, what in told.items() if what["outcome"] == ERROR}
        tell(removal)


def _without(bench: Bench, piece: Piece, tests: list[str]) -> dict:
    with bench.unblocked():
        take_out(piece)
    return bench.run(tests, stop_at_first=True)


def _credit(bench: Bench, proof: Proof) -> None:
    for name, removal in [*proof.removals.items(), *proof.further.items()]:
        for test in removal.red:
            for norm in set(bench.cites[test]) & set(removal.piece.norms):
                names = proof.proved_by.setdefault(norm, [])
                if name not in names:
                    names.append(name)


def in_scope(pieces: list[Piece], owner: str | None, only: list[str]) -> tuple[list[Piece], list[str]]:
    """The norms asked for and the pieces that name one of them."""
    norms = [norm for norm in owned_by(owner) if not only or norm in only]
    return [piece for piece in pieces if set(piece.norms) & set(norms)], norms
