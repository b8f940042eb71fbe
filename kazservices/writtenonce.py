"""A file is written whole or not at all: once, by one of those who try together, or anew."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def write_once(path: Path, content: Iterable[bytes], mode: int = 0o600) -> bool:
    """Write a file; false when there is one already, which stays as it is. Raises OSError."""
    with written_beside(path, content, mode) as fresh:
        try:
            os.link(fresh, path)
        except FileExistsError:
            return False
    return True


def write_anew(path: Path, content: Iterable[bytes], mode: int = 0o600) -> None:
    """Write a file, in the place of one that stands there: a reader finds the one or the other. Raises OSError."""
    with written_beside(path, content, mode) as fresh:
        fresh.replace(path)


@contextmanager
def written_beside(path: Path, content: Iterable[bytes], mode: int) -> Iterator[Path]:
    """The content in a file beside the path, of a name that nobody else has and that is gone afterwards.

    What is done with it meanwhile, a name given to it or taken from another, is on the disk afterwards.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    fresh = Path(name)
    try:
        with open(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(mode)
        yield fresh
        _keep_names(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _keep_names(folder: Path) -> None:
    """A file's own sync keeps its content; its name is in the folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
