"""Dates of papers: in words for people, in figures beside them, in the language of the part."""

from datetime import date, datetime

from django import template

from calendars import words

register = template.Library()


@register.filter
def day(value, lang):
    """«2026 жылғы 2 сәуір, бейсенбі (02.04.2026)», of an ISO date or moment."""
    return f"{words.citizen_date(_date(value), lang, year=True)} ({_date(value):%d.%m.%Y})"


@register.filter
def moment(value, lang):
    """«2026 жылғы 20 наурыз, жұма, 17:00 (20.03.2026)», of an ISO moment in the office's local time."""
    at = datetime.fromisoformat(value)
    return f"{words.citizen_datetime(at, lang, year=True)} ({at:%d.%m.%Y})"


@register.filter
def plain_day(value, lang):
    """«2026 жылғы 2 сәуір»: under a heading."""
    return words.day_month(_date(value), lang, year=True)


@register.filter
def hour(value):
    """«11:00»."""
    return f"{datetime.fromisoformat(value):%H:%M}"


def _date(value) -> date:
    return datetime.fromisoformat(value).date()
