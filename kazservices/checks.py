"""What the product refuses to start with; run by every management command and by the web itself."""

from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured

CLOCKS = ("real", "demo")


def clock_is_lawful(app_configs=None, **_):
    """In production the terms of the law run on real time only."""
    if settings.KAZ_CLOCK not in CLOCKS:
        return [Error(f"KAZ_CLOCK is one of {', '.join(CLOCKS)}, not {settings.KAZ_CLOCK!r}.", id="kazservices.E002")]
    if settings.PRODUCTION and settings.KAZ_CLOCK == "demo":
        hint = "Leave KAZ_CLOCK out, or set it to real."
        return [Error("A clock that can be moved is refused in production.", hint=hint, id="kazservices.E001")]
    return []


def refuse_unlawful_settings() -> None:
    """The same for processes that run no system checks by themselves."""
    if found := clock_is_lawful():
        raise ImproperlyConfigured("; ".join(error.msg for error in found))
