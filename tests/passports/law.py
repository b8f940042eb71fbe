"""The two standards as order 289 prints them, cut up without any help from the passports."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "law"
MONTHS = {"наурыз": 3, "маусым": 6, "қыркүйек": 9, "желтоқсан": 12}
WINDOW = re.compile(r"(\d+) (\w+?)(?:дан|ден|тан|тен|нан|нен) (\d+) (\w+?)(?:ға|ге|қа|ке) дейін")
APPLICATION = "ұялы байланыс операторы ұсынған"
VARIANTS_FOLLOW = "отбасы мүшелерінің болуын растайтын құжаттың электрондық көшірмесі:"


@cache
def order() -> str:
    return (FOLDER / "order-289-2022.txt").read_text(encoding="utf-8")


@cache
def services_law() -> list[str]:
    return [line.strip() for line in (FOLDER / "state-services-law.txt").read_text(encoding="utf-8").splitlines()]


@cache
def standard(service: str) -> list[str]:
    """The lines of one service's standard."""
    lines = [line.strip() for line in order().splitlines()]
    starts = [n for n, line in enumerate(lines) if line.endswith("мемлекеттік көрсетілетін қызмет стандарты")]
    return lines[starts[0] : starts[1]] if service == "deferral" else lines[starts[1] :]


def after(service: str, heading: str) -> str:
    """The line below a heading of the standard."""
    lines = standard(service)
    return lines[next(n for n, line in enumerate(lines) if line.startswith(heading)) + 1]


def line_with(service: str, words: str) -> str:
    (found,) = {line for line in standard(service) if words in line}
    return found


def windows(service: str) -> list[tuple[int, int, int, int]]:
    """Month and day of opening and closing, read from row 10's sentence on the period of acceptance."""
    sentence = line_with(service, "өтінішті қабылдау кезеңі")
    return [(MONTHS[a], int(x), MONTHS[b], int(y)) for x, a, y, b in WINDOW.findall(sentence)]


def grounds(service: str) -> list[str]:
    lines = standard(service)
    start = lines.index(
        "Көрсетілетін қызметті беруші мынадай негіздер бойынша мемлекеттік қызметті көрсетуден бас тартады:"
    )
    return [re.sub(r"^\d\) ", "", line).rstrip(";.") for line in lines[start + 1 : start + 4]]


@cache
def categories(service: str) -> dict[int, dict]:
    """Number -> label, documents beside the application, variants: row 8, line by line."""
    lines = standard(service)
    start = lines.index("Мемлекеттік қызмет көрсету үшін қажетті құжаттардың тізбесі:")
    found: dict[int, dict] = {}
    current = None
    for line in lines[start + 1 :]:
        if line.startswith("Көрсетілетін қызметті алушының жеке басын"):
            return found
        head = re.match(r"(\d+)\) (.+)", line)
        if head:
            current = found[int(head[1])] = {"label": head[2], "documents": [], "variants": [], "applications": 0}
        elif line.startswith(APPLICATION):
            current["applications"] += 1
        elif current["documents"] and current["documents"][-1].endswith(VARIANTS_FOLLOW):
            current["variants"].append(line)
        else:
            current["documents"].append(line)
    raise AssertionError("row 8 has no end")


def cyrillic(text: str) -> str:
    """The source's words in one alphabet: inside Kazakh words it writes a Latin i. Norm: GAP-16."""
    return text.replace("i", "і")


def bare(text: str) -> str:
    return text.rstrip(" :;,.")
