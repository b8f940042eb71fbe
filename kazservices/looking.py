"""While a case, or an office, is only looked at, the same question about it is asked once; a move always asks anew."""

from contextlib import ExitStack, contextmanager
from functools import wraps


@contextmanager
def looking(*ones):
    """Nothing of these changes in this block: what is asked of each is remembered to its end."""
    with ExitStack() as stack:
        for one in ones:
            if "_looked" not in one.__dict__:
                one.__dict__["_looked"] = {}
                stack.callback(one.__dict__.pop, "_looked")
        yield


def asked_once(question):
    """A question about its first argument, remembered for the rest while that one is looked at."""

    @wraps(question)
    def answer(one, *rest):
        looked = one.__dict__.get("_looked")
        if looked is None:
            return question(one, *rest)
        if (question, *rest) not in looked:
            looked[question, *rest] = question(one, *rest)
        return looked[question, *rest]

    return answer
