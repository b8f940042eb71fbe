"""CSV that opens in Excel as it stands: BOM, semicolons, no formula comes alive, and the last line counts the rows.

A stream that was cut has no last line: half a file cannot pass for a whole one.
"""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

BOM = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
NOTHING = "–"


class _Echo:
    def write(self, line):
        return line


def safe(value) -> str:
    """A cell that Excel would read as a formula is led by an apostrophe, and so is read as text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) and text != NOTHING else text


def lines(top: Iterable, head: Iterable, rows: Iterable[Iterable], count_words: str) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")

    def written(row):
        return writer.writerow([safe(value) for value in row])

    yield BOM
    yield from (written(pair) for pair in top)
    yield written([])
    yield written(head)
    number = 0
    for row in rows:
        number += 1
        yield written(row)
    yield written([count_words, number])


def csv_response(name: str, *, top, head, rows) -> StreamingHttpResponse:
    """Streamed: the first bytes leave before the last row is read."""
    stream = lines(list(top), [str(title) for title in head], rows, _("Rows in all"))
    response = StreamingHttpResponse(stream, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def clocks_head() -> list[str]:
    return [
        _("Case"), _("Service"), _("Office"), _("Clock"), _("Norm"), _("Lawful term"), _("Started"), _("Falls due"),
        _("Ended"), _("Outcome"), _("On time or late"), _("Working minutes used"), _("Working minutes late"),
        _("Responsible"), _("Cause of the breach"), _("Note"), _("Breach noted"),
    ]  # fmt: skip


def clock_row(line, reader) -> list:
    """The IIN, the name and the category of the applicant stand in no export."""
    return [
        line.number, line.service, line.office, line.rule, line.norm, line.term, _moment(line.started),
        _moment(line.due), _moment(line.ended), line.outcome, reader.late if line.late else reader.on_time,
        line.minutes, line.minutes_late, line.responsible, line.cause, line.note, _moment(line.noted),
    ]  # fmt: skip


def figures_head() -> list[str]:
    return [
        _("Table"), _("Line"), _("Counted"), _("On time"), _("Late"), _("Share on time, %"),
        _("Median, working minutes"), _("90th percentile, working minutes"), _("Not due yet"),
    ]  # fmt: skip


def figures_row(table, name, line) -> list:
    share = "" if line.share is None else f"{line.share:.1f}".replace(".", ",")
    middle = "" if line.median is None else f"{line.median:g}".replace(".", ",")
    return [table, name, line.counted, line.on_time, line.late, share, middle, line.percentile_90, line.running]


def _moment(moment) -> str:
    return f"{moment:%d.%m.%Y %H:%M}" if moment else ""
