"""The tests that cite norms, collected once; each child runs some of them and tells which turned red, and how."""

from dataclasses import dataclass, field

import hypothesis
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import TemplateDoesNotExist
from pytest_django.plugin import blocking_manager_key

from kazservices.documents import drawing
from tests.ink import INK, without_ink
from tests.norms_plugin import norms_of

#: A test that ends so has met a hole, not a broken promise: counted apart.
ERRORS = (NameError, TypeError, AttributeError, LookupError, ImportError, ObjectDoesNotExist, TemplateDoesNotExist)
ASSERTION, ERROR = "failed", "error"


@dataclass
class Bench:
    """The citing tests of one collection; knows how to run one of them and say what became of it."""

    session: pytest.Session
    items: dict[str, pytest.Item] = field(default_factory=dict)
    cites: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    #: Tests that look at a drawn paper; to all others its text is enough, and drawing takes most of their time.
    needs_ink: set[str] = field(default_factory=set)

    def __post_init__(self):
        for item in self.session.items:
            norms = tuple(dict.fromkeys(norms_of(item)))
            if norms and not any(item.get_closest_marker(mark) for mark in ("browser", "services")):
                self.items[item.nodeid], self.cites[item.nodeid] = item, norms

    def unblocked(self):
        """The database is open inside, as it is in a test that asks for it."""
        return self.session.config.stash[blocking_manager_key].unblock()

    def citing(self, norms) -> list[str]:
        """The tests that cite any of these norms, the quickest first."""
        wanted = set(norms)
        found = [test for test in self.items if wanted & set(self.cites[test])]
        return sorted(found, key=lambda test: (self.seconds.get(test, 1.0), test))

    def leave_out(self, test: str) -> None:
        del self.items[test], self.cites[test]

    def set_up(self) -> None:
        """Make the session's own fixtures, the database above all, by running one test that needs it."""
        first = next((item for item in self.items.values() if "db" in item.fixturenames), None)
        if first:
            other = next(item for item in self.items.values() if item.path.parent != first.path.parent)
            self._run(first, other)

    def run(self, tests: list[str], *, stop_at_first: bool) -> dict:
        """What became of each test: its outcome and its seconds; the first broken promise may end the run."""
        hypothesis.settings.register_profile("subtraction", derandomize=True, database=None)
        hypothesis.settings.load_profile("subtraction")
        told = {}
        for test in tests:
            told[test] = self._run(self.items[test])
            if stop_at_first and told[test]["outcome"] == ASSERTION:
                break
        return told

    def _run(self, item, following=None) -> dict:
        watch = Watch()
        drawing.pdf = INK if item.nodeid in self.needs_ink else without_ink
        plugins = self.session.config.pluginmanager
        plugins.register(watch)
        try:
            self.session._setupstate.teardown_exact(item)
            self.session.config.hook.pytest_runtest_protocol(item=item, nextitem=following or item)
        finally:
            plugins.unregister(watch)
        return {"outcome": watch.outcome, "why": watch.why, "seconds": watch.seconds}


class Watch:
    """Listens to one test: passed, failed on its promise, or met an error; skipped is none of them."""

    def __init__(self):
        self.outcome, self.why, self.seconds = "passed", "", 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        self.seconds += call.duration
        if report.skipped and self.outcome == "passed":
            self.outcome = "skipped"
        if report.failed and self.outcome not in (ASSERTION, ERROR):
            raised = call.excinfo.value if call.excinfo else None
            self.outcome = ERROR if isinstance(raised, ERRORS) or report.when == "teardown" else ASSERTION
            self.why = f"{report.when}: {type(raised).__name__}: {raised}"[:300]
        return report
