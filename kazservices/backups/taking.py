"""backup(): the database at one instant, and exactly the files that it names at that instant.

A file is written before the row that names it and never changed, so every file of the snapshot lies there when the
snapshot is made; but one of a draft may be taken out a moment later. Therefore the files are copied once before the
snapshot and once more after it, those that are new and those that were just being written; and if one that the snapshot
names has gone in between, all is done again.
"""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from kazservices import clock
from kazservices.cases.roots import copies, keys

from . import postgres, sqlite
from .errors import BackupRefused
from .parts import ASIDE, FILES, PUBLIC_KEYS, ROOTS, Contents, Part, copied, part_of, write_list

ENGINES = {"sqlite": sqlite, "postgresql": postgres}
ATTEMPTS = 3


def backup(folder: Path) -> tuple[Contents, str]:
    """Take all to a new folder while the product runs; (what lies there, the digest of its list).

    The folder comes into being at the end, with everything in it: half a backup never bears its name.
    Raises BackupRefused.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused(f"{folder} exists and is not empty: a backup is never written over another.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        contents = _taken(fresh)
        digest = write_list(fresh, contents)
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return contents, digest


def _taken(folder: Path) -> Contents:
    engine = ENGINES[connection.vendor]
    for _ in range(ATTEMPTS):
        files = _copy_files(folder, _all_files(), {})
        taken_at = clock.now()
        seen = engine.keep(connection.settings_dict, folder)
        whole = {name: part for name, part in files.items() if seen.files.get(name) == part.sha256}
        files = _copy_files(folder, seen.files, whole)
        faulty = sorted(name for name, sha256 in seen.files.items() if getattr(files.get(name), "sha256", "") != sha256)
        if not faulty:
            break
    _leave_out_others(folder / FILES, files)
    parts = [part_of(folder, engine.NAME), *(files[name] for name in sorted(files))]
    return Contents(
        taken_at=taken_at.isoformat(timespec="seconds"),
        engine=connection.vendor,
        migrations=seen.migrations,
        rows=seen.rows,
        journal=seen.journal,
        faulty_files=faulty,
        parts=[*parts, *_roots(folder, seen.roots)],
    )


def _all_files() -> list[str]:
    place = Path(settings.MEDIA_ROOT)
    there = (path.relative_to(place) for path in place.rglob("*") if path.is_file())
    return [str(path) for path in there if not path.parts[0].startswith((ASIDE, "."))]


def _copy_files(folder: Path, names, known: dict[str, Part]) -> dict[str, Part]:
    """Those of them that are not copied yet; one that has gone meanwhile is left out."""
    found = dict(known)
    for name in names:
        if name in found:
            continue
        try:
            part = copied(Path(settings.MEDIA_ROOT) / name, folder / FILES / name)
        except FileNotFoundError:
            continue
        found[name] = Part(f"{FILES}/{name}", part.size, part.sha256)
    return found


def _leave_out_others(place: Path, files) -> None:
    """What was copied and is of no row in the snapshot is nobody's, in whichever attempt it was copied."""
    for path in [path for path in place.rglob("*") if path.is_file()]:
        if str(path.relative_to(place)) not in files:
            path.unlink()


def _roots(folder: Path, numbers) -> list[Part]:
    """The copies of these roots in the other place, and the keys by which they are believed; no secret key."""
    place, wanted = copies.keeper(), {copies.name_of_number(number) for number in numbers}
    (folder / ROOTS).mkdir(mode=0o700)
    names = [f"{ROOTS}/{name}" for name in place.roots() if name in wanted]
    for name in names:
        with (folder / name).open("wb") as file:
            file.writelines(place.read(name.partition("/")[2]))
    if keys.public_path().exists():
        copied(keys.public_path(), folder / PUBLIC_KEYS)
        names.append(PUBLIC_KEYS)
    return [part_of(folder, name) for name in names]
