"""What happened, when and who did it; which promises held. Printed line by line, then written down with pictures."""

import textwrap
from dataclasses import dataclass, field
from pathlib import Path

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HEAD = """# The golden week, walked

Written by `manage.py journey --week {week}` while it walked through the running product: its own process, HTTP and
cookies, no import of the program. Three applications for a deferral are filed in one office on {filed}. The term is six
working days; Nauryz and the days given for it do not count, so D1 is {first}, D3 is {third}, D6, the day of the result,
is {last}. All people are fictional.

"""


class Fault(Exception):
    """Something without which the walk cannot go on."""


@dataclass
class Step:
    """One act of one person."""

    moment: object
    who: str
    what: str
    pictures: list = field(default_factory=list)


class Ledger:
    """The steps of the walk and the assertions, in the order in which they were made."""

    def __init__(self, week):
        self.week = week
        self.steps: list[Step] = []
        self.checks: list[tuple[str, bool]] = []

    @property
    def began(self) -> bool:
        return bool(self.steps)

    def step(self, moment, who: str, what: str) -> None:
        self.steps.append(Step(moment, who, what))
        print(f"     {staff_moment(moment)}  {who}: {what}", flush=True)

    def picture(self, name: str, title: str, content: bytes) -> None:
        """A picture of the step written down last."""
        self.steps[-1].pictures.append((name, title, content))

    def check(self, what: str, holds, seen: str = "") -> None:
        """A promise; what was seen instead is said only when it did not hold."""
        self.checks.append((what, bool(holds)))
        print(f"{'ok  ' if holds else 'FAIL'} {what}{'' if holds or not seen else f' — seen: {seen}'}", flush=True)

    def says(self, what: str, text: str, *wanted: str) -> None:
        """A promise that all of the words stand in a text."""
        missing = [words for words in wanted if words not in text]
        self.check(what, not missing, f"without {missing} in: {text[:1500]}")

    def conclude(self) -> int:
        failed = sum(not held for _, held in self.checks)
        print(f"\n{len(self.checks) - failed} of {len(self.checks)} held.")
        return 1 if failed else 0

    def publish(self, folder: Path) -> None:
        """journey.md, with the pictures beside it."""
        pictures = folder / "journey"
        pictures.mkdir(parents=True, exist_ok=True)
        for old in pictures.glob("*.png"):
            old.unlink()
        day, lines = None, [self._head()]
        for step in self.steps:
            if step.moment.date() != day:
                day = step.moment.date()
                lines.append(f"## {self._day_title(day)}\n\n")
            lines.append(f"{wrapped(f'**{step.moment:%H:%M}, {step.who}.** {capital(step.what)}')}\n\n")
            for name, title, content in step.pictures:
                (pictures / f"{name}.png").write_bytes(content)
                lines.append(f"![{title}](journey/{name}.png)\n\n")
        lines.append("## What held\n\n")
        lines += [f"- {'✓' if held else '**not held:**'} {what}\n" for what, held in self.checks]
        (folder / "journey.md").write_text("".join(lines), encoding="utf-8")

    def _head(self) -> str:
        week = self.week
        title, text = HEAD.split("\n\n", 1)
        told = text.format(
            week=week.filed.date(),
            filed=f"{day_name(week.filed)}, {week.filed:%H:%M}",
            first=day_name(week.day(1)),
            third=day_name(week.day(3)),
            last=day_name(week.day(6)),
        )
        return f"{title}\n\n{wrapped(told)}\n\n"

    def _day_title(self, day) -> str:
        if day == self.week.filed.date():
            return f"{day_name(day)}: the filing (D0)"
        return f"{day_name(day)}: D{self.week.days.index(day) + 1}"


def wrapped(text: str) -> str:
    return textwrap.fill(text, 118, break_long_words=False, break_on_hyphens=False)


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def day_name(day) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%B %Y}"


def staff_moment(moment) -> str:
    return f"{WEEKDAYS[moment.weekday()]} {moment:%d.%m %H:%M}"
