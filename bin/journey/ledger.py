"""What happened, when and who did it; which promises held. Printed line by line, then written down with pictures."""

import re
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
HEAD_WITH_A_DAY_OFF = """# The same week with a day off

Written by `manage.py journey --week {week} --day-off {day_off:%Y-%m-%d}` while it walked through a new product. Case B
of the walk above is filed again on {filed}; on {published} an operator drafts a day off for {named} and a second one
publishes it. The act is invented: no such day off was given. D5, the day of the hearing, becomes {fifth}; D6, the day
of the result, {last}. All people are fictional.

"""
BOOK, PICTURES = "journey.md", "journey"
BREAK = re.compile(r"^(?=# )", re.MULTILINE)
PICTURE = re.compile(r"\(journey/([^)]+\.png)\)")


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

    def __init__(self, week, day_off=None):
        self.week, self.day_off = week, day_off
        self.steps: list[Step] = []
        self.checks: list[tuple[str, bool]] = []

    @property
    def began(self) -> bool:
        return bool(self.steps)

    def step(self, moment, who: str, what: str) -> None:
        self.steps.append(Step(moment, who, what))
        print(f"     {staff_moment(moment)}  {who}: {what}", flush=True)

    def picture(self, name: str, title: str, content: bytes) -> None:
        """A picture of the step written down last; those of the two walks lie side by side under names of their own."""
        self.steps[-1].pictures.append((f"day-off-{name}" if self.day_off else name, title, content))

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
        """The part of this walk in journey.md, and its pictures; the part of the other walk stays as it is."""
        pictures, book = folder / PICTURES, folder / BOOK
        pictures.mkdir(parents=True, exist_ok=True)
        written = self._written(pictures)
        known = BREAK.split(book.read_text(encoding="utf-8")) if book.exists() else []
        parts = {title_of(part): part for part in known if part.strip()} | {title_of(written): written}
        text = "\n".join(f"{parts[title].strip()}\n" for title in TITLES if title in parts)
        book.write_text(text, encoding="utf-8")
        shown = set(PICTURE.findall(text))
        for old in pictures.glob("*.png"):
            if old.name not in shown:
                old.unlink()

    def _written(self, pictures: Path) -> str:
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
        return "".join(lines)

    def _head(self) -> str:
        week, off = self.week, self.day_off
        title, text = (HEAD_WITH_A_DAY_OFF if off else HEAD).split("\n\n", 1)
        told = text.format(
            week=week.filed.date(),
            filed=f"{day_name(week.filed)}, {week.filed:%H:%M}",
            first=day_name(week.day(1)),
            third=day_name(week.day(3)),
            fifth=day_name(week.day(5)),
            last=day_name(week.day(6)),
            **({"day_off": off.date, "named": day_name(off.date), "published": day_name(off.published)} if off else {}),
        )
        return f"{title}\n\n{wrapped(told)}\n\n"

    def _day_title(self, day) -> str:
        if day == self.week.filed.date():
            return f"{day_name(day)}: the filing (D0)"
        if day not in self.week.days:
            return f"{day_name(day)}: the day off"
        return f"{day_name(day)}: D{self.week.days.index(day) + 1}"


TITLES = tuple(head.partition("\n")[0] for head in (HEAD, HEAD_WITH_A_DAY_OFF))


def title_of(part: str) -> str:
    """The first line of a part of the book."""
    return part.lstrip().partition("\n")[0]


def wrapped(text: str) -> str:
    return textwrap.fill(text, 118, break_long_words=False, break_on_hyphens=False)


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def day_name(day) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%B %Y}"


def staff_moment(moment) -> str:
    return f"{WEEKDAYS[moment.weekday()]} {moment:%d.%m %H:%M}"
