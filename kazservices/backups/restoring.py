"""restore(): only what is whole, only where nothing is lost; what stood there before is set aside, never deleted."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kazservices.cases.roots import copies, keys
from kazservices.supervisor.place import Place, claim

from .errors import BackupRefused
from .parts import ASIDE, FILES, PUBLIC_KEYS, ROOTS, Contents, copied, demand_same, read_list
from .snapshot import counted, migrations
from .taking import ENGINES


@dataclass
class Restored:
    """What was brought back, what stood there before and where it lies now, what was not as it should be."""

    contents: Contents
    aside: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def restore(folder: Path, *, force: bool = False) -> Restored:
    """Bring a backup back into this product, which must not run. Raises BackupRefused, and then nothing has changed.

    ``force``: also where there is something; it is set aside. What time it is, is not asked: the clock may lie in the
    database that is to come.
    """
    contents = read_list(folder)
    _demand_known(contents)
    held = claim(Place.of_environment())
    if held is None:
        raise BackupRefused("The product still runs in this data folder. Stop it first: bin/run --stop")
    with held:
        done = _brought_back(folder, contents, force)
    _look_again(done)
    return done


def _brought_back(folder: Path, contents: Contents, force: bool) -> Restored:
    """Files first, to a place beside; then the database, whole or not at all; then each takes its place."""
    engine = ENGINES[connection.vendor]
    if (there := _what_is_there(engine)) and not force:
        raise BackupRefused(f"There is something already: {', '.join(there)}. Say --force to set it aside.")
    connection.close()
    engine.demand_alone(connection.settings_dict)
    aside = f"{ASIDE}{token_hex(4)}"
    fresh = Path(settings.MEDIA_ROOT) / f".{aside}"
    try:
        fresh.mkdir(mode=0o700, parents=True)
        for part in contents.of(FILES):
            demand_same(copied(folder / part.name, fresh / part.name.removeprefix(f"{FILES}/")), part)
        done = Restored(contents, engine.bring_back(connection.settings_dict, folder, aside))
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    connection.close()
    _take_their_places(folder, fresh, done, aside)
    return done


def _take_their_places(folder: Path, fresh: Path, done: Restored, aside: str) -> None:
    """The database has been exchanged: now nothing is refused or thrown away any more, and what goes wrong is told."""
    try:
        _set_aside(fresh.parent, done, aside)
        for brought in list(fresh.iterdir()):
            brought.rename(fresh.parent / brought.name)
        fresh.rmdir()
    except OSError as error:
        done.troubles.append(f"Not all files have taken their place; the others lie in {fresh}: {error}")
    try:
        _bring_roots(folder, done, aside)
    except OSError as error:
        done.troubles.append(f"The copies of the roots, or their keys, have not taken their place: {error}")


def _demand_known(contents: Contents) -> None:
    """An older schema is brought up to ours afterwards; a newer one we cannot read."""
    if contents.engine != connection.vendor:
        raise BackupRefused(f"The backup is of {contents.engine}, this product runs on {connection.vendor}.")
    known = MigrationLoader(None).disk_migrations
    applied = [(app, name) for app, names in contents.migrations.items() for name in names]
    if newer := [".".join(migration) for migration in applied if migration not in known]:
        raise BackupRefused(f"The backup is of a newer product; this one does not know {', '.join(newer[:3])}.")


def _what_is_there(engine) -> list[str]:
    roots = Path(settings.KAZ_ROOTS_DIR)
    found = {
        "a database with tables": not engine.is_empty(connection.settings_dict),
        str(settings.MEDIA_ROOT): _holds(Path(settings.MEDIA_ROOT)),
        str(roots): isinstance(copies.keeper(), copies.Folder) and _holds(roots),
    }
    return [name for name, is_there in found.items() if is_there]


def _holds(folder: Path) -> bool:
    """Something that has not been set aside before."""
    return folder.exists() and any(not there.name.startswith((ASIDE, ".")) for there in folder.iterdir())


def _bring_roots(folder: Path, done: Restored, aside: str) -> None:
    """The other place as it stood; what it has taken since speaks of a journal that is no more, and is set aside."""
    place = copies.keeper()
    if isinstance(place, copies.Folder):
        _set_aside(Path(settings.KAZ_ROOTS_DIR), done, aside)
    for part in done.contents.of(ROOTS):
        try:
            with (folder / part.name).open("rb") as lines:
                place.keep(part.name.removeprefix(f"{ROOTS}/"), lines)
        except OSError as error:
            done.troubles.append(f"{part.name} does not lie in the other place: {error}")
    if (folder / PUBLIC_KEYS).exists():
        keys.believe(folder / PUBLIC_KEYS)


def _set_aside(path: Path, done: Restored, aside: str) -> None:
    """Into a folder of its own in the same place, which may be the root of a disk."""
    if not _holds(path):
        return
    kept = path / aside
    kept.mkdir(mode=0o700)
    done.aside.append(str(kept))
    for there in list(path.iterdir()):
        if not there.name.startswith((ASIDE, ".")):
            there.rename(kept / there.name)


def _look_again(done: Restored) -> None:
    """Compare what came back with the list, then bring an older backup up to this product."""
    with connection.cursor() as cursor:
        rows, applied = counted(cursor, set(done.contents.rows)), migrations(cursor)
    for table, number in done.contents.rows.items():
        if rows.get(table) != number:
            done.troubles.append(f"{table}: {number} rows were kept, {rows.get(table)} came back")
    done.troubles += [f"{name} was missing or damaged when the backup was made" for name in done.contents.faulty_files]
    if any(name not in applied.get(app, ()) for app, name in MigrationLoader(None).disk_migrations):
        call_command("migrate", interactive=False, verbosity=0)
