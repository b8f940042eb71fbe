"""The embedded transport is a folder; what a full disk has torn in it must keep no process from starting."""

import json
from collections.abc import Iterable
from pathlib import Path

TORN_MAY_BE = ("*.exchange", "*.msg")


def drop_torn(folders: Iterable[Path]) -> list[str]:
    """Take away what cannot be read: the transport opens a file before it writes it, and a full disk leaves it empty.

    A worker ends over each such file. A table is made anew as its queue is bound; a message is a bell and no record.
    """
    found = [file for folder in folders for names in TORN_MAY_BE for file in sorted(folder.glob(names))]
    torn = [file for file in found if not _is_whole(file)]
    for file in torn:
        file.unlink(missing_ok=True)
    return [file.name for file in torn]


def _is_whole(file: Path) -> bool:
    try:
        json.loads(file.read_bytes())
    except FileNotFoundError:
        return True
    except ValueError:
        return False
    return True
