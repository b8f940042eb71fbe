"""Work done in forked children, some at a time: what a child spoils ends with it."""

import json
import os
import resource
import selectors
import traceback
from collections.abc import Callable, Iterator

#: Of the processor, not of the wall: a child without its piece may go round for ever, a busy machine is no reason.
MOST_SECONDS = 180


def in_children(
    works: list[tuple[str, Callable[[], dict]]], *, at_once: int, limited: bool = True
) -> Iterator[tuple[str, dict]]:
    """The answer of each work under its name, as they come; ``{"broken": ...}`` when a child brought none."""
    waiting, answers = list(reversed(works)), {}
    with selectors.DefaultSelector() as selector:
        while waiting or answers:
            while waiting and len(answers) < at_once:
                name, work = waiting.pop()
                child, end = _fork(work, limited)
                answers[end] = (name, child, [])
                selector.register(end, selectors.EVENT_READ)
            for key, _ in selector.select():
                name, child, parts = answers[key.fd]
                if part := os.read(key.fd, 65536):
                    parts.append(part)
                    continue
                selector.unregister(key.fd)
                os.close(key.fd)
                del answers[key.fd]
                _, status = os.waitpid(child, 0)
                said = b"".join(parts)
                yield name, json.loads(said) if said else {"broken": f"no answer, status {status}"}


def _fork(work: Callable[[], dict], limited: bool) -> tuple[int, int]:
    answer, mouth = os.pipe()
    child = os.fork()
    if child:
        os.close(mouth)
        return child, answer
    os.close(answer)
    if limited:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        said = work()
    except BaseException:
        said = {"broken": traceback.format_exc()}
    with os.fdopen(mouth, "w") as pipe:
        json.dump(said, pipe)
    os._exit(0)
