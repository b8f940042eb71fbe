"""A filled-in context for each component: the golden week, with people who do not exist."""

from datetime import UTC, date, datetime

from django import forms

from calendars.arithmetic import DayKind, ExplainedDay
from kazservices.design.forms import CodeInput, DayInput, HourInput
from kazservices.design.pieces import (
    ChipPiece,
    ClockPiece,
    EventPiece,
    HeatCell,
    HeatRow,
    MovePiece,
    PaperPiece,
    QueueGroup,
    QueueRow,
    StepPiece,
    SumPiece,
    TrendPoint,
    VotePiece,
)


def at(day, hour, minute=0, month=3):
    """A moment of the spring of 2026, told by the clock of Almaty."""
    return datetime(2026, month, day, hour - 5, minute, tzinfo=UTC)


GOLDEN = [
    ExplainedDay(date(2026, 3, 20), DayKind.WORKING, False, None),
    ExplainedDay(date(2026, 3, 21), DayKind.HOLIDAY, False, None, "nauryz"),
    ExplainedDay(date(2026, 3, 22), DayKind.HOLIDAY, False, None, "nauryz"),
    ExplainedDay(date(2026, 3, 23), DayKind.HOLIDAY, False, None, "nauryz"),
    ExplainedDay(date(2026, 3, 24), DayKind.HOLIDAY_SHIFTED, False, None, "nauryz", exchanged_with=date(2026, 3, 21)),
    ExplainedDay(date(2026, 3, 25), DayKind.HOLIDAY_SHIFTED, False, None, "nauryz", exchanged_with=date(2026, 3, 22)),
    ExplainedDay(date(2026, 3, 26), DayKind.WORKING, True, 1),
    ExplainedDay(date(2026, 3, 27), DayKind.WORKING, True, 2),
    ExplainedDay(date(2026, 3, 28), DayKind.WEEKEND, False, None),
    ExplainedDay(date(2026, 3, 29), DayKind.WEEKEND, False, None),
    ExplainedDay(date(2026, 3, 30), DayKind.WORKING, True, 3),
    ExplainedDay(date(2026, 3, 31), DayKind.WORKING, True, 4),
    ExplainedDay(date(2026, 4, 1), DayKind.WORKING, True, 5),
    ExplainedDay(date(2026, 4, 2), DayKind.WORKING, True, 6),
]
DONE = ChipPiece("ok", "Орындалды")
SOON = ChipPiece("warn", "6 сағ 40 мин қалды")
LATE = ChipPiece("bad", "Мерзімі 1 сағ 20 мин өтіп кетті")
CLOCKS = [
    ClockPiece("Тіркеу және төрағаға беру", at(20, 17, 12), DONE, "10-тармақ, 1-абзац"),
    ClockPiece("Мүшелерге жіберу", at(26, 10, 15), DONE, "10-тармақ, 2-абзац"),
    ClockPiece("Мүшелердің пікірі", at(27, 16, 20), LATE, "10-тармақ, 3-абзац"),
    ClockPiece("Тыңдау туралы хабарлама", at(30, 18, 30), SOON, "10-тармақ, 6-абзац", why_url="#why"),
    ClockPiece(
        "Тыңдау", at(1, 18, 30, 4), ChipPiece("wait", "Әлі басталмады"), "10-тармақ", "хабарламадан кейін 2 жұмыс күні"
    ),
    ClockPiece("Нәтиже", at(2, 18, 30, 4), ChipPiece("ok", "3 жұмыс күні қалды", "clock"), "8-тармақ", why_url="#why"),
]
PAPERS = [
    PaperPiece("Алдын ала шешім және тыңдау туралы хабарлама", "PDF", "/p/1", "Ашу", "30.03.2026"),
    PaperPiece("anyqtama-1-bet.jpg", "JPG", meta="1,3 МБ", chip=ChipPiece("ok", "Қабылданды"), remove_url="/p/2/away"),
    PaperPiece(
        "anyqtama-2-bet.pdf",
        "PDF",
        meta="2,1 МБ",
        chip=ChipPiece("bad", "Қабылданбады", "cross"),
        remove_url="/p/3/away",
        error="Файлдың аты .pdf, ал мазмұны — HEIC суреті.",
        advice="Суретті JPG түрінде сақтап, қайта жүктеңіз.",
    ),
]
EVENTS = [
    EventPiece("Тыңдауға шақырылды", at(30, 11, 40), "А. Бекжанова", "тыңдау 1 сәуірде"),
    EventPiece("Комиссия мүшелері қарады", at(27, 16, 20)),
    EventPiece("Өтініш қабылданды", at(20, 17), "жүйе", system=True),
]
VOTES = [
    VotePiece("for", "келіседі"),
    VotePiece("against", "бас тартады"),
    VotePiece("closed", "жазылды, әлі жабық"),
    VotePiece("awaited", "күтілуде"),
]
STEPS = [StepPiece("Санат", "done", "/1"), StepPiece("Құжаттар", "here"), StepPiece("Тексеру"), StepPiece("Қол қою")]
SUMS = [
    SumPiece("1", "Мерзімі өткен", "bad", "/late"),
    SumPiece("6", "Бүгін бітеді", "warn"),
    SumPiece("11", "Келесі 3 жұмыс күнінде", "ok"),
    SumPiece("4,3", "Медиана", unit="жұмыс күні"),
]
GROUPS = [
    QueueGroup(
        "Мерзімі өткен",
        "bad",
        [
            QueueRow(
                "/c/139",
                "000139",
                "Нұрлан Әділов",
                LATE,
                at(27, 18, 30),
                "Некеде, баласы бар",
                "Қорытынды: қол қойылмаған",
                MovePiece("Төрағаға хабарлау", "/m/1"),
                "М. Оспанов",
                "a1",
            )
        ],
    ),
    QueueGroup(
        "Бүгін бітеді",
        "warn",
        [
            QueueRow(
                "/c/147",
                "000147",
                "Ерасыл Сәбитов",
                SOON,
                at(30, 18, 30),
                "Оқу",
                "Тыңдау туралы хабарлама: соңғы күн",
                MovePiece("Тыңдау тағайындау", "/m/2"),
                "А. Бекжанова",
                "a2",
            ),
            QueueRow(
                "/c/145",
                "000145",
                "Олжас Бейсенов",
                SOON,
                at(30, 18, 30),
                "Ауылдағы дәрігер",
                "Тыңдау бүгін 14:45-те",
                MovePiece("Бас тарту", reason="тыңдау әлі өткізілмеген"),
                "А. Бекжанова",
                "a3",
            ),
        ],
    ),
]
HEAT = [
    HeatRow("Ақбұлақ", 118, [HeatCell(100, "/x"), HeatCell(99.4), HeatCell(98.2)], "/o/1"),
    HeatRow("Бестерек", 204, [HeatCell(97.8), HeatCell(96.4), HeatCell(95.2)]),
    HeatRow("Көкжиде", 0, [HeatCell(None), HeatCell(None), HeatCell(None)]),
]
TREND = [
    TrendPoint("02.03", 100, 61),
    TrendPoint("09.03", 100, 74),
    TrendPoint("16.03", 98.6, 70, 1),
    TrendPoint("23.03", None, 0),
    TrendPoint("30.03", 96.4, 83, 3),
    TrendPoint("06.04", 98.9, 92, 1),
]


class Everything(forms.Form):
    """A field of each sort that templates/design/field.html draws."""

    motive = forms.CharField(label="Дәлел", help_text="Өтініш беруші оқиды.", widget=forms.Textarea)
    iin = forms.CharField(label="ЖСН", help_text="12 сан")
    day = forms.DateField(label="Күні", widget=DayInput)
    hour = forms.TimeField(label="Уақыты", widget=HourInput, required=False)
    code = forms.CharField(label="Бірреттік пароль", widget=CodeInput)
    ground = forms.ChoiceField(label="Негізі", choices=[("", "—"), ("1", "Бірінші"), ("2", "Екінші")])
    way = forms.ChoiceField(
        label="Тәсілі", choices=[("person", "Бетпе-бет"), ("video", "Бейнебайланыс")], widget=forms.RadioSelect
    )
    paper = forms.FileField(label="Файл қосу", required=False, help_text="PDF, JPG немесе PNG")
    agree = forms.BooleanField(label="Келісемін", help_text="Тізілімдерден мәлімет алуға")
