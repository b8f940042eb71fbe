"""The program that walks the chapters knows the product from outside only, and sends what a browser would."""

import ast
import subprocess
import sys
from datetime import date

import httpx
import pytest

from tests.ground.sources import PACKAGES, ROOT

PROGRAM = ROOT / "bin" / "journey"
PAGE = """<html><body><form method="post" action="/go/"><input type="hidden" name="token" value="t">
<input type="radio" name="day" value="1"><input type="radio" name="day" value="2" checked>
<input type="checkbox" name="sure"><select name="office"><option value="03">A</option><option value="07">B</option>
</select><textarea name="why">so &amp; so</textarea><button name="do" value="x">Go</button></form></body></html>"""


@pytest.fixture
def form(monkeypatch):
    monkeypatch.syspath_prepend(str(PROGRAM))
    from browser import Page

    request = httpx.Request("GET", "http://office/")
    return Page(httpx.Response(200, html=PAGE, request=request)).form(to="/go/")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        if isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def test_it_imports_neither_django_nor_the_program():
    names = {name for path in PROGRAM.rglob("*.py") for name in imported(path)}
    assert names & {"django", *PACKAGES} == set()
    assert "httpx" in names


def test_a_form_sends_what_a_browser_without_scripts_would(form):
    assert form.sent() == [("token", "t"), ("day", "2"), ("office", "03"), ("why", "so & so")]
    form.fill(day="1", sure="on", office="07", why="because")
    assert form.sent() == [("token", "t"), ("day", "1"), ("sure", "on"), ("office", "07"), ("why", "because")]


@pytest.mark.parametrize("wrong", [{"day": "3"}, {"nobody": "1"}])
def test_what_a_page_does_not_offer_cannot_be_sent(form, wrong):
    from ledger import Fault

    with pytest.raises(Fault):
        form.fill(**wrong)


def test_without_a_product_it_says_how_to_start_one():
    words = [sys.executable, "-I", str(PROGRAM), "--address", "http://127.0.0.1:9"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "start it with bin/run" in done.stdout


@pytest.fixture
def program(monkeypatch):
    monkeypatch.syspath_prepend(str(PROGRAM))


@pytest.fixture
def book(program, tmp_path):
    """Write one chapter down, of which one thing happened on Tue 31 March; the book and the pictures afterwards."""
    from book import Book
    from chapters import CHAPTERS
    from days import at
    from ledger import Ledger

    chapters = {chapter.name: chapter for chapter in CHAPTERS}

    def write(name, what):
        ledger = Ledger()
        ledger.step(at(date(2026, 3, 31), "10:00"), "chair", what)
        ledger.picture(what, f"picture of {what}", b"png")
        ledger.step(at(date(2026, 4, 1), "11:40"), "secretary", "waits")
        ledger.picture("nothing", "without a camera there is no picture", None)
        Book(tmp_path, CHAPTERS).write(chapters[name], ledger)
        pictures = {path.name for path in (tmp_path / "journey").glob("*.png")}
        return (tmp_path / "journey.md").read_text(encoding="utf-8"), pictures

    return write


def test_no_walk_wipes_out_the_part_of_another(book):
    book("deferral", "first")
    book("day-off", "moved")
    text, pictures = book("deferral", "second")
    assert text.index("# The golden week, walked") < text.index("**10:00, chair.** Second")
    assert text.index("Second") < text.index("# The same week with a day off") < text.index("**10:00, chair.** Moved")
    assert "First" not in text
    assert pictures == {"second.png", "day-off-moved.png"}


def test_a_walk_written_twice_stands_once(book):
    book("day-off", "moved")
    text, pictures = book("day-off", "again")
    assert text.count("# The same week with a day off") == 1
    assert pictures == {"day-off-again.png"}
    assert text.startswith("# The same week")


def test_chapters_stand_in_their_order_whichever_was_walked_first(book):
    for name in ("admission", "transfer", "deferral"):
        text, pictures = book(name, f"walked-{name}")
    titles = [line for line in text.splitlines() if line.startswith("# ")]
    assert titles == ["# The golden week, walked", "# A transfer in half an hour", "# Admission to the first class"]
    assert pictures == {"walked-deferral.png", "transfer-walked-transfer.png", "admission-walked-admission.png"}


def test_the_days_of_a_school_chapter_are_weekdays_and_dates(book):
    text, _ = book("transfer", "waited")
    assert "## Tue 31 March 2026\n" in text


def test_the_day_off_has_no_number_and_the_days_after_it_move_up(book):
    text, _ = book("day-off", "moved")
    assert "## Tue 31 March 2026: D4" in text
    assert "## Wed 1 April 2026: the day off" in text
    assert "the day of the hearing, becomes Thu 2 April 2026" in " ".join(text.split())


def test_the_days_of_a_week_with_a_day_off_are_those_before_without_it(program):
    from chapters.deferral.week import DAY_OFF, WEEK

    was, becomes = WEEK.days, DAY_OFF.becomes.days
    assert DAY_OFF.published < DAY_OFF.date
    assert len(becomes) == len(was)
    assert becomes[:-1] == tuple(one for one in was if one != DAY_OFF.date)
    assert all(one.weekday() < 5 for one in becomes)  # Monday to Friday


def test_each_chapter_has_a_name_a_title_and_pictures_of_its_own(program):
    from chapters import CHAPTERS

    for key in ("name", "title", "prefix"):
        assert len({getattr(chapter, key) for chapter in CHAPTERS}) == len(CHAPTERS)


def test_one_product_can_be_walked_through_all_chapters_of_the_schools(program):
    from chapters import SCHOOLS

    begins = [chapter.begins for chapter in SCHOOLS]
    assert begins == sorted(begins)
    assert all(chapter.prefix == f"{chapter.name}-" for chapter in SCHOOLS)


def test_a_form_can_be_found_by_the_act_that_it_names(monkeypatch):
    monkeypatch.syspath_prepend(str(PROGRAM))
    from browser import Page
    from ledger import Fault

    forms = "".join(f'<form method="post"><input type="hidden" name="act" value="{act}"></form>' for act in "ab")
    page = Page(httpx.Response(200, html=forms, request=httpx.Request("GET", "http://office/")))
    assert page.act("b") is page.forms[1]
    with pytest.raises(Fault):
        page.act("c")


def test_an_unknown_day_off_is_named():
    words = [sys.executable, "-I", str(PROGRAM), "--day-off", "2026-04-02"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "2026-04-01" in done.stderr


def test_an_unknown_walk_is_answered_with_those_there_are():
    words = [sys.executable, "-I", str(PROGRAM), "--walk", "nowhere"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert all(name in done.stderr for name in ("deferral", "day-off", "schools"))


@pytest.mark.parametrize(
    ("chapter", "picture"), [("transfer", "transfer-queue-lunch"), ("admission", "admission-replay")]
)
def test_the_book_has_the_chapters_of_the_schools(program, chapter, picture):
    from chapters import CHAPTERS

    title = next(one.title for one in CHAPTERS if one.name == chapter)
    text = (ROOT / "docs" / "journey.md").read_text(encoding="utf-8")
    assert f"# {title}\n" in text
    assert (ROOT / "docs" / "journey" / f"{picture}.png").exists()
    assert "not held" not in text
