"""The days of the walk, written down by hand, and the children in the order in which they came."""

from dataclasses import dataclass
from datetime import date

EVE = date(2026, 3, 31)  # Tue: the intake is still closed
FIRST = date(2026, 4, 1)  # Wed: the first day of the intake
SECOND = date(2026, 4, 2)  # Thu: the next working day, on which the day before is answered, by 18:30
SCHOOL = "25"
VILLAGE = "Сарыөзен ауылы"  # the table of the area names it: a street of this name may stand in another village too


@dataclass(frozen=True)
class Family:
    """Who comes to the counter, at what hour, with which child; all fictional."""

    hour: str
    parent: str
    iin: str
    child: str
    born: str
    document: str
    street: str
    house: str


AISHA, AISHA_IIN = "Жанұзақова Айша Ерболатқызы", "200514600015"  # born 14 May 2020: six this year
ALI_IIN = "211102500013"  # born 2 November 2021: five this year, six in 2027

#: Dostyq street is not in the area of the school; Nauryz, and the odd houses of Mektep up to 29, are.
FAMILIES = (
    Family("09:10", "Оспанова Дина Серікқызы", "880512400011", "Оспан Арлан Ержанұлы", "2020-03-09", "ТК-0310",
           "Достық көшесі", "7"),
    Family("09:25", "Тілеуов Марат Асанұлы", "900317300021", "Тілеуова Амина Маратқызы", "2020-07-21", "ТК-0311",
           "Наурыз көшесі", "12"),
    Family("09:40", "Юсупова Лейла Рустамовна", "851109400038", "Юсупов Тимур Русланович", "2019-11-30", "ТК-0312",
           "Мектеп көшесі", "3"),
    Family("09:55", "Қалиев Бауыржан Ерікұлы", "910722300045", "Қалиева Раяна Бауыржанқызы", "2020-10-05", "ТК-0313",
           "Достық көшесі", "9"),
)  # fmt: skip

#: The queue 3 + 1 by hand: three of the area by the instant of receipt, then the first from outside; nobody of the
#: area is left, so the second from outside has a left-over seat. (mark, child) as the head reads them.
ANSWERS = (
    ("1", AISHA),
    ("2", FAMILIES[1].child),
    ("3", FAMILIES[2].child),
    ("+1", FAMILIES[0].child),
    ("—", FAMILIES[3].child),
)
