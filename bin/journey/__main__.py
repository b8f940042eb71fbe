"""A chapter walked through the running product as its people would: HTTP and cookies, nothing of the program.

python bin/journey --walk transfer [--address http://127.0.0.1:8000] [--out docs]; ends with 0 when all of it held.
``--walk schools`` walks all chapters of the schools one after the other. ``--week 2026-03-20`` is the deferral,
``--week 2026-03-20 --day-off 2026-04-01`` the same week with a day off.
"""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from book import Book
from camera import Camera
from cast import Cast
from chapter import Chapter
from chapters import CHAPTERS, SCHOOLS
from chapters.deferral.parts import DEFERRAL, WITH_A_DAY_OFF
from chapters.deferral.week import DAY_OFF, WEEK
from ledger import Fault, Ledger
from product import Product

GATEWAY_ABOVE_WEB = 99
WALKS = {chapter.name: (chapter,) for chapter in CHAPTERS} | {"schools": SCHOOLS}


def main() -> int:
    asked = options()
    book, ledgers = Book(Path(asked.out), CHAPTERS), []
    with Product(asked.address, asked.gateway or gateway_beside(asked.address)) as product, Camera() as camera:
        for chapter in walks(asked):
            ledger = walked(chapter, product, camera)
            if ledger.began:
                book.write(chapter, ledger)
            ledgers.append(ledger)
    return conclude(ledgers)


def walked(chapter: Chapter, product: Product, camera: Camera) -> Ledger:
    """A chapter to its end, or to the first thing without which it cannot go on."""
    ledger = Ledger()
    scene = chapter.scene(Cast(product, camera, chapter.people, chapter.office), ledger)
    print(f"\n{chapter.title}", flush=True)
    try:
        product.stands_before(chapter.begins)
        for part in chapter.parts:
            part(scene)
    except Fault as fault:
        ledger.check(str(fault), False)
    return ledger


def conclude(ledgers: list[Ledger]) -> int:
    made, failed = sum(len(ledger.checks) for ledger in ledgers), sum(ledger.failed for ledger in ledgers)
    print(f"\n{made - failed} of {made} held.")
    return 1 if failed else 0


def walks(asked: argparse.Namespace) -> tuple[Chapter, ...]:
    if asked.walk:
        return WALKS[asked.walk]
    return (WITH_A_DAY_OFF if asked.day_off else DEFERRAL,)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py journey", description=__doc__.splitlines()[0])
    parser.add_argument("--walk", choices=WALKS, help="the chapter, or the schools one after the other")
    parser.add_argument("--week", choices=[f"{WEEK.filed:%Y-%m-%d}"], help="the Friday of the filing of the deferral")
    parser.add_argument(
        "--day-off", choices=[f"{DAY_OFF.date}"], help="a working day of that week that becomes a day off meanwhile"
    )
    parser.add_argument("--address", default=address_of_environment(), help="where the product answers")
    parser.add_argument("--gateway", help="where its stand-in of the outside world answers (web port + 99)")
    parser.add_argument("--out", default="docs", help="the folder for journey.md and its pictures")
    return parser.parse_args()


def address_of_environment() -> str:
    return f"http://{os.environ.get('KAZ_HOST') or '127.0.0.1'}:{os.environ.get('KAZ_PORT') or 8000}"


def gateway_beside(address: str) -> str:
    port = (urlsplit(address).port or 80) + GATEWAY_ABOVE_WEB
    return f"http://127.0.0.1:{os.environ.get('KAZ_GATEWAY_PORT') or port}"


if __name__ == "__main__":
    sys.exit(main())
