"""The golden week, walked through the running product as its people would: HTTP and cookies, nothing of the program.

python bin/journey --week 2026-03-20 [--day-off 2026-04-01] [--address http://127.0.0.1:8000] [--out docs]; ends with 0
when all of it held.
"""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from camera import Camera
from cases import walk
from cast import Cast
from ledger import Fault, Ledger
from product import Product
from week import DAYS_OFF, WEEKS

GATEWAY_ABOVE_WEB = 99


def main() -> int:
    asked = options()
    week = WEEKS[asked.week]
    day_off = DAYS_OFF[asked.week, asked.day_off] if asked.day_off else None
    ledger = Ledger(week, day_off)
    with Product(asked.address, asked.gateway or gateway_beside(asked.address)) as product, Camera(ledger) as camera:
        try:
            product.stands_before(week.begins)
            walk(Cast(product, camera), week, ledger, day_off)
        except Fault as fault:
            ledger.check(str(fault), False)
    if ledger.began:
        ledger.publish(Path(asked.out))
    return ledger.conclude()


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py journey", description=__doc__.splitlines()[0])
    parser.add_argument("--week", choices=sorted(WEEKS), default=min(WEEKS), help="the Friday of the filing")
    parser.add_argument(
        "--day-off", choices=sorted(day for _, day in DAYS_OFF), help="a working day that becomes a day off meanwhile"
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
