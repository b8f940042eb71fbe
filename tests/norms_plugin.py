"""Counts the norms that the tests prove, and closes the run with "norms: N of M proved"."""

import pytest

from kazservices.reports.norms import MOST_IN_A_TEST, ours, register

KEY = "norm"


def norms_of(node) -> list[str]:
    return [norm for mark in node.iter_markers("norm") for norm in mark.args]


def objection(norms: list[str]) -> str | None:
    """Why a test may not cite these norms, if it may not."""
    if unknown := [norm for norm in norms if norm not in register()]:
        return f"no such norm in fixtures/norms.json: {', '.join(unknown)}"
    if len(set(norms)) > MOST_IN_A_TEST:
        return f"a test cites at most {MOST_IN_A_TEST} norms, not {', '.join(norms)}"
    return None


class NormsPlugin:
    """A norm is proved when a test that cites it has passed and none has failed."""

    def __init__(self):
        self.passed: set[str] = set()
        self.failed: set[str] = set()

    def pytest_generate_tests(self, metafunc):
        """Here an objection becomes an error of collection, at the module that has it."""
        if why := objection(norms_of(metafunc.definition)):
            pytest.fail(f"{metafunc.definition.nodeid}: {why}", pytrace=False)

    def pytest_runtest_setup(self, item):
        """What only a single parameter or a TestCase cites."""
        if why := objection(norms_of(item)):
            pytest.fail(why, pytrace=False)
        item.user_properties.extend((KEY, norm) for norm in norms_of(item))

    def pytest_runtest_logreport(self, report):
        """With xdist the reports of all workers arrive here, in the process that counts."""
        norms = {norm for key, norm in report.user_properties if key == KEY}
        if report.failed:
            self.failed |= norms
        elif report.passed and report.when == "call":
            self.passed |= norms

    def proved(self) -> set[str]:
        return (self.passed - self.failed) & set(ours())

    def pytest_unconfigure(self, config):
        terminal = config.pluginmanager.get_plugin("terminalreporter")
        if terminal and not hasattr(config, "workerinput") and not config.option.collectonly:
            terminal.write_line(f"norms: {len(self.proved())} of {len(ours())} proved")
