"""The clocks of duplicates and of originals, as rows."""

from datetime import date
from functools import partial

from calendars.rules import Rule, Unit
from kazservices.cases.models import Channel
from kazservices.offices.roles import Role

SINCE = date(2020, 5, 4)  # order No 172 of 04.05.2020: the first day of the edition
#: What opens a decided case again: the term begins anew. Norm: LAW-5-2-9.
REOPENED = frozenset({"reopen", "withdraw_result"})
BY_CORPORATION = frozenset({Channel.STATE_CORPORATION})
TO_THE_SCHOOL = frozenset({Channel.PORTAL, Channel.OFFICE})
PREPARED = frozenset({"issue_duplicate", "refuse"})
#: Ready and offered: at the school, or countersigned by the State Corporation. Norm: GAP-37.
OFFERED = frozenset({"offer", "arrive"})

_row = partial(Rule, since=SINCE, until=None, unit=Unit.WORKING_DAYS, schedule="duplicates")

RULES = (
    _row(
        code="duplicates.issue",
        norm="DUP-8",
        starts=frozenset({"submit"}) | REOPENED,
        stops=OFFERED,
        length=15,
        responsible=Role.HEAD,
        warn_days_before=1,
        label_kk="Телнұсқа дайын әрі ұсынылған",
        label_ru="Дубликат готов и предложен",
        label_en="Duplicate ready and offered",
    ),
    _row(
        code="duplicates.register",
        norm="DUP-21",
        starts=frozenset({"submit"}),
        stops=frozenset({"register"}),
        length=0,
        channels=TO_THE_SCHOOL,
        responsible=Role.CLERK,
        label_kk="Түскен күні тіркеу",
        label_ru="Регистрация в день поступления",
        label_en="Registration on the day of arrival",
    ),
    _row(
        code="duplicates.register_delivered",
        norm="DUP-25",
        starts=frozenset({"deliver"}),
        stops=frozenset({"register"}),
        length=0,
        channels=BY_CORPORATION,
        responsible=Role.CLERK,
        label_kk="Мемлекеттік корпорациядан түскен күні тіркеу",
        label_ru="Регистрация в день поступления от Госкорпорации",
        label_en="Registration on the day it came from the State Corporation",
    ),
    _row(
        code="duplicates.prepare",
        norm="DUP-26-1",
        starts=frozenset({"register"}) | REOPENED,
        stops=PREPARED,
        length=5,
        within="duplicates.issue",
        needed_day=5,
        from_acceptance=False,
        responsible=Role.HEAD,
        warn_days_before=1,
        label_kk="Нәтижені дайындау",
        label_ru="Подготовка результата",
        label_en="Preparing the result",
    ),
    _row(
        code="duplicates.dispatch",
        norm="DUP-26-2",
        starts=frozenset({"route_to_corporation"}),
        stops=frozenset({"arrive"}),
        length=1,
        before="duplicates.issue",
        responsible=Role.CLERK,
        warn_days_before=1,
        label_kk="Мемлекеттік корпорацияға тапсыру",
        label_ru="Передача в Госкорпорацию",
        label_en="Handing over to the State Corporation",
    ),
    _row(
        code="duplicates.store",
        norm="DUP-30",
        starts=frozenset({"arrive"}),
        stops=frozenset({"end_storage", "hand_over_there", "give_back"}) | REOPENED,
        length=1,
        unit=Unit.CALENDAR_MONTHS,
        schedule="state_corporation",
        from_acceptance=False,
        ours=False,
        on_end="end_storage",
        outlives=True,
        label_kk="Мемлекеттік корпорацияда сақтау",
        label_ru="Хранение в Госкорпорации",
        label_en="In store at the State Corporation",
    ),
    _row(
        code="duplicates.resend",
        norm="DUP-S5-4",
        starts=frozenset({"ask_again"}),
        stops=frozenset({"send_again", "hand_over"}),
        length=1,
        outlives=True,
        responsible=Role.CLERK,
        label_kk="Мемлекеттік корпорацияға қайта жіберу",
        label_ru="Повторная отправка в Госкорпорацию",
        label_en="Sending to the State Corporation again",
    ),
    _row(
        code="original.hand_over",
        norm="DUP-6",
        starts=frozenset({"submit"}),
        stops=frozenset({"hand_over"}),
        length=30,
        schedule="duplicates",
        responsible=Role.HEAD,
        warn_days_before=3,
        label_kk="Түпнұсқаны тапсыру",
        label_ru="Вручение оригинала",
        label_en="Handing over the original",
    ),
)
