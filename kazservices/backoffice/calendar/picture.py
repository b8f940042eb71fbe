"""A year as twelve months of days: what each is, why, and what a draft would make of it."""

import calendar
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from calendars import words
from calendars.arithmetic import Day, DayKind, WorkingDays
from calendars.models import DayShift, Proposal
from calendars.service import ALMATY, current_revision, proposed_time, working_calendar
from calendars.vocabulary import MONTHS_ALONE, WEEKDAYS_SHORT
from kazservices.design.languages import active_language

LOOKS = {
    DayKind.WORKING: "",
    DayKind.WEEKEND: "off",
    DayKind.HOLIDAY: "holiday",
    DayKind.HOLIDAY_SHIFTED: "moved",
    DayKind.DAY_OFF_MOVED: "moved",
    DayKind.WORKING_WEEKEND: "workend",
}
PLAIN = frozenset({DayKind.WORKING, DayKind.WEEKEND})


@dataclass(frozen=True)
class Cell:
    """One day of the picture: its classes, and the words that a screen reader and a pointer get."""

    date: date
    classes: str
    said: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    name: str
    weeks: list[list[Cell | None]]


@dataclass(frozen=True)
class Special:
    """A day of the table beneath: what it is, by which act, and in which revision it came."""

    day: Day
    look: str
    words: str
    act: str
    shift: DayShift | None
    is_draft: bool


@dataclass(frozen=True)
class Picture:
    """A year by one state of the calendar; ``drafted``: the days that a draft would change."""

    year: int
    months: list[Month]
    legend: list[tuple[str, str, str, str]]
    special: list[Special]
    weekdays: tuple[str, ...]

    @property
    def form_address(self) -> str:
        """What stands before a day in the address that puts it into the form of a draft."""
        return f"?year={self.year}&date="


def known_days(as_of: date | None) -> WorkingDays:
    """The days of the five-day week, in force or as they were known on a day."""
    return working_calendar("five", as_of)


def drafted_days(proposal: Proposal) -> WorkingDays:
    """The days as they would be with a draft in force."""
    drafts = list(proposal.shifts.all())
    standing = DayShift.objects.in_force(current_revision()).exclude(date__in=[shift.date for shift in drafts])
    standing = standing.exclude(pk__in=proposal.withdraws.values("pk"))
    year = proposal.confirms_year or 0
    return proposed_time("akimat", ALMATY, shifts=[*standing, *drafts], confirms_year=year).days


def picture(days: WorkingDays, year: int, *, today: date, drafted: frozenset[date] = frozenset()) -> Picture:
    """The year drawn by these days, which must cover it."""
    language = active_language()
    months, used = [], set()
    for number, name in enumerate(MONTHS_ALONE[language], start=1):
        weeks = calendar.Calendar().monthdatescalendar(year, number)
        drawn = [[_cell(days, on, today, drafted) if on.month == number else None for on in week] for week in weeks]
        used |= {name for week in drawn for cell in week if cell for name in cell.classes.split()}
        months.append(Month(name, drawn))
    return Picture(year, months, _legend(used), _special(days, year, drafted), WEEKDAYS_SHORT[language])


def _cell(days, on, today, drafted) -> Cell:
    day = days.day(on)
    names = [f"day-{LOOKS[day.kind]}"] * bool(LOOKS[day.kind])
    names += ["day-provisional"] * (day.provisional and day.kind not in PLAIN)
    names += ["day-today"] * (on == today) + ["day-drafted"] * (on in drafted)
    said = [words.citizen_date(on, active_language(), year=True), day_words(day)]
    said += [_("Today")] * (on == today) + [_("in the draft")] * (on in drafted)
    return Cell(on, " ".join(names), ": ".join(said[:2]) + "".join(f". {more}" for more in said[2:]), on == today)


def day_words(day: Day) -> str:
    """What a day is, in the reader's language."""
    return words.day_words(day, active_language())


def act_words(act: str) -> str:
    """The citation of an act; «–» where there is none."""
    return words.act_words(act, active_language()) if act else "–"


def _legend(used) -> list[tuple[str, str, str, str]]:
    known = [
        ("holiday", "holiday", "", _("Public holiday")),
        ("moved", "moved", "", _("Moved day off")),
        ("workend", "workend", "", _("Working weekend day")),
        ("off", "", "–", _("Day off by the week")),
        ("provisional", "", "?", _("Provisional: the acts of that year are not known yet")),
        ("today", "", "•", _("Today")),
        ("drafted", "", "", _("Changed by the draft")),
    ]
    return [row for row in known if f"day-{row[0]}" in used]


def _special(days, year, drafted) -> list[Special]:
    """Every day that is not what its weekday says, and every day of a draft."""
    moved = {row.date: row for row in _standing(days.revision, year)}
    first = date(year, 1, 1).toordinal()
    all_days = [days.day(date.fromordinal(first + n)) for n in range(365 + calendar.isleap(year))]
    return [
        Special(
            day, LOOKS[day.kind], day_words(day), act_words(day.act),
            None if day.date in drafted else moved.get(day.date), day.date in drafted,
        )
        for day in all_days
        if day.kind not in PLAIN or day.date in drafted
    ]  # fmt: skip


def _standing(revision, year):
    return DayShift.objects.in_force(revision).filter(date__year=year).select_related("revision")
