"""SQLite: the copy is made by its own online backup, in one step, while others go on writing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from .errors import BackupRefused
from .snapshot import Snapshot, looked_at

NAME = "database.sqlite3"
BUSY = 1  # seconds: who waits longer runs
BESIDE = ("", "-wal", "-shm")


def keep(known: dict, folder: Path) -> Snapshot:
    """Copy the database as it stands at one instant, and look at the copy. ``known``: how it is reached."""
    source = f"{Path(known['NAME']).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as live, closing(sqlite3.connect(folder / NAME)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        if (told := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise BackupRefused(f"The database is damaged: {told}")
        return looked_at(copy.cursor())


def is_empty(known: dict) -> bool:
    path = Path(known["NAME"])
    if not path.exists():
        return True
    with closing(sqlite3.connect(path)) as live:
        return not live.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]


def demand_alone(known: dict) -> None:
    """Nobody else has it open: only so can SQLite leave its write-ahead log. Raises BackupRefused."""
    path = Path(known["NAME"])
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=BUSY)) as live:
            live.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise BackupRefused(f"The product still runs: {error}. Stop it first: bin/run --stop") from error


def bring_back(known: dict, folder: Path, aside: str) -> list[str]:
    """Put the copy in the place of the database; what stood there lies beside it afterwards. Returns where."""
    path, moved = Path(known["NAME"]), []
    if is_empty(known):
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{aside}")
    with closing(sqlite3.connect(folder / NAME)) as copy, closing(sqlite3.connect(fresh)) as new:
        copy.backup(new)
    for ending in BESIDE:
        old = path.with_name(path.name + ending)
        if old.exists():
            moved.append(str(old.rename(path.with_name(f"{path.name}.{aside}{ending}"))))
    fresh.rename(path)
    return moved
