"""The calendar strip: why a date is that date, a cell and a sentence for each day."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from calendars import words
from calendars.arithmetic import DayKind, ExplainedDay

from .languages import active_language

#: How a day looks: its class, and the icon that says the same without colour.
_LOOKS = {
    DayKind.WORKING: ("off", ""),  # a working day that is not counted: before the term, or the day of acceptance
    DayKind.WEEKEND: ("off", ""),
    DayKind.HOLIDAY: ("holiday", "holiday"),
    DayKind.HOLIDAY_SHIFTED: ("moved", "moved"),
    DayKind.DAY_OFF_MOVED: ("moved", "moved"),
    DayKind.WORKING_WEEKEND: ("workend", "workend"),
}
_ONE_ROW = 14


@dataclass(frozen=True)
class Cell:
    """One day of the strip."""

    date: date
    weekday: str
    classes: str
    icon: str
    label: str
    counting: str
    reason: str
    is_today: bool
    is_due: bool
    note: str = ""

    @property
    def start(self) -> int:
        return self.date.isoweekday()


@dataclass(frozen=True)
class Marks:
    """The days that stand out: where the term begins (acceptance, or another event), where it ends, and today."""

    accepted: date | None = None
    began: date | None = None
    due: date | None = None
    today: date | None = None


def cells(days: list[ExplainedDay], marks: Marks, notes=None) -> list[Cell]:
    """Each explained day as it is drawn and read aloud."""
    return [_cell(day, marks, (notes or {}).get(day.date, "")) for day in days]


def legend(drawn: list[Cell]) -> list[tuple[str, str, str, str]]:
    """Class, icon, sign and words of what occurs in this strip, and of nothing else."""
    known = [
        ("accepted", "accepted", "", _("Acceptance date")),
        ("began", "accepted", "", _("The day it began")),
        ("counted", "", "1", _("Working day, counted")),
        ("holiday", "holiday", "", _("Public holiday")),
        ("moved", "moved", "", _("Moved day off")),
        ("workend", "workend", "", _("Working weekend day")),
        ("off", "", "–", _("Day off by the week")),
        ("today", "", "•", _("Today")),
    ]
    used = {name.removeprefix("day-") for cell in drawn for name in cell.classes.split()}
    return [row for row in known if row[0] in used]


def counted(days: list[ExplainedDay]) -> str:
    """How many of the days count: «14 күннің 6-сы жұмыс күні ретінде есептеледі»."""
    return words.counted_words(len(days), sum(day.counted for day in days), active_language())


def fits_one_row(drawn: list[Cell]) -> bool:
    return len(drawn) <= _ONE_ROW


def _cell(day, marks, note):
    look, icon, label, counting = _look(day, marks)
    names = [look, f"start-{day.date.isoweekday()}"]
    names += ["day-due"] * (day.date == marks.due) + ["day-today"] * (day.date == marks.today)
    names += ["day-provisional"] * day.provisional
    return Cell(
        date=day.date,
        weekday=words.weekday_short(day.date, active_language()),
        classes=" ".join(names),
        icon=icon,
        label=label,
        counting=counting,
        reason=_reason(day),
        is_today=day.date == marks.today,
        is_due=day.date == marks.due,
        note=note,
    )


def _look(day, marks) -> tuple[str, str, str, str]:
    """Class, icon, short label and the words for the counting of a day."""
    if day.date == marks.accepted:
        return "day-accepted", "accepted", "", _("acceptance date, not counted")
    if day.date == marks.began:
        return "day-began", "accepted", "", _("the day it began, not counted")
    if day.counted:
        worked_weekend = day.kind == DayKind.WORKING_WEEKEND
        label = _("day %(n)s") % {"n": day.ordinal}
        counting = _("working day %(n)s") % {"n": day.ordinal}
        return "day-workend" if worked_weekend else "day-counted", "", label, counting
    look, icon = _LOOKS[day.kind]
    return f"day-{look}", icon, "–", _("not counted")


def _reason(day: ExplainedDay) -> str:
    """What the day is and by which act, as the calendar's own words have it."""
    language = active_language()
    said = words.day_words(day, language)
    return f"{said}. {words.act_words(day.act, language)}" if day.act else said
