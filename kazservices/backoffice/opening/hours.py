"""Working hours in words, for the one who chooses them."""

from django.utils.translation import gettext as _

from calendars.arithmetic import SCHEDULES, Schedule
from calendars.vocabulary import WEEKDAYS_SHORT
from kazservices.design.languages import active_language


def schedule_choices() -> list[tuple[str, str]]:
    """Every schedule of the calendar with its office and its hours."""
    names = {
        "akimat": _("Local executive body"),
        "school": _("School"),
        "duplicates": _("School, duplicates of certificates"),
        "state_corporation": _("State Corporation"),
    }
    return [(code, f"{names.get(code, code)}: {hours_in_words(schedule)}") for code, schedule in SCHEDULES.items()]


def hours_in_words(schedule: Schedule) -> str:
    """«дс–жм 09:00–18:30, түскі үзіліс 13:00–14:30»."""
    days = WEEKDAYS_SHORT[active_language()]
    week = f"{days[0]}–{days[5 if schedule.week == 'six' else 4]}"
    open_hours = f"{week} {schedule.opens:%H:%M}–{schedule.closes:%H:%M}"
    if schedule.lunch is None:
        return _("%(hours)s, no lunch break") % {"hours": open_hours}
    lunch = "–".join(f"{moment:%H:%M}" for moment in schedule.lunch)
    return _("%(hours)s, lunch break %(lunch)s") % {"hours": open_hours, "lunch": lunch}
