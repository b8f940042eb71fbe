"""The product from outside: where it answers, its clock, and the telephone to which its passwords come."""

import os
import re
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from days import ALMATY
from ledger import Fault

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
PATIENCE = timedelta(seconds=90)
CODE = re.compile(r"\b\d{6}\b")


class Product:
    """The running product at its address, and the stand-in of the outside world beside it."""

    def __init__(self, address: str, gateway: str):
        self.address = address.rstrip("/")
        self.gateway = gateway
        self.outside = httpx.Client(base_url=gateway, timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.outside.close()

    def stands_before(self, begins: datetime) -> None:
        """The walk needs a clock that has not yet come to its beginning: it never goes back."""
        now = self.now()
        if now > begins:
            raise Fault(
                f"the product's clock stands before {begins:%Y-%m-%d %H:%M}: it is {now:%Y-%m-%d %H:%M} already and "
                "never goes back; walk through a new product (another KAZ_DATA and KAZ_PORT for bin/run)"
            )

    def now(self) -> datetime:
        try:
            answer = httpx.get(f"{self.address}/health/", timeout=30)
            return datetime.fromisoformat(answer.json()["now"]).astimezone(ALMATY)
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise Fault(f"the product answers at {self.address}: start it with bin/run ({error!r})") from error

    def clock_to(self, moment: datetime) -> None:
        """An act past HTTP: the operator moves the demo clock forward."""
        done = self.command("clock", "--to", f"{moment:%Y-%m-%dT%H:%M}")
        if done.returncode:
            raise Fault(f"the clock moves to {moment:%Y-%m-%d %H:%M}: {done.stderr.strip()[-300:]}")
        self.until(
            lambda: timedelta(0) <= self.now() - moment < timedelta(minutes=2),
            f"the product's clock came to {moment:%Y-%m-%d %H:%M}; is KAZ_DATA the one of the running product?",
        )

    def command(self, *words: str) -> subprocess.CompletedProcess:
        """A command of the product, as its operator gives it on the machine where it runs."""
        environment = {"KAZ_CLOCK": "demo", **os.environ}
        line = [sys.executable, str(MANAGE), *words]
        return subprocess.run(line, env=environment, capture_output=True, text=True, check=False)

    def codes_to(self, phone: str) -> list[str]:
        """The one-time passwords that have come to a telephone, the oldest first."""
        answer = self.outside.get("/sms", params={"phone": phone})
        texts = [message["text"] for message in answer.json() if message["key"].startswith("otp-")]
        return [found.group() for text in texts if (found := CODE.search(text))]

    def until(self, happened, what: str):
        """The first true answer; a Fault when it does not come in time."""
        ends = time.monotonic() + PATIENCE.total_seconds()
        while not (answer := happened()):
            if time.monotonic() > ends:
                raise Fault(what)
            time.sleep(0.5)
        return answer
