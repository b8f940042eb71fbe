"""The days of the walks in the office's own time, and how pages, papers and the book say them."""

from datetime import date, datetime, timedelta, timezone

ALMATY = timezone(timedelta(hours=5))
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = {
    "kk": ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
           "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня",
           "июля", "августа", "сентября", "октября", "ноября", "декабря"),
}  # fmt: skip


def at(day: date, hour: str) -> datetime:
    """An hour of a day at the office."""
    return datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=ALMATY)


def in_words(day: date, language: str) -> str:
    """2 сәуір, 2 апреля: as the pages and the papers say a day to a citizen."""
    return f"{day.day} {MONTHS[language][day.month - 1]}"


def in_english(day: date) -> str:
    """1 April 2026: as the book of the walks says a day."""
    return f"{day.day} {day:%B %Y}"


def in_digits(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def day_name(day: date) -> str:
    """Wed 1 April 2026: a day of the book, with its weekday to be checked against the calendar on the wall."""
    return f"{WEEKDAYS[day.weekday()]} {in_english(day)}"


def staff_moment(moment: datetime) -> str:
    return f"{WEEKDAYS[moment.weekday()]} {moment:%d.%m %H:%M}"
