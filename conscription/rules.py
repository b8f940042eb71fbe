"""The legal clocks of an application to the commission, as rows; the same for deferral and exemption."""

from datetime import date
from functools import partial

from calendars.rules import Rule, Unit
from kazservices.offices.roles import Role

#: What opens a decided case again, by the body itself or upon a complaint: the term begins anew. Norm: LAW-5-2-9.
REOPENED = ("reopen", "withdraw_result")
SINCE = date(2022, 5, 29)  # order No 289 of 13.05.2022: the first day of the edition


def rules(service: str) -> tuple[Rule, ...]:
    """Norms: CONS-8, CONS-10-1 to CONS-10-7, GAP-35, GAP-39, GAP-40."""
    decided = frozenset({"grant", "refuse"})
    heard = frozenset({"record_hearing", "record_no_show", "record_position"})
    term = partial(Rule, since=SINCE, until=None, unit=Unit.WORKING_DAYS, schedule="akimat")
    step = partial(term, length=1, within=f"{service}.decide", from_acceptance=False)
    return (
        term(
            code=f"{service}.decide",
            norm="CONS-8",
            starts=frozenset({"submit", *REOPENED}),
            stops=decided,
            length=6,
            responsible=Role.CHAIR,
            label_kk="Нәтиже",
            label_ru="Результат",
            label_en="Result",
        ),
        term(
            code=f"{service}.hand_over",
            norm="CONS-10-1",
            starts=frozenset({"submit"}),
            stops=frozenset({"hand_over"}),
            length=0,
            label_kk="Тіркеу және төрағаға беру",
            label_ru="Регистрация и передача председателю",
            label_en="Registration and hand-over to the chair",
        ),
        step(
            code=f"{service}.send",
            norm="CONS-10-2",
            starts=frozenset({"hand_over"}),
            stops=frozenset({"send_to_members"}),
            responsible=Role.CHAIR,
            needed_day=1,
            label_kk="Комиссия мүшелеріне жіберу",
            label_ru="Направление членам комиссии",
            label_en="Sending to the members",
        ),
        step(
            code=f"{service}.members",
            norm="CONS-10-3",
            starts=frozenset({"send_to_members"}),
            stops=frozenset({"close_opinions"}),
            responsible=Role.MEMBER,
            needed_day=2,
            on_end="close_opinions",
            label_kk="Комиссия мүшелерінің пікірі",
            label_ru="Мнения членов комиссии",
            label_en="The members' opinions",
        ),
        step(
            code=f"{service}.conclude",
            norm="CONS-10-4",
            starts=frozenset({"close_opinions", *REOPENED}),
            stops=frozenset({"grant", "call_hearing"}),
            responsible=Role.CHAIR,
            needed_day=3,
            label_kk="Қорытынды немесе алдын ала шешім",
            label_ru="Заключение или предварительное решение",
            label_en="Conclusion, or preliminary decision",
        ),
        term(
            code=f"{service}.hearing_notice",
            norm="CONS-10-6",
            starts=frozenset({"submit", *REOPENED}),
            stops=frozenset({"call_hearing"}),
            length=3,
            before=f"{service}.decide",
            conditional=True,
            responsible=Role.CHAIR,
            warn_days_before=1,
            label_kk="Тыңдау туралы хабарлама",
            label_ru="Уведомление о заслушивании",
            label_en="Notice of the hearing",
        ),
        term(
            code=f"{service}.hearing",
            norm="CONS-10-7",
            starts=frozenset({"call_hearing"}),
            stops=heard,
            length=2,
            responsible=Role.SECRETARY,
            label_kk="Тыңдау",
            label_ru="Заслушивание",
            label_en="Hearing",
        ),
        term(
            code=f"{service}.objection",
            norm="GAP-35",
            starts=frozenset({"call_hearing"}),
            stops=decided | {"give_position"},
            length=2,
            ours=False,
            label_kk="Өтініш берушінің ұстанымы",
            label_ru="Позиция заявителя",
            label_en="The applicant's position",
        ),
    )


RULES = (*rules("deferral"), *rules("exemption"))
