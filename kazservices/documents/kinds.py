"""The kinds of papers: each service declares its own, with what it must be told and how many people sign it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What a paper of this kind is called, which facts it cannot do without, and whether two people sign it."""

    code: str
    label: str
    wanted: tuple[str, ...] = ()
    two_handed: bool = False


_kinds: dict[str, Kind] = {}


def declare(code: str, label: str, *, wanted: tuple[str, ...] = (), two_handed: bool = False) -> Kind:
    """Make a kind known, once. Raises ValueError when it is known already as something else."""
    kind = Kind(code, label, wanted, two_handed)
    if _kinds.setdefault(code, kind) != kind:
        raise ValueError(f"the kind of paper “{code}” is declared twice")
    return kind


def kind_of(code: str) -> Kind:
    return _kinds[code]


def label_of(code: str) -> str:
    """What it is called; a kind that nobody declares any more, by its code."""
    return str(_kinds[code].label) if code in _kinds else code
