"""The dates of the contest, as rows. «3 сәуірге дейін» is ours to keep on the working day before. Norm: GAP-28."""

from datetime import date
from functools import partial

from calendars.rules import Rule, Unit
from kazservices.offices.roles import Role
from schools.contest import dates

SINCE = date(2020, 7, 5)  # order No 264 of 24.06.2020: clauses 16 to 46 in this wording
BEFORE, NOT_LATER = -1, 0

_fixed = partial(Rule, since=SINCE, until=None, unit=Unit.FIXED_DATE, schedule="school", starts=frozenset({"submit"}))
_ordered = partial(_fixed, norm="ADM-C42", month_day=dates.ORDERS_BEFORE, length=BEFORE, warn_days_before=2)

CAMPAIGN = (
    _fixed(
        code="contest.responsible",
        norm="ADM-C17",
        stops=frozenset({"appoint_responsible"}),
        month_day=dates.INTAKE_BEGINS,
        length=BEFORE,
        responsible=Role.HEAD,
        warn_days_before=2,
        label_kk="Жауапты тұлғаны тағайындау",
        label_ru="Назначение ответственного лица",
        label_en="Appointment of the responsible person",
    ),
    _fixed(
        code="contest.intake",
        norm="ADM-C16",
        starts=frozenset({"appoint_responsible"}),
        stops=frozenset({"send_register"}),
        month_day=dates.INTAKE_ENDS,
        length=NOT_LATER,
        ours=False,
        label_kk="Құжаттарды қабылдау аяқталады",
        label_ru="Окончание приёма документов",
        label_en="The intake of documents ends",
    ),
    _fixed(
        code="contest.register",
        norm="ADM-C20",
        stops=frozenset({"send_register"}),
        month_day=dates.REGISTER_BEFORE,
        length=BEFORE,
        responsible=Role.CLERK,
        label_kk="Үміткерлер базасын «Дарын» орталығына тапсыру",
        label_ru="Передача базы кандидатов центру «Дарын»",
        label_en="The register goes to the Daryn centre",
    ),
    _fixed(
        code="contest.schedule",
        norm="ADM-C28",
        stops=frozenset({"publish_schedule"}),
        month_day=dates.SCHEDULE_BEFORE,
        length=BEFORE,
        responsible=Role.CLERK,
        warn_days_before=2,
        label_kk="Кестені жариялау",
        label_ru="Публикация графика",
        label_en="Publication of the schedule",
    ),
    _fixed(
        code="contest.hold",
        norm="ADM-C27",
        stops=frozenset({"hold_contest", "hold_first_round"}),
        month_day=dates.HELD_UNTIL,
        length=NOT_LATER,
        responsible=Role.HEAD,
        label_kk="Конкурсты өткізу",
        label_ru="Проведение конкурса",
        label_en="The contest is held",
    ),
    Rule(
        code="contest.results",
        norm="ADM-C41",
        since=SINCE,
        until=None,
        starts=frozenset({"hold_contest", "hold_second_round"}),
        stops=frozenset({"issue_protocol"}),
        length=1,
        unit=Unit.CALENDAR_DAYS,
        schedule="school",
        from_acceptance=False,
        responsible=Role.CHAIR,
        label_kk="Хаттама және нәтижелерді жариялау",
        label_ru="Протокол и публикация итогов",
        label_en="Protocol and publication of the results",
    ),
    _ordered(
        code="contest.enrolment",
        stops=frozenset({"order_enrolment"}),
        responsible=Role.HEAD,
        label_kk="Қабылдау туралы бұйрық",
        label_ru="Приказ о зачислении",
        label_en="Order of enrolment",
    ),
    _ordered(
        code="contest.reserve",
        stops=frozenset({"order_reserve"}),
        responsible=Role.HEAD,
        label_kk="Резервтік тізім туралы бұйрық",
        label_ru="Приказ о резервном списке",
        label_en="Order on the reserve",
    ),
)

APPLICATION = (
    _ordered(
        code="contest_application.decide",
        starts=frozenset({"submit", "take_all_the_same"}),
        stops=frozenset({"enrol", "put_in_reserve", "leave_out"}),
        label_kk="Қабылдау туралы бұйрық",
        label_ru="Приказ о зачислении",
        label_en="Order of enrolment",
    ),
)

RULES = (*CAMPAIGN, *APPLICATION)
