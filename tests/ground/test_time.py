import ast
import re

import pytest

from tests.ground.sources import ROOT, modules, place, tree

CLOCK = ROOT / "kazservices" / "clock"
OUTSIDE = ROOT / "kazservices" / "gateways" / "standin.py"  # plays another system, which has a clock of its own
BANNED = {
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "date.today",
    "datetime.date.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
    "Now",
    "functions.Now",
}
HANDED_ON = ("timezone.now", "datetime.now", "date.today")  # as a default, to be called later
TELLS_WITH_AN_ARGUMENT = {"timezone.localdate", "timezone.localtime"}  # a given instant is turned, none is asked
SQL_NOW = re.compile(
    r"\b(now\(\)|current_timestamp|current_date|datetime\('now'|date\('now'|getdate\(\))", re.IGNORECASE
)
SQL = re.compile(r"\b(select|insert|update|delete|where)\b", re.IGNORECASE)


def asks_the_time(source: ast.AST):
    """The nodes that ask the machine or the database what time it is."""
    for node in ast.walk(source):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            told = name in TELLS_WITH_AN_ARGUMENT and bool(node.args)
            if name in BANNED and not told:
                yield node
        elif isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            yield node.value
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in HANDED_ON:
            yield node
        elif isinstance(node, ast.Constant) and SQL.search(str(node.value)) and SQL_NOW.search(str(node.value)):
            yield node


def test_only_the_clock_asks_what_time_it_is():
    asked = [
        place(path, node)
        for path in modules()
        if CLOCK not in path.parents and path != OUTSIDE
        for node in asks_the_time(tree(path))
    ]
    assert sorted(set(asked)) == []


@pytest.mark.parametrize(
    "line",
    [
        "timezone.now()",
        "field(default=timezone.now)",
        "datetime.now(UTC)",
        "date.today()",
        "time.time()",
        "timezone.localdate()",
        "models.DateTimeField(auto_now_add=True)",
        "Now()",
        "cursor.execute('SELECT id FROM cases WHERE due_at < now()')",
    ],
)
def test_each_way_of_asking_is_seen(line):
    assert list(asks_the_time(ast.parse(line)))


def test_the_clock_itself_and_measuring_are_let_through():
    assert not list(asks_the_time(ast.parse("clock.now(); now(); time.monotonic(); timezone.localdate(instant)")))
