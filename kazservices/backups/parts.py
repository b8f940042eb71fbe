"""What lies in a backup: the database, the files, the roots' copies, and the list that says what belongs to it."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .errors import BackupRefused

FORMAT = 1
DATABASE, FILES, ROOTS, PUBLIC_KEYS = "database", "files", "roots", "roots-key.pub"
#: What a restore has found in its place lies in a folder of this name.
ASIDE = "before-"
LIST, SEAL = "manifest.json", "manifest.json.sha256"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Part:
    """One file of a backup, by its name under the folder."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Contents:
    """The list of a backup: its parts, and what the database held at the instant of the snapshot."""

    taken_at: str
    engine: str
    #: The migrations that had been applied: {app: names}.
    migrations: dict
    #: How many rows each table had.
    rows: dict
    #: The journal as it stood: cases, entries, the digest of all heads, the last root.
    journal: dict
    #: Files that the database names and that could not be read whole: nothing has been made up for them.
    faulty_files: list = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    format: int = FORMAT

    def of(self, place: str) -> list[Part]:
        """The parts of one place: files, roots."""
        return [part for part in self.parts if part.name.startswith(f"{place}/")]


def copied(source: Path, target: Path) -> Part:
    """Copy a file, readable to its owner only; what was read is what is told of it. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as old, open(target, "wb", opener=_for_us_alone) as new:
        while chunk := old.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            new.write(chunk)
    return Part(target.name, size, digest.hexdigest())


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def part_of(folder: Path, name: str) -> Part:
    """A part as it lies in the folder now. Raises OSError."""
    with (folder / name).open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Part(name, (folder / name).stat().st_size, sha256)


def write_list(folder: Path, contents: Contents) -> str:
    """Write the list and its digest, which is returned: who keeps it elsewhere can prove the whole backup."""
    written = json.dumps(asdict(contents), ensure_ascii=False, indent=1, sort_keys=True).encode()
    digest = hashlib.sha256(written).hexdigest()
    (folder / LIST).write_bytes(written)
    (folder / SEAL).write_text(f"{digest}  {LIST}\n")  # as sha256sum reads it
    return digest


def read_list(folder: Path) -> Contents:
    """The list of a backup that is whole: every part is there and is what it was. Raises BackupRefused."""
    try:
        written, sealed = (folder / LIST).read_bytes(), (folder / SEAL).read_text().split()[0]
    except (OSError, IndexError) as error:
        raise BackupRefused(f"{folder} is no backup, or one that was not finished: {error}") from error
    if hashlib.sha256(written).hexdigest() != sealed:
        raise BackupRefused(f"Damaged: {LIST} is not the one that was written.")
    told = json.loads(written)
    if told["format"] != FORMAT:
        raise BackupRefused(f"The backup is of format {told['format']}; this program reads format {FORMAT}.")
    contents = Contents(**{**told, "parts": [Part(**part) for part in told["parts"]]})
    for part in contents.parts:
        _demand_whole(folder, part)
    return contents


def _demand_whole(folder: Path, part: Part) -> None:
    if not (folder / part.name).resolve().is_relative_to(folder.resolve()):
        raise BackupRefused(f"{part.name} lies outside of the backup.")
    try:
        found = part_of(folder, part.name)
    except OSError as error:
        raise BackupRefused(f"Damaged: {part.name} cannot be read: {error.strerror}") from error
    demand_same(found, part)


def demand_same(found: Part, part: Part) -> None:
    """Raises BackupRefused when what was read of a part is not what the list says of it."""
    if (found.size, found.sha256) != (part.size, part.sha256):
        raise BackupRefused(f"Damaged: {part.name} is not what was written ({part.size} bytes, {found.size} now).")
