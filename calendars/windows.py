"""Periods in which an application may be filed, and what a day off at their end does. Pure. Norm: GAP-23."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from calendars.arithmetic import OfficeTime, WorkingDays

SUBMISSION, ROLL, STRICT = "submission", "roll", "strict"


@dataclass(frozen=True, slots=True)
class Window:
    """A yearly period, both ends included: (month, day), and the treatment of a last day that is a day off.

    submission: what is submitted up to that day is in time; roll: the period ends with the next working day;
    strict: only what is accepted on or before that day is in time.
    """

    opens: tuple[int, int]
    closes: tuple[int, int]
    last_day_off: str = SUBMISSION

    def dates(self, year: int) -> tuple[date, date]:
        """The first and the last day of the period in the year."""
        return date(year, *self.opens), date(year, *self.closes)


@dataclass(frozen=True, slots=True)
class WindowStatus:
    """Is the application in time, and the period it falls into: this one, or the next to open."""

    open: bool
    opens: date | None
    closes: date | None


def windows_status(windows: Iterable[Window], submitted: datetime, accepted: date, days: WorkingDays) -> WindowStatus:
    """In time or not, judged by the local moment of submission and the acceptance date. Norm: WIN-CONS."""
    on = submitted.date()
    spans = sorted(((*w.dates(y), w) for w in windows for y in (on.year, on.year + 1)), key=lambda span: span[:2])
    for opens, closes, window in spans:
        if opens <= on and _in_time(window, closes, on, accepted, days):
            return WindowStatus(True, opens, closes)
    return next((WindowStatus(False, opens, closes) for opens, closes, _ in spans if opens > on), NEVER)


def missed(windows: Iterable[Window], submitted: datetime, accepted: date, days: WorkingDays) -> date | None:
    """The last day of the newest period of the year that an application has come too late for; None before the first.

    Norm: ADM-C19.
    """
    on = submitted.date()
    spans = [(*window.dates(on.year), window) for window in windows]
    late = [end for first, end, window in spans if first <= on and not _in_time(window, end, on, accepted, days)]
    return max(late, default=None)


def window_at(windows: Iterable[Window], submitted: datetime, office: OfficeTime) -> WindowStatus:
    """The same for an instant at an office, whose clock and hours decide."""
    local = office.local(submitted)
    return windows_status(windows, local, office.accepts(local), office.days)


def _in_time(window: Window, closes: date, on: date, accepted: date, days: WorkingDays) -> bool:
    if accepted <= closes:
        return True
    if window.last_day_off == STRICT or days.is_working(closes):
        return False
    if window.last_day_off == ROLL:
        return accepted <= days.next_working(closes)
    return on <= closes


NEVER = WindowStatus(False, None, None)
