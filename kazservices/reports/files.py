"""The exports of a scope: its figures, and the clocks behind them."""

from . import export, listing
from .figures import timeliness
from .names import everybody, names_for
from .printed import printed
from .scope import Scope
from .sheet import Sheet


def figures_file(scope: Scope):
    """All lines of all tables."""
    sheet = Sheet.of(scope, timeliness(scope))
    rows = [export.figures_row(*line) for line in sheet.lines()]
    top = printed(scope, sheet.names)
    return export.csv_response(f"figures-{scope.since}-{scope.until}", top=top, head=export.figures_head(), rows=rows)


def clocks_file(name: str, scope: Scope, rows):
    """One line a clock, streamed."""
    names = names_for(scope)
    names.people.update(everybody(scope))
    reader = listing.Reader(scope, names)
    stream = (export.clock_row(line, reader) for line in reader.stream(listing.newest_first(rows)))
    top = printed(scope, names)
    return export.csv_response(f"{name}-{scope.since}-{scope.until}", top=top, head=export.clocks_head(), rows=stream)
