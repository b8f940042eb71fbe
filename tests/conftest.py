import os
import shutil
from collections import defaultdict
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zlib import crc32
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import connection, transaction
from django.test import SimpleTestCase
from playwright.sync_api import sync_playwright
from pytest_django.plugin import blocking_manager_key

from kazservices.clock import fixed_at
from kazservices.documents import drawing
from tests import world
from tests.browsing import phone
from tests.ink import without_ink
from tests.norms_plugin import NormsPlugin

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def on(moment: str):
    """The clock stands at a local moment: ``with on("2026-03-31 09:00"): ...``"""
    with fixed_at(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Almaty"))):
        yield


@pytest.fixture(name="on")
def _on():
    return on


# --- what runs where ---

hypothesis.settings.register_profile("ci", derandomize=True)  # a change is judged by the same examples each time
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def pytest_configure(config):
    config.pluginmanager.register(NormsPlugin(), "norms")


def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: _room(item) not in LONG)  # begun first, they are not waited for at the end
    for item in items:
        if "chromium" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
    if os.environ.get("CI"):
        other = _in_one_language(items)
        config.hook.pytest_deselected(items=list(other))
        items[:] = [item for item in items if item not in other]
    if on_services():
        again = [item for item in items if _differs_on_services(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
        items[:] = again


#: Rooms whose tests look at pages and files: what they ask of the database is asked by the rooms below as well.
FACES = frozenset({"api", "backoffice", "calendars", "design", "passports", "portal", "reports", "subtraction"})
TESTS = Path(__file__).parent
#: Rooms with a single test that takes a minute or more.
LONG = frozenset({"faults", "model"})
#: Rooms of services.
SERVICES = frozenset({"conscription", "schools", "simple", "complaints"})
#: Long, and done once for a change; the state machines of Hypothesis (each a TestCase) are others.
LONG_LIVED = ("matrix", "model", "queries", "six_hundred")
#: The same as FACES inside a service: its pages, its passport, its demo, who may make which move.
FACES_OF_SERVICES = (
    "board", "demo", "desk", "faces", "graph", "pages", "standard", "verifying", "what_is_asked", "who_may",
)  # fmt: skip


def on_services() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def _differs_on_services(item) -> bool:
    """Whether PostgreSQL and Redis can change its outcome: not where none is asked, nor in the look of pages.

    bin/test has run all of it on SQLite; what is left out here has nothing new to say.
    """
    if any(item.get_closest_marker(mark) for mark in ("services", "set_ups")):
        return True
    if item.get_closest_marker("browser") or _is_of_a_face(item.path):
        return False
    asks = {"db", "transactional_db", "live_server"} & set(item.fixturenames) or item.get_closest_marker("django_db")
    return (bool(asks) or issubclass(item.cls or object, SimpleTestCase)) and not _is_spared(item)


def _is_spared(item) -> bool:
    """On services a change is judged by a fifth of the tests of services, half of the others, all that is done at once.

    bin/test-services, run by hand, spares none.
    """
    if not os.environ.get("CI") or _empties_the_database(item):
        return False
    name, share = item.path.stem.removeprefix("test_"), 5 if _room(item) in SERVICES else 2
    is_long = name in LONG_LIVED or issubclass(item.cls or object, SimpleTestCase)
    return is_long or bool(crc32(item.nodeid.encode()) % share)


def _room(item) -> str:
    return item.path.relative_to(TESTS).parts[0]


def _is_of_a_face(path) -> bool:
    return path.relative_to(TESTS).parts[0] in FACES or path.stem.removeprefix("test_") in FACES_OF_SERVICES


def _in_one_language(items):
    """A change is judged by each journey through the browser in one of its two languages; bin/test walks both."""
    pairs = defaultdict(list)
    for item in items:
        if item.get_closest_marker("browser") and item.name.endswith(("[kk]", "[ru]")):
            pairs[item.nodeid.rpartition("[")[0]].append(item)
    return {pair[crc32(name.encode()) % 2] for name, pair in pairs.items() if len(pair) == 2}


def pytest_runtest_setup(item):
    if item.get_closest_marker("services") and not on_services():
        pytest.skip("runs in bin/test-services")


@pytest.fixture(autouse=True)
def _papers_are_drawn_for_who_looks(request, monkeypatch):
    """Everywhere their bytes are made, kept and signed alike; drawn for the tests of drawing, and for browsers.

    Drawing takes more than a third of the time of the tests of moves, which see nothing of it.
    """
    if not any(request.node.get_closest_marker(mark) for mark in ("drawn", "browser")):
        monkeypatch.setattr(drawing, "pdf", without_ink)


@pytest.fixture(scope="session")
def chromium():
    """The machine's Chromium; a live server's views and Playwright's loop share this thread."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=["kk", "ru"])
def language(request):
    """Each journey is walked in both languages."""
    return request.param


@pytest.fixture
def page(chromium, live_server, language):
    """A phone, 360 px wide."""
    page = phone(chromium, live_server, language)
    page.set_default_timeout(20_000)
    yield page
    page.context.close()


# --- the small world (tests/world.py); a room may have its own ---


@pytest.fixture(autouse=True)
def _roots_of_this_test_alone(settings, tmp_path):
    """A copy of a root that lies in the other place is a fault to every journal but its own."""
    settings.KAZ_ROOTS_DIR = tmp_path / "roots"


@pytest.fixture
def place(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    place = world.build_place()
    world.order_call_up(place.operator)
    return place


@pytest.fixture
def user(db):
    return world.build_recipient()


# --- what is in the database before a test: the days moved by acts, the passports ---

SEEDS = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, request):
    from kazservices.passports.loading import load_all

    with django_db_blocker.unblock():
        load_all()
        request.config.stash[SEEDS] = serializers.serialize("json", _rows())


def _rows():
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy and not model.__module__.startswith("django."):
            yield from model._base_manager.order_by("pk")


def _empties_the_database(item) -> bool:
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or "transactional_db" in item.fixturenames


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with real transactions ends with empty tables: the journal's guards let that pass, the seeds come back."""
    if not _empties_the_database(item) or SEEDS not in item.config.stash:
        return (yield)
    blocker = item.config.stash[blocking_manager_key]
    with blocker.unblock():
        put_back = _lift_guards()
        connection.ops.sql_flush = _emptied
    try:
        return (yield)
    finally:
        if nextitem is not None:  # after the last test the database itself is gone
            with blocker.unblock(), transaction.atomic():
                put_back()
                for row in serializers.deserialize("json", item.config.stash[SEEDS]):
                    row.save()
            connection.close()


def _lift_guards():
    """Take the triggers off all tables; gives back the function that puts them on again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
            lift, put_back = [f'DROP TRIGGER "{name}"' for name, _ in guards], [sql for _, sql in guards]
        else:
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            tables = [table for (table,) in cursor.fetchall()]
            lift = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            put_back = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        _execute(lift)
    return lambda: _execute(put_back)


def _emptied(style, tables, **how) -> list[str]:
    """Deleting few rows is quick; TRUNCATE lays new files for a hundred tables."""
    return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]


def _execute(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
