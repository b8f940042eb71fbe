"""journey.md and its pictures: each walk rewrites its own chapter, the others stay as they are."""

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path

from chapter import Chapter
from ledger import Ledger

BOOK, PICTURES = "journey.md", "journey"
BREAK = re.compile(r"^(?=# )", re.MULTILINE)
PICTURE = re.compile(r"\(journey/([^)]+\.png)\)")


class Book:
    """The chapters in their order, in a folder."""

    def __init__(self, folder: Path, chapters: Sequence[Chapter]):
        self.text, self.pictures = folder / BOOK, folder / PICTURES
        self.titles = [f"# {chapter.title}" for chapter in chapters]

    def write(self, chapter: Chapter, ledger: Ledger) -> None:
        """The part of this walk, as it was walked; a picture that no part shows any more is thrown away."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        written = self._written(chapter, ledger)
        known = BREAK.split(self.text.read_text(encoding="utf-8")) if self.text.exists() else []
        parts = {title_of(part): part for part in known if part.strip()} | {title_of(written): written}
        text = "\n".join(f"{parts[title].strip()}\n" for title in self.titles if title in parts)
        self.text.write_text(text, encoding="utf-8")
        shown = set(PICTURE.findall(text))
        for old in self.pictures.glob("*.png"):
            if old.name not in shown:
                old.unlink()

    def _written(self, chapter: Chapter, ledger: Ledger) -> str:
        day, lines = None, [f"# {chapter.title}\n\n{wrapped(chapter.told)}\n\n"]
        for step in ledger.steps:
            if step.moment.date() != day:
                day = step.moment.date()
                lines.append(f"## {chapter.day_title(day)}\n\n")
            lines.append(f"{wrapped(f'**{step.moment:%H:%M}, {step.who}.** {capital(step.what)}')}\n\n")
            for name, title, content in step.pictures:
                file = f"{chapter.prefix}{name}.png"
                (self.pictures / file).write_bytes(content)
                lines.append(f"![{title}](journey/{file})\n\n")
        lines.append("## What held\n\n")
        lines += [f"- {'✓' if held else '**not held:**'} {what}\n" for what, held in ledger.checks]
        return "".join(lines)


def title_of(part: str) -> str:
    """The first line of a part of the book."""
    return part.lstrip().partition("\n")[0]


def wrapped(text: str) -> str:
    return textwrap.fill(text, 118, break_long_words=False, break_on_hyphens=False)


def capital(text: str) -> str:
    return text[0].upper() + text[1:]
