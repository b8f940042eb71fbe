"""Exports open in Excel as they stand, tell nobody's secrets, and say when they are whole."""

import csv
import io

import pytest
from django.urls import reverse

from kazservices.deadlines.models import Cause
from kazservices.reports.export import lines, safe
from tests import world

EXPORTS = ("reports:clocks_csv", "reports:breaches_csv", "reports:figures_csv")


def fetched(client, name, at="2026-04-10 10:00", **asked):
    with world.at(at):
        response = client.get(reverse(name), asked)
        assert response.streaming
        text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def table(rows):
    """(filter, head, rows, last line) of an export."""
    blank = rows.index([])
    return dict(rows[:blank]), rows[blank + 1], rows[blank + 2 : -1], rows[-1]


@pytest.fixture
def auditor(client, place):
    client.force_login(place.auditor)
    client.cookies["django_language"] = "ru"
    return client


@pytest.mark.parametrize("value", ["=1+1", "+7700", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_comes_alive_as_a_formula(value):
    assert safe(value) == f"'{value}"


@pytest.mark.parametrize("value", ["КҚ-03-2026-000001", "a=b", "1,5", "–", "", 0])
def test_plain_cells_stay_as_they_are(value):
    assert safe(value) == str(value)


def test_lines_leave_one_by_one():
    read = []

    def rows():
        for number in range(3):
            read.append(number)
            yield [number]

    stream = lines([("Filter", "all")], ["Case"], rows(), "Rows")
    for _ in range(5):
        latest = next(stream)
    assert (latest, read) == ("0\r\n", [0])
    assert list(stream)[-1] == "Rows;3\r\n"


def test_the_row_of_a_clock(auditor, lay, case, place):
    breach = lay(ended="2026-04-03 09:20", ended_by=place.chair, breach_noted_at=case.submitted_at)
    breach.cause, breach.cause_note = Cause.OFFICIAL, "=HYPERLINK(1)"
    breach.save()
    printed, head, rows, last = table(fetched(auditor, "reports:clocks_csv"))
    row = dict(zip(head, rows[0], strict=True))
    assert row["Дело"] == case.number
    assert (row["Истекает"], row["Завершено"]) == ("02.04.2026 18:30", "03.04.2026 09:20")
    assert (row["Норма"], row["Затрачено рабочих минут"], row["Опоздание, рабочих минут"]) == ("CONS-8", "2990", "20")
    assert row["Ответственный"] == place.chair.full_name
    assert row["Примечание"] == "'=HYPERLINK(1)"
    assert last == ["Всего строк", "1"]
    assert printed["По состоянию на"].startswith("10.04.2026")
    assert printed["Редакция календаря"].startswith("№ ")


def test_headings_in_kazakh(auditor, lay):
    lay()
    auditor.cookies["django_language"] = "kk"
    _, head, rows, last = table(fetched(auditor, "reports:breaches_csv"))
    assert head[0] == "Іс"
    assert dict(zip(head, rows[0], strict=True))["Заңды ұзақтығы"] == "6 жұмыс күні"
    assert last == ["Жолдар саны", "1"]


@pytest.mark.parametrize("name", EXPORTS)
def test_no_export_names_the_applicant(auditor, lay, recipient, name):
    lay(ended="2026-04-03 09:20", ended_by=recipient, outcome="cancelled")
    said = str(fetched(auditor, name))
    assert recipient.iin not in said
    assert recipient.full_name not in said


@pytest.mark.parametrize("name", EXPORTS)
def test_each_export_counts_its_rows_and_prints_its_filter(auditor, lay, name):
    for _ in range(3):
        lay(ended="2026-04-03 09:20")
    printed, head, rows, last = table(fetched(auditor, name, norm="CONS-8"))
    assert printed["Норма"] == "Результат (CONS-8)"
    assert last == ["Всего строк", str(len(rows))]
    assert all(len(row) == len(head) for row in rows)


def test_an_export_asked_for_wrongly_shows_the_errors(auditor, place):
    response = auditor.get(reverse("reports:clocks_csv"), {"since": "2026-04-02", "until": "2026-04-01"})
    assert response.status_code == 400
    assert "Последний день раньше первого" in response.content.decode()
