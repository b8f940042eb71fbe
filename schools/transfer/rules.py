"""The legal clock of a transfer, as a row: thirty minutes of the school's working time."""

from datetime import date

from calendars.rules import Rule, Unit
from kazservices.offices.roles import Role

#: What opens a decided case again: the half hour begins anew. Norm: LAW-5-2-9.
REOPENED = ("reopen", "withdraw_result")
SINCE = date(2020, 7, 5)  # order No 264 of 24.06.2020: the first day of the edition

RULES = (
    Rule(
        code="transfer.decide",
        norm="TRN-S3",
        since=SINCE,
        until=None,
        starts=frozenset({"submit", *REOPENED}),
        stops=frozenset({"admit", "refuse"}),
        length=30,
        unit=Unit.WORKING_MINUTES,
        schedule="school",
        responsible=Role.CLERK,
        label_kk="Қолхат немесе дәлелді бас тарту",
        label_ru="Расписка или мотивированный отказ",
        label_en="Receipt, or reasoned refusal",
    ),
)
