"""The tables behind words.py: months, weekdays, holidays, kinds of days and acts in three languages."""

from calendars.arithmetic import DayKind
from calendars.minutes import Rest

MONTHS = {
    "kk": (
        "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
        "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
    ),
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
MONTHS_ALONE = {
    "kk": tuple(name.capitalize() for name in MONTHS["kk"]),
    "ru": (
        "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
        "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
    ),
    "en": MONTHS["en"],
}  # fmt: skip
# The Kazakh month with its ending, as the law reads it: from (-нан), to (-ға дейін), in (-да).
ABLATIVE = (
    "қаңтардан", "ақпаннан", "наурыздан", "сәуірден", "мамырдан", "маусымнан",
    "шілдеден", "тамыздан", "қыркүйектен", "қазаннан", "қарашадан", "желтоқсаннан",
)  # fmt: skip
DATIVE = (
    "қаңтарға", "ақпанға", "наурызға", "сәуірге", "мамырға", "маусымға",
    "шілдеге", "тамызға", "қыркүйекке", "қазанға", "қарашаға", "желтоқсанға",
)  # fmt: skip
LOCATIVE = (
    "қаңтарда", "ақпанда", "наурызда", "сәуірде", "мамырда", "маусымда",
    "шілдеде", "тамызда", "қыркүйекте", "қазанда", "қарашада", "желтоқсанда",
)  # fmt: skip

WEEKDAYS = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
WEEKDAYS_SHORT = {
    "kk": ("дс", "сс", "ср", "бс", "жм", "сб", "жс"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

# бірі, екісі, үші, төрті, бесі, алтысы, жетісі, сегізі, тоғызы; оны, жиырмасы, отызы, ...
POSSESSIVE_ENDINGS = {
    1: "і", 2: "сі", 3: "і", 4: "і", 5: "і", 6: "сы", 7: "сі", 8: "і", 9: "ы",
    10: "ы", 20: "сы", 30: "ы", 40: "ы", 50: "і", 60: "ы", 70: "і", 80: "і", 90: "ы", 100: "і",
}  # fmt: skip

KIND_NAMES = {
    DayKind.WORKING: {"kk": "Жұмыс күні", "ru": "Рабочий день", "en": "Working day"},
    DayKind.WEEKEND: {"kk": "Демалыс күні", "ru": "Выходной день", "en": "Weekend"},
    DayKind.HOLIDAY: {"kk": "Мереке күні", "ru": "Праздничный день", "en": "Public holiday"},
    DayKind.HOLIDAY_SHIFTED: {
        "kk": "Мереке үшін берілген демалыс күні",
        "ru": "Выходной за праздничный день",
        "en": "Day off for a holiday",
    },
    DayKind.DAY_OFF_MOVED: {"kk": "Ауыстырылған демалыс күні", "ru": "Перенесённый выходной", "en": "Moved day off"},
    DayKind.WORKING_WEEKEND: {
        "kk": "Жұмыс істейтін демалыс күні",
        "ru": "Рабочий выходной",
        "en": "Working weekend day",
    },
}

HOLIDAY_NAMES = {
    "new_year": {"kk": "Жаңа жыл", "ru": "Новый год", "en": "New Year"},
    "orthodox_christmas": {
        "kk": "Православиелік Рождество",
        "ru": "Православное Рождество",
        "en": "Orthodox Christmas",
    },
    "womens_day": {
        "kk": "Халықаралық әйелдер күні",
        "ru": "Международный женский день",
        "en": "International Women's Day",
    },
    "nauryz": {"kk": "Наурыз мейрамы", "ru": "Наурыз мейрамы", "en": "Nauryz"},
    "unity_day": {
        "kk": "Қазақстан халқының бірлігі мерекесі",
        "ru": "Праздник единства народа Казахстана",
        "en": "Unity Day of the People of Kazakhstan",
    },
    "defender_day": {
        "kk": "Отан қорғаушы күні",
        "ru": "День защитника Отечества",
        "en": "Defender of the Fatherland Day",
    },
    "victory_day": {"kk": "Жеңіс күні", "ru": "День Победы", "en": "Victory Day"},
    "capital_day": {"kk": "Астана күні", "ru": "День столицы", "en": "Capital Day"},
    "constitution_day": {"kk": "Конституция күні", "ru": "День Конституции", "en": "Constitution Day"},
    "republic_day": {"kk": "Республика күні", "ru": "День Республики", "en": "Republic Day"},
    "first_president_day": {
        "kk": "Тұңғыш Президент күні",
        "ru": "День Первого Президента",
        "en": "Day of the First President",
    },
    "independence_day": {"kk": "Тәуелсіздік күні", "ru": "День Независимости", "en": "Independence Day"},
    "kurban_ait": {
        "kk": "Құрбан айттың бірінші күні",
        "ru": "Первый день Курбан айта",
        "en": "First day of Kurban Ait",
    },
}

ACTS = {
    "parliament": {
        "kk": "Қазақстан Республикасының {date} № {number} Заңы",
        "ru": "Закон Республики Казахстан от {date} № {number}",
        "en": "Law of the Republic of Kazakhstan No {number} of {date}",
    },
    "code": {
        "kk": "Қазақстан Республикасының {date} № {number} Еңбек кодексі, 84-бап",
        "ru": "Трудовой кодекс Республики Казахстан от {date} № {number}, статья 84",
        "en": "Labour Code of the Republic of Kazakhstan No {number} of {date}, article 84",
    },
    "government": {
        "kk": "Қазақстан Республикасы Үкіметінің {date} № {number} қаулысы",
        "ru": "Постановление Правительства Республики Казахстан от {date} № {number}",
        "en": "Decree of the Government No {number} of {date}",
    },
    "labour_ministry": {
        "kk": "Еңбек және халықты әлеуметтік қорғау министрінің {date} № {number} бұйрығы",
        "ru": "Приказ Министра труда и социальной защиты населения от {date} № {number}",
        "en": "Order of the Minister of Labour and Social Protection No {number} of {date}",
    },
}

RESTS = {
    Rest.LUNCH: {"kk": "түскі үзіліс", "ru": "обеденный перерыв", "en": "lunch break"},
    Rest.NIGHT: {"kk": "жұмыс уақыты емес", "ru": "нерабочее время", "en": "outside working hours"},
    Rest.DAY_OFF: {"kk": "демалыс күні", "ru": "выходной день", "en": "day off"},
}
