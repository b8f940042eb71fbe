"""Working time in lists: each schedule is looked up once, however many cases there are."""

from django.utils.translation import gettext as _

from calendars.minutes import standstill
from calendars.rules import Unit
from calendars.service import office_time
from calendars.words import standstill_words
from kazservices.design.languages import active_language
from kazservices.design.pieces import ChipPiece
from kazservices.design.templatetags.design import working_time_left


class WorkingTimes:
    """The working time of the cases of one page; the cases come with ``office__hours`` prefetched."""

    def __init__(self, at):
        self.at = at
        self._known = {}

    def of(self, schedule: str, zone: str):
        key = (schedule, zone)
        if key not in self._known:
            self._known[key] = office_time(schedule, zone)
        return self._known[key]

    def of_case(self, case):
        return self.of(case.office.schedule_for(case.service), case.office.zone)

    def of_clock(self, clock):
        return self.of(clock.schedule, clock.office.zone)

    def still(self, time, clock) -> str:
        """Why a running clock of minutes stands still now, and when it goes on; nothing while its minutes pass."""
        if clock is None or clock.unit != Unit.WORKING_MINUTES or not clock.is_running or clock.due_at < self.at:
            return ""
        found = standstill(time, self.at)
        return standstill_words(found, self.at, active_language()) if found else ""

    def chip(self, time, due_at, *, still: str = "") -> ChipPiece:
        """Green, amber or red, and the working time left in words: amber is due today or within a working day.

        Grey while a clock of minutes stands still.
        """
        if due_at is None:
            return ChipPiece("info", _("no term is running"))
        minutes = time.working_minutes_between(self.at, due_at)
        day = time.minutes_a_day
        if due_at < self.at:
            return ChipPiece("bad", working_time_left(minutes, day) if minutes < 0 else _("The term has just ended"))
        if still:
            return ChipPiece("wait", working_time_left(minutes, day))
        today = time.local(due_at).date() == time.local(self.at).date()
        kind = "warn" if today or minutes < day else "ok"
        return ChipPiece(kind, working_time_left(minutes, day), "clock")
