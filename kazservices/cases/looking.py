"""While a case is only looked at, the same question about it is asked once; a move always asks anew."""

from contextlib import contextmanager
from functools import wraps


@contextmanager
def looking(case):
    """Nothing of the case changes in this block: what is asked of it is remembered to its end."""
    outermost = "_looked" not in case.__dict__
    case.__dict__.setdefault("_looked", {})
    try:
        yield case
    finally:
        if outermost:
            del case.__dict__["_looked"]


def asked_once(question):
    """A question with the case as its only argument that is remembered while the case is looked at."""

    @wraps(question)
    def answer(case):
        looked = case.__dict__.get("_looked")
        if looked is None:
            return question(case)
        if question not in looked:
            looked[question] = question(case)
        return looked[question]

    return answer
