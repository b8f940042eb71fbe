"""Which story happens when: a campaign that is over, the one that runs, and what lies on the desks today."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from calendars.arithmetic import WorkingDays
from kazservices.flow.demo.people import WITHOUT_A_CASE, recipient
from kazservices.passports import service as passports

from .offices import Place
from .stories import STORIES
from .telling import Telling

JUST_NOW = timedelta(minutes=30)
JUST_FILED = "just_filed"
LIVELY_DAYS = 10  # working days before today in which the stories of today begin

#: (service, category, answers) in turn; what a story is told about.
SUBJECTS = (
    ("deferral", "STUDY", {}),
    ("deferral", "PEDAGOGUE", {}),
    ("exemption", "UNFIT", {}),
    ("deferral", "HEALTH_TEMP", {}),
    ("deferral", "STUDY", {}),
    ("exemption", "DEGREE", {}),
    ("deferral", "RURAL_DOCTOR", {}),
    ("deferral", "FAMILY_CARE", {"variant": "b"}),
    ("exemption", "RELATIVE_DIED", {}),
)

#: A campaign from its first day to its last.
WHOLE = (
    "granted", "refused", "granted_at_once", "filed_at_night", "incomplete", "granted_after_hearing", "a_silent_member",
    "withdrawn", "granted", "no_show", "late_notice", "granted_at_once", "postponed", "granted", "decided_late",
    "not_what_it_claims", "in_writing", "granted", "a_member_recused", "reopened", "sent_late", "granted_at_once",
    "refused", "withdrawn_early", "granted",
)  # fmt: skip

#: The campaign that runs, up to a fortnight ago.
BEGUN = (
    "granted", "granted_at_once", "refused", "a_silent_member", "granted_after_hearing", "late_notice", "incomplete",
    "filed_at_night", "postponed", "granted", "withdrawn", "decided_late", "no_show",
)  # fmt: skip

#: (working days before today, story): what the people of today have before them.
TODAY = (
    (10, "granted"), (9, "decided_late"), (8, "refused"), (7, "a_silent_member"), (6, "waits_for_a_conclusion"),
    (6, "waits_after_the_hearing"), (6, "granted_after_hearing"), (5, "position_given"), (5, "granted"),
    (5, "waits_for_the_hearing"), (4, "waits_for_the_hearing"), (4, "waits_for_the_chair"), (4, "granted_at_once"),
    (3, "waits_for_a_notice"), (3, "waits_for_a_conclusion"), (3, "withdrawn"), (2, "waits_for_members"),
    (2, "waits_for_all_members"), (2, "waits_for_a_notice"), (1, "waits_for_all_members"), (1, "not_what_it_claims"),
    (1, "waits_for_the_chair"), (1, "waits_for_members"), (0, "waits_for_the_chair"), (0, "incomplete"),
    (0, "waits_for_the_chair"),
)  # fmt: skip
REOPENED = (13, "reopened_today")


@dataclass(frozen=True)
class Season:
    """The days of one window of a year on which applications are taken in."""

    opens: date
    closes: date

    def holds(self, day) -> bool:
        return self.opens <= day <= self.closes


def seasons(today: date) -> list[Season]:
    """The last two windows that have opened by today, the older first."""
    windows = passports.windows(passports.edition_on("deferral", today))
    opened = [
        Season(date(year, *window.opens), date(year, *window.closes))
        for year in (today.year - 1, today.year)
        for window in windows
    ]
    return sorted((s for s in opened if s.opens <= today), key=lambda s: s.opens)[-2:]


def campaigns(places: list[Place], people: list[dict], now: datetime, *, short: bool = False) -> list[Telling]:
    """Every story with its place, its person and its day; ``short``: only as many as show each state."""
    time = places[0].office.time_for("deferral")
    today = time.accepts(now)  # the day whose work lies on the desks: after hours, already the next one
    plan = [(day, name, STORIES[name]) for day, name in _plan(time.days, today, short)]
    plan += _just_filed(time.local(now) - JUST_NOW)
    tellings = []
    for number, ((day, name, story), subject) in enumerate(zip(plan, _cast(people), strict=False)):
        service, category, answers, person, which = subject
        place = places[1] if number % 3 == 2 else places[0]
        minutes = 0 if name == JUST_FILED else number * 7 % 17
        told = Telling(name, story, place, recipient(person, which), service, category, answers, day, minutes)
        tellings.append(told)
    return [told for told in tellings if told.filed_at() <= now]


def _just_filed(moment: datetime) -> list[tuple]:
    """One of a few minutes ago: outside office hours it waits for the opening, and nobody has seen it yet."""
    if not seasons(moment.date())[-1].holds(moment.date()):
        return []
    return [(moment.date(), JUST_FILED, replace(STORIES[JUST_FILED], filed=f"{moment:%H:%M}"))]


def _plan(days: WorkingDays, today: date, short: bool) -> Iterator[tuple[date, str]]:
    before, now = ([None, *seasons(today)])[-2:]
    lively = days.add_working(today, -LIVELY_DAYS)
    if before and not short:
        yield from zip(_spread(days, before.opens, before.closes, len(WHOLE)), WHOLE, strict=False)
    if not now.holds(today):
        yield from zip(_spread(days, now.opens, now.closes, len(WHOLE)), WHOLE, strict=False)
        return
    if not short:
        yield from zip(_spread(days, now.opens, days.add_working(lively, -1), len(BEGUN)), BEGUN, strict=False)
    for back, name in (REOPENED, *TODAY):
        day = days.add_working(today, -back)
        if now.holds(day):
            yield day, name


def _spread(days: WorkingDays, first: date, last: date, number: int) -> list[date]:
    """So many working days at even distances; none when the span is too short for that."""
    start = days.next_working(first)
    span = days.working_between(start, last)
    return [days.add_working(start, place * span // number) for place in range(number)] if span >= number else []


def _cast(people) -> Iterator[tuple]:
    """A subject and a person whom it fits, without end; whoever has children may ask for it by the registers alone."""
    number = 0
    while True:
        for which, person in enumerate(people[WITHOUT_A_CASE:], start=WITHOUT_A_CASE):
            if "births" in person:
                yield "deferral", "MARRIED_CHILD", {}, person, which
            elif person["birth_date"] < "1999" and number % 2:
                yield "exemption", "AGE_27", {}, person, which
            else:
                yield *SUBJECTS[number % len(SUBJECTS)], person, which
            number += 1
