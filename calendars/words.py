"""Days, dates and terms in Kazakh, Russian and English. Pure: the language is an argument."""

from collections.abc import Iterable
from datetime import date, datetime

from calendars.arithmetic import WORKED, Day, DayKind, ExplainedDay
from calendars.minutes import Rest, Standstill, Stretch
from calendars.vocabulary import (
    ABLATIVE,
    ACTS,
    DATIVE,
    HOLIDAY_NAMES,
    KIND_NAMES,
    LOCATIVE,
    MONTHS,
    POSSESSIVE_ENDINGS,
    RESTS,
    WEEKDAYS,
    WEEKDAYS_SHORT,
)


def weekday_name(day: date, lang: str) -> str:
    """Full name of the weekday, small letters in kk and ru."""
    return WEEKDAYS[lang][day.weekday()]


def weekday_short(day: date, lang: str) -> str:
    """Two letters, three in English."""
    return WEEKDAYS_SHORT[lang][day.weekday()]


def day_month(day: date, lang: str, *, year: bool = False) -> str:
    """«2 сәуір», «2 апреля»; with the year «2026 жылғы 2 сәуір», «2 апреля 2026 года»."""
    plain = f"{day.day} {MONTHS[lang][day.month - 1]}"
    if not year:
        return plain
    return {"kk": f"{day.year} жылғы {plain}", "ru": f"{plain} {day.year} года", "en": f"{plain} {day.year}"}[lang]


def citizen_date(day: date, lang: str, *, year: bool = False) -> str:
    """«2 сәуір, бейсенбі»."""
    return f"{day_month(day, lang, year=year)}, {weekday_name(day, lang)}"


def citizen_datetime(moment: datetime, lang: str, *, year: bool = False) -> str:
    """«2 сәуір, бейсенбі, 18:30», of a local moment."""
    return f"{citizen_date(moment.date(), lang, year=year)}, {moment:%H:%M}"


def staff_date(day: date, lang: str) -> str:
    """«30.03.2026, дс»."""
    return f"{day:%d.%m.%Y}, {weekday_short(day, lang)}"


def staff_datetime(moment: datetime, lang: str) -> str:
    """«30.03.2026, дс, 18:30», of a local moment."""
    return f"{staff_date(moment.date(), lang)}, {moment:%H:%M}"


def not_later_than(day: date, lang: str) -> str:
    """«2 сәуірден кешіктірмей», «не позднее 2 апреля», "by 2 April at the latest"."""
    plain = day_month(day, lang)
    kk = f"{day.day} {ABLATIVE[day.month - 1]} кешіктірмей"
    return {"kk": kk, "ru": f"не позднее {plain}", "en": f"by {plain} at the latest"}[lang]


def until(day: date, lang: str) -> str:
    """«30 маусымға дейін», «до 30 июня», "until 30 June"."""
    plain = day_month(day, lang)
    return {"kk": f"{day.day} {DATIVE[day.month - 1]} дейін", "ru": f"до {plain}", "en": f"until {plain}"}[lang]


def on_day(day: date, lang: str) -> str:
    """«1 қыркүйекте», «1 сентября», "on 1 September"."""
    plain = day_month(day, lang)
    return {"kk": f"{day.day} {LOCATIVE[day.month - 1]}", "ru": plain, "en": f"on {plain}"}[lang]


def plural_ru(n: int, one: str, few: str, many: str) -> str:
    """The Russian form after a number: 1 день, 2 дня, 5 дней."""
    n = abs(n) % 100
    if 10 < n < 20:
        return many
    return one if n % 10 == 1 else few if 1 < n % 10 < 5 else many


def working_days_words(n: int, lang: str) -> str:
    """«2 жұмыс күні», «2 рабочих дня», "2 working days"."""
    ru = plural_ru(n, "рабочий день", "рабочих дня", "рабочих дней")
    en = "working day" if n == 1 else "working days"
    return {"kk": f"{n} жұмыс күні", "ru": f"{n} {ru}", "en": f"{n} {en}"}[lang]


def duration_words(minutes: int, day_minutes: int, lang: str) -> str:
    """Working time in words: whole days from one day on, else «6 сағ 40 мин»."""
    minutes = abs(minutes)
    if minutes >= day_minutes:
        return working_days_words(minutes // day_minutes, lang)
    hour, minute = {"kk": ("сағ", "мин"), "ru": ("ч", "мин"), "en": ("h", "min")}[lang]
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} {hour}"] * bool(hours) + [f"{rest} {minute}"] * bool(rest or not hours)
    return " ".join(parts)


def left_words(minutes: int, day_minutes: int, lang: str) -> str:
    """«2 жұмыс күні қалды», or «Мерзімі 1 сағ 20 мин өтіп кетті» when the minutes are below zero."""
    amount = duration_words(minutes, day_minutes, lang)
    if minutes < 0:
        late = {"kk": "Мерзімі {} өтіп кетті", "ru": "Срок истёк {} назад", "en": "Overdue by {}"}
        return late[lang].format(amount)
    one_day = day_minutes <= minutes < 2 * day_minutes
    ru = "Остался" if one_day else "Осталось"
    return {"kk": f"{amount} қалды", "ru": f"{ru} {amount}", "en": f"{amount} left"}[lang]


def possessive_kk(n: int) -> str:
    """«6-сы», «14-і»: the number with the ending of its last word read aloud."""
    if n % 10:
        return f"{n}-{POSSESSIVE_ENDINGS[n % 10]}"
    return f"{n}-{POSSESSIVE_ENDINGS[n % 100 or 100]}" if n else "0-і"


def counted_words(total: int, counted: int, lang: str) -> str:
    """«14 күннің 6-сы жұмыс күні ретінде есептеледі»."""
    days = plural_ru(total, "дня", "дней", "дней")
    verb = plural_ru(counted, "считается", "считаются", "считаются")
    return {
        "kk": f"{total} күннің {possessive_kk(counted)} жұмыс күні ретінде есептеледі",
        "ru": f"Из {total} {days} {verb} {working_days_words(counted, 'ru')}",
        "en": f"Of {total} days {counted} {'counts' if counted == 1 else 'count'} as working days",
    }[lang]


def kind_words(kind: DayKind, lang: str) -> str:
    """The kind of a day: «Ауыстырылған демалыс күні»."""
    return KIND_NAMES[kind][lang]


def holiday_name(key: str, lang: str) -> str:
    """The name of a holiday by its key."""
    return HOLIDAY_NAMES[key][lang]


def act_words(act: str, lang: str) -> str:
    """The citation of an act kept as «issuer number date»; what has another form is given back as it is."""
    parts = act.split(" ")
    if len(parts) != 3 or parts[0] not in ACTS:
        return act
    issuer, number, on = parts
    return ACTS[issuer][lang].format(number=number, date=f"{date.fromisoformat(on):%d.%m.%Y}")


def revision_words(revision: int, acts: Iterable[str], lang: str) -> str:
    """Why the calendar changed: its acts, else the number of the revision alone (a day was withdrawn)."""
    return "; ".join(act_words(act, lang) for act in acts) or REVISION[lang].format(number=revision)


def day_words(day: Day | ExplainedDay, lang: str) -> str:
    """Why the day is what it is: «Ауыстырылған демалыс күні (5 наурыз)», with the name of the holiday."""
    said = kind_words(day.kind, lang)
    if day.name:
        said = f"{said}: {holiday_name(day.name, lang)}"
    if day.exchanged_with:
        said = f"{said} ({day_month(day.exchanged_with, lang)})"
    if day.provisional:
        said = f"{said}, {PROVISIONAL[lang]}"
    return said


def explained_words(day: ExplainedDay, lang: str) -> str:
    """One line of the explanation: the date, counted or not, why, and the act."""
    if day.counted:
        number = {"kk": "{}-жұмыс күні", "ru": "{}-й рабочий день", "en": "working day {}"}[lang].format(day.ordinal)
        said = number if day.kind is DayKind.WORKING else f"{number}; {day_words(day, lang)}"
    else:
        reason = START[lang] if day.ordinal == 0 else END[lang] if day.kind in WORKED else day_words(day, lang)
        said = f"{NOT_COUNTED[lang]}: {reason}"
    source = f" [{act_words(day.act, lang)}]" if day.act else ""
    return f"{staff_date(day.date, lang)}: {said}{source}"


def rest_words(rest: Rest, lang: str) -> str:
    """Why no minute passes: «түскі үзіліс»."""
    return RESTS[rest][lang]


def standstill_words(still: Standstill, at: datetime, lang: str) -> str:
    """«Уақыт тоқтап тұр: түскі үзіліс. Жалғасады: 14:30», with the day when it is another one."""
    same_day = still.until.date() == at.astimezone(still.until.tzinfo).date()
    goes_on = f"{still.until:%H:%M}" if same_day else f"{day_month(still.until.date(), lang)}, {still.until:%H:%M}"
    said = {
        "kk": "Уақыт тоқтап тұр: {}. Жалғасады: {}",
        "ru": "Время стоит: {}. Продолжится: {}",
        "en": "The clock stands still: {}. It goes on: {}",
    }
    return said[lang].format(rest_words(still.rest, lang), goes_on)


def stretch_words(stretch: Stretch, lang: str) -> str:
    """One line of «why this hour?»: «12:50–13:00: 10 мин», «13:00–14:30: есептелмейді, түскі үзіліс»."""
    days = "" if stretch.begins.date() == stretch.ends.date() else f"{stretch.ends:%d.%m} "
    hours = f"{stretch.begins:%H:%M}–{days}{stretch.ends:%H:%M}"
    if stretch.rest:
        return f"{hours}: {NOT_COUNTED[lang]}, {rest_words(stretch.rest, lang)}"
    return f"{hours}: {duration_words(stretch.minutes, 24 * 60, lang)}"


REVISION = {
    "kk": "күнтізбенің № {number} нұсқасы",
    "ru": "редакция календаря № {number}",
    "en": "calendar revision No {number}",
}
PROVISIONAL = {"kk": "алдын ала дерек", "ru": "предварительно", "en": "provisional"}
NOT_COUNTED = {"kk": "есептелмейді", "ru": "не считается", "en": "not counted"}
START = {
    "kk": "мерзім осы күннен кейін басталады",
    "ru": "срок начинается после этого дня",
    "en": "the term starts after it",
}
END = {"kk": "соңғы күн", "ru": "последний день", "en": "the last day"}
