"""A contest of many: the candidates of a file, taken in at the lyceum's counter as the rules want it.

The file is the one whose order was made by hand (tests/schools/contest): number, grade, olympiad, quota and the minute
of registration, the first minute being ten o'clock of the first working day of the intake.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from kazservices import clock
from kazservices.cases.models import Channel
from kazservices.flow import counter, filing
from kazservices.flow.door import advance
from kazservices.gateways.iin import check_digit
from kazservices.passports import service as passports
from schools.contest import dates
from schools.contest.models import ContestApplication, ContestCampaign
from schools.contest.ranking import Olympiad

#: The first minute of a day at the counter, and how many minutes of it the file counts.
BEGINS_AT, DAY = time(10), 480
GIVEN = (
    "Айбар", "Айсұлу", "Алтынай", "Асылжан", "Әмина", "Бағлан", "Бибігүл", "Дамир", "Динара", "Еркежан", "Жасмин",
    "Зере", "Иван", "Кәмила", "Қарлығаш", "Лейла", "Мадина", "Мәлік", "Нұрай", "Олжас", "Полина", "Раяна", "Саян",
    "Тоғжан", "Ұлпан", "Фатима", "Шерхан", "Ырыс", "Іңкәр", "Ясмин",
)  # fmt: skip
FAMILIES = (
    "Абай", "Бақберген", "Ғаббас", "Досан", "Елеусіз", "Жолдас", "Зейін", "Ихсан", "Кәрім", "Қазыбек", "Ли", "Мырзабек",
    "Нарымбет", "Орман", "Петренко", "Рысбай", "Сапар", "Тілеуберді", "Уәли", "Шәріп",
)  # fmt: skip
AGE = {7: 12, 6: 11, 5: 10}


@dataclass(frozen=True)
class Candidate:
    """One line of the file."""

    number: int
    grade: int
    olympiad: Olympiad
    in_quota: bool
    minute: int

    @property
    def name(self) -> str:
        place = self.number - 1
        return f"{FAMILIES[place // len(GIVEN) % len(FAMILIES)]} {GIVEN[place % len(GIVEN)]}"

    @property
    def email(self) -> str:
        """The only trace of the file's number in the product: by it the register is matched with the file."""
        return f"candidate{self.number}@example.kz"

    def born(self, year: int) -> date:
        return date(year - AGE[self.grade], 1 + self.number % 12, 1 + self.number % 28)

    def iin(self, year: int) -> str:
        """A number that passes the check and belongs to nobody."""
        born = self.born(year)
        starts = (f"{born:%y%m%d}6{serial:04}" for serial in range(5000 + 5 * self.number, 9999))
        return next(f"{start}{digit}" for start in starts if (digit := check_digit(start)) is not None)


def read(path: Path) -> list[Candidate]:
    with path.open(encoding="utf-8") as file:
        return [_candidate(row) for row in csv.DictReader(file)]


def _candidate(row) -> Candidate:
    said = {name: int(row[name]) for name in ("number", "grade", "minute")}
    return Candidate(**said, olympiad=Olympiad(int(row["olympiad"])), in_quota=row["quota"] == "1")


def take_in(campaign: ContestCampaign, candidates, *, by) -> Iterator[ContestApplication]:
    """Each at his own minute, complete, and entered into the register. Norms: ADM-C16, ADM-C17, ADM-C18."""
    time_of = campaign.office.time_for(ContestApplication.service_code)
    begins = datetime.combine(dates.day_of(campaign.year, dates.INTAKE_BEGINS), BEGINS_AT, time_of.zone)
    first = datetime.combine(time_of.accepts(begins), BEGINS_AT, time_of.zone)
    for one in candidates:
        days, minutes = divmod(one.minute, DAY)
        with clock.fixed_at(first + timedelta(days=days, minutes=minutes)), transaction.atomic():
            case = _taken_in(campaign, one, by)
        yield case


def _taken_in(campaign, one: Candidate, by) -> ContestApplication:
    edition = passports.edition_on(ContestApplication.service_code, campaign.office.today())
    category = edition.categories.get(code=f"CLASS_{one.grade}")
    said = counter.Brought(one.name, "kk", iin=one.iin(campaign.year), birth_date=one.born(campaign.year))
    draft = counter.begin(by, campaign.office, category, said)
    answers = {"has_diploma": one.olympiad != Olympiad.NONE or one.in_quota}
    filing.answer(draft, answers)
    filing.fill_in(draft, {"study_language": "kk", "email": one.email})
    asked = passports.required_documents(category, answers, Channel.OFFICE)
    counter.note_documents(draft, [row.code for row in asked])
    counter.note_consent(filing.progress_of(draft), given=False)  # the registers know no such children
    case = counter.take_in(filing.progress_of(draft), by=by)
    return advance(case, "enter_register", by=by, olympiad=int(one.olympiad), in_quota=one.in_quota)
