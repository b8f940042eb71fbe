"""Working time in lists: each schedule is looked up once, however many cases there are."""

from django.utils.translation import gettext as _

from calendars.service import office_time
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
        schedule = next(hours.schedule for hours in case.office.hours.all() if hours.service == case.service)
        return self.of(schedule, case.office.zone)

    def of_clock(self, clock):
        return self.of(clock.schedule, clock.office.zone)

    def chip(self, time, due_at) -> ChipPiece:
        """Green, amber or red, and the working time left in words: amber is due today or within a working day."""
        if due_at is None:
            return ChipPiece("info", _("no term is running"))
        minutes = time.working_minutes_between(self.at, due_at)
        day = time.minutes_a_day
        if due_at < self.at:
            return ChipPiece("bad", working_time_left(minutes, day) if minutes < 0 else _("The term has just ended"))
        today = time.local(due_at).date() == time.local(self.at).date()
        kind = "warn" if today or minutes < day else "ok"
        return ChipPiece(kind, working_time_left(minutes, day), "clock")
