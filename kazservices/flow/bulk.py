"""One move in many cases: which they have in common, a rehearsal, and a result for each; none waits for another."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case

from .door import options, rehearse, through
from .errors import MoveNotAllowed
from .making import make_once
from .manifest import Move, manifest_of

MOST = 50  # cases at once: what one can look through before one confirms
WAY = "bulk"  # as the journal calls it
NOT_YOURS = _("Your part in this case does not allow it.")


@dataclass(frozen=True)
class Result:
    """What the move would do, or has done, in one case; ``reason`` says why not."""

    case: Case
    done: bool
    reason: str = ""


def common(cases, by) -> list[Move]:
    """The moves open to a person in every one of these cases that ask nothing and issue nothing."""
    shared = [[option.move for option in options(case, by) if option.is_open and option.move.in_bulk] for case in cases]
    first, *others = shared or [[]]
    return [move for move in first if all(move.name in {other.name for other in moves} for moves in others)]


def in_bulk(cases, move: str) -> bool:
    """Do all these services know the move as one that may be made in many cases?"""
    known = [one for case in cases for one in manifest_of(case.service).moves if one.name == move]
    return bool(known) and len(known) == len(cases) and all(one.in_bulk for one in known)


def rehearsed(cases, move: str, *, by) -> list[Result]:
    """What the law says of the move in each case now; nothing is kept."""
    return [_tried(case, lambda case: rehearse(case, move, by=by) or True) for case in cases]


def made(cases, move: str, *, by, seen: dict[int, int]) -> list[Result]:
    """Make the move in each case by itself: one that refuses holds up no other, and no case is moved twice.

    ``seen``: case id -> the lines of its journal when the rehearsal was shown.
    """
    with through(WAY):
        return [_tried(case, lambda case: make_once(case, move, by=by, seen=seen[case.pk], facts={})) for case in cases]


def _tried(case, act: Callable) -> Result:
    try:
        again = not act(case)
    except PermissionDenied:
        return Result(case, False, str(NOT_YOURS))
    except MoveNotAllowed as error:
        return Result(case, False, str(error.reason))
    except ValidationError as error:
        return Result(case, False, " ".join(error.messages))
    return Result(case, True, _("This has been done already; nothing was written twice.") if again else "")
