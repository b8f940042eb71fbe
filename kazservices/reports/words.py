"""The words of a report: what a norm, a term, an official and a share are called in the reader's language."""

from django.utils.translation import gettext as _

from calendars.rules import Unit, registry
from calendars.words import working_days_words
from kazservices.design.languages import active_language
from kazservices.offices.roles import Role


def rule_name(code: str) -> str:
    rule = registry.get(code)
    return rule.label(active_language()) if rule else code


def norm_names() -> dict[str, str]:
    """The norms that give the provider a clock, each with the name of its clock, in legal order."""
    return {rule.norm: f"{rule.label(active_language())} ({rule.norm})" for rule in registry.values() if rule.ours}


def role_name(role: str) -> str:
    """The holders of a role together; without a role the act is the system's own."""
    return str(Role(role).label) if role else _("the system")


def term_words(length: int, unit: str) -> str:
    """«6 жұмыс күні», «30 минут», «қабылдау күні»."""
    if unit == Unit.WORKING_DAYS:
        return working_days_words(length, active_language()) if length else _("the acceptance date")
    amounts = {
        Unit.WORKING_MINUTES: _("%(n)s working minutes"),
        Unit.CALENDAR_DAYS: _("%(n)s calendar days"),
        Unit.CALENDAR_MONTHS: _("%(n)s calendar months"),
    }
    return amounts[unit] % {"n": length} if unit in amounts else _("a fixed date")


def days_words(minutes: float | None, day_minutes: int) -> str:
    """Working time in days with one decimal: «4,3»."""
    return "–" if minutes is None else f"{minutes / day_minutes:.1f}".replace(".", ",")


def grouped(number: int) -> str:
    """«1 214»: thousands apart, by a space that does not break."""
    return f"{number:,}".replace(",", "\u00a0")


def month_words(day) -> str:
    return f"{day:%m.%Y}"
