"""What the templates of all faces ask for: dates and terms in words, icons, fields, charts, the calendar strip."""

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _

from calendars import words
from kazservices import masks
from kazservices.clock import now
from kazservices.design import chart, forms, languages, strip
from kazservices.design.pieces import KINDS, ChipPiece

register = template.Library()

_DAY_MINUTES = 480


@register.filter
def in_language(thing, name):
    """``service|in_language:"name"``: the reader's column of a bilingual row."""
    return languages.in_language(thing, name)


@register.filter
def citizen_date(value):
    """«2 сәуір, бейсенбі»; a day of another year is told with its year."""
    if not value:
        return ""
    day = _day(value)
    return words.citizen_date(day, languages.active_language(), year=_of_another_year(day))


@register.filter
def citizen_datetime(value):
    """«2 сәуір, бейсенбі, 18:30»; a moment of another year is told with its year."""
    if not value:
        return ""
    at = forms.local(value)
    return words.citizen_datetime(at, languages.active_language(), year=_of_another_year(at))


@register.filter
def staff_date(value):
    """«30.03.2026, дс»."""
    return words.staff_date(_day(value), languages.active_language()) if value else ""


@register.filter
def staff_datetime(value):
    """«30.03.2026, дс 18:30»."""
    return words.staff_datetime(forms.local(value), languages.active_language()) if value else ""


@register.filter
def day_month(value):
    """«2 сәуір»."""
    return words.day_month(_day(value), languages.active_language()) if value else ""


@register.filter
def not_later_than(value):
    """«2 сәуірден кешіктірмей»."""
    return words.not_later_than(_day(value), languages.active_language()) if value else ""


@register.filter
def until_date(value):
    """«30 маусымға дейін»."""
    return words.until(_day(value), languages.active_language()) if value else ""


@register.filter
def on_date(value):
    """«1 қыркүйекте»."""
    return words.on_day(_day(value), languages.active_language()) if value else ""


@register.filter
def short_date(value):
    """«30.03»: where the year stands beside."""
    return f"{_day(value):%d.%m}" if value else ""


@register.filter
def hour(value):
    """«18:30»."""
    return f"{forms.local(value):%H:%M}" if value else ""


@register.filter
def act_words(act):
    """The citation of an act that moved a day."""
    return words.act_words(act, languages.active_language())


@register.filter
def stretch_words(stretch):
    """«12:50–13:00: 10 мин», «13:00–14:30: есептелмейді, түскі үзіліс»."""
    return words.stretch_words(stretch, languages.active_language())


@register.filter
def iso(value):
    """For the datetime attribute of a time element."""
    return value.isoformat() if value else ""


register.filter("masked_iin", masks.masked_iin)


@register.filter
def working_time_left(minutes, day_minutes=_DAY_MINUTES):
    """«6 сағ 40 мин қалды», «2 жұмыс күні қалды», «1 сағ 20 мин өтіп кетті»."""
    return words.left_words(minutes, day_minutes or _DAY_MINUTES, languages.active_language())


@register.filter
def urgency(minutes, day_minutes=_DAY_MINUTES):
    """bad: overdue; warn: less than one working day; ok: more."""
    if minutes < 0:
        return "bad"
    return "warn" if minutes < (day_minutes or _DAY_MINUTES) else "ok"


@register.filter
def per_cent(value):
    """«99,1 %»; a dash where nothing was measured."""
    return "–" if value is None else f"{value:.1f}".replace(".", ",") + "\u00a0%"


@register.filter
def file_size(size):
    """«1,3 МБ»."""
    if size < 1024 * 1024:
        return _("%(n)s KB") % {"n": max(1, round(size / 1024))}
    return _("%(n)s MB") % {"n": f"{size / 1024 / 1024:.1f}".replace(".", ",")}


@register.simple_tag
def icon(name):
    """A drawing that says nothing alone: the words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("design/icons.svg"),
        name,
    )


@register.inclusion_tag("design/chip.html")
def chip(kind, said, icon=""):
    return {"chip": ChipPiece(kind, said, icon)}


@register.simple_tag
def kind_icon(kind):
    return icon(KINDS[kind])


@register.simple_tag
def demo_clock():
    """The product's own time where it is not the world's: shown on every page."""
    return forms.demo_time(now())


@register.simple_tag
def present():
    """The instant of this page."""
    return now()


@register.inclusion_tag("design/field.html")
def field(bound, **options):
    """A field with label, hint and error, bound together for a screen reader."""
    return forms.field_context(bound, **options)


@register.inclusion_tag("design/error_summary.html")
def error_summary(*forms_shown, title=""):
    """What went wrong, first on the page, with a link to each field."""
    return {"errors": forms.summary([form for form in forms_shown if form]), "title": title}


@register.simple_tag
def has_errors(*forms_shown):
    return any(form is not None and getattr(form, "is_bound", False) and form.errors for form in forms_shown)


@register.inclusion_tag("design/calendar_strip.html")
def calendar_strip(days, *, notes=None, open=False, **marks):
    """Why this date: see templates/design/calendar_strip.html."""
    drawn = strip.cells(days, strip.Marks(**marks), notes)
    return {
        "cells": drawn,
        "legend": strip.legend(drawn),
        "counted": strip.counted(days),
        "one_row": strip.fits_one_row(drawn),
        "table_open": open,
        "has_notes": any(cell.note for cell in drawn),
    }


@register.inclusion_tag("design/trend_chart.html")
def trend_chart(points, *, title, description, target=98, name="trend"):
    """Share on time and number ended, period by period, drawn on the server."""
    points = list(points)
    return {
        "chart": chart.draw(points, target=target),
        "points": points,
        "title": title,
        "description": description,
        "name": name,
    }


@register.inclusion_tag("design/bar.html")
def bar(done, of, said, *, kind="", mark=None):
    """A share as a bar; ``said`` says the same in words and stands beside it."""
    share = min(100, round(100 * done / of)) if of else 0
    return {
        "share": share,
        "said": said,
        "kind": kind,
        "mark": None if mark is None or not of else round(100 * mark / of),
    }


@register.inclusion_tag("design/pages.html", takes_context=True)
def pages(context, page):
    """Numbers of pages; the filter stays in the address."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(shown), "gap": page.paginator.ELLIPSIS, "request": context["request"]}


def _of_another_year(day) -> bool:
    return day.year != forms.local(now()).year


def _day(value) -> date:
    return forms.local(value).date() if isinstance(value, datetime) else value
