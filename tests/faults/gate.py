"""The stand-in gateway with moods: ``python -m tests.faults.gate PORT FOLDER``; its mood is a word in FOLDER/mood.

``slow``: it takes a request and answers when its client has long gone away. ``twice``: each request reaches it twice,
as through a proxy that repeats what it is not sure of, and the second answer is given back.
"""

import sys
import time
from contextlib import suppress
from pathlib import Path

from kazservices.gateways import standin

PATIENCE_OF_NOBODY = 2.0  # seconds: longer than the clients under fire wait (KAZ_GATEWAY_TIMEOUT)


class Moody(standin.Handler):
    """As the stand-in, but for its mood."""

    folder: Path

    @property
    def mood(self) -> str:
        with suppress(FileNotFoundError):
            return (self.folder / "mood").read_text()
        return ""

    def _given(self, head, name, body, key):
        given = super()._given(head, name, body, key)
        if self.mood == "twice":
            given = super()._given(head, name, body, key)
        if self.mood == "slow":
            time.sleep(PATIENCE_OF_NOBODY)
        return given

    def answer(self, data, status=200):
        with suppress(BrokenPipeError, ConnectionResetError):
            super().answer(data, status)


if __name__ == "__main__":
    Moody.folder = Path(sys.argv[2])
    standin.Handler = Moody
    standin.StandIn(int(sys.argv[1]), log=Moody.folder / "gateway.jsonl").server.serve_forever()
