"""The legal clocks of an application for a place at school, as rows."""

from datetime import date
from functools import partial

from calendars.rules import Rule, Unit
from kazservices.offices.roles import Role

SINCE = date(2020, 7, 12)  # order No 264 of 24.06.2020: the first day of the edition
#: What opens a decided case again: its term begins anew. Norm: LAW-5-2-9.
REOPENED = ("reopen", "withdraw_result")
#: What ends the answer of a first class, of another class.
ANSWERED = frozenset({"admit", "refuse", "refuse_full"})
ANSWERED_AT_ONCE = frozenset({"admit_to_class", "refuse"})

term = partial(Rule, since=SINCE, until=None, unit=Unit.WORKING_DAYS, schedule="school", responsible=Role.HEAD)


def common(service: str, answered: frozenset) -> tuple[Rule, ...]:
    """Norms: ADM-S3-1, ADM-9-4, ADM-9-6a, ADM-S8-X."""
    return (
        term(
            code=f"{service}.answer",
            norm="ADM-S3-1",
            starts=frozenset({"submit", *REOPENED}),
            stops=answered,
            length=1,
            label_kk="Нәтиже",
            label_ru="Результат",
            label_en="Result",
        ),
        term(
            code=f"{service}.health",
            norm="ADM-S8-X",
            starts=frozenset({"ask_health_documents"}),
            stops=frozenset({"take_health_documents"}),
            length=10,
            ours=False,
            outlives=True,
            responsible=Role.CLERK,
            label_kk="Денсаулық туралы құжаттарды әкелу",
            label_ru="Принести документы о здоровье",
            label_en="Health documents to be brought",
        ),
    )


RULES = (
    *common("admission", ANSWERED),
    *common("admission_classes", ANSWERED_AT_ONCE),
    term(
        code="admission.offer",
        norm="GAP-06",
        starts=frozenset({"offer"}),
        stops=frozenset({"accept_offer", "record_acceptance", "decline_offer", "lapse"}),
        length=1,
        ours=False,
        responsible="",
        on_end="lapse",
        label_kk="Ұсынылған орынға жауап",
        label_ru="Ответ на предложенное место",
        label_en="Answer to the offered seat",
    ),
    term(
        code="admission.offer_answer",
        norm="ADM-S3-1",
        starts=frozenset({"accept_offer", "record_acceptance"}),
        stops=frozenset({"admit_from_list"}),
        length=1,
        label_kk="Жаңа шешім",
        label_ru="Новое решение",
        label_en="New decision",
    ),
    term(
        code="admission_classes.order",
        norm="ADM-S3-2",
        starts=frozenset({"submit", *REOPENED}),
        stops=frozenset({"enrol"}),
        voids=frozenset({"refuse"}),
        length=0,
        unit=Unit.FIXED_DATE,
        month_day=(8, 20),
        outlives=True,
        label_kk="Қабылдау туралы бұйрық",
        label_ru="Приказ о зачислении",
        label_en="Enrolment order",
    ),
)
