"""A passport file that could not be introduced is told by its line, to every management command."""

from django.core.checks import Error

from . import introducing


def files_are_in_order(app_configs=None, **_):
    return [Error(str(fault), id="kazservices.E010") for fault in introducing.faults]
