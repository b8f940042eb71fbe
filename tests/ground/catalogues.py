"""What the program says, and what its catalogues say for it; read with the tools of gettext."""

import gettext
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import django
from django.utils.translation.template import templatize

from tests.ground.sources import ROOT, modules, templates

# The names under which Django marks texts, as its own makemessages knows them.
KEYWORDS = [
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
]
LOCALE = ROOT / "locale"
DJANGO = Path(django.__file__).parent
KINDS = ("*.py", "*.html", "*.txt")

Catalogue = dict[str | tuple[str, int], str]


def _tool(*words: str, stdin: bytes = b"") -> bytes:
    return subprocess.run(words, input=stdin, capture_output=True, check=True).stdout


def _read(po: bytes) -> Catalogue:
    """The finished entries of a catalogue: what is fuzzy or empty is not in it."""
    with tempfile.NamedTemporaryFile(suffix=".mo") as compiled:
        _tool("msgfmt", "-o", compiled.name, "-", stdin=po)
        with Path(compiled.name).open("rb") as file:
            catalogue = dict(gettext.GNUTranslations(file)._catalog)
    catalogue.pop("", None)
    return catalogue


@cache
def said_by_the_program() -> frozenset[str]:
    """Every text marked for translation, in modules and in templates."""
    return _said_in((*modules(), *templates()), ROOT)


@cache
def said_by_django() -> frozenset[str]:
    """What Django itself says to whoever fills in a form, enters, or works in the admin."""
    folders = [DJANGO / place for place in ("forms", "core", "db/models", "contrib/auth", "contrib/admin")]
    return _said_in([path for folder in folders for kind in KINDS for path in sorted(folder.rglob(kind))], DJANGO)


def _said_in(paths: Iterable[Path], root: Path) -> frozenset[str]:
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            text = path.read_text(encoding="utf-8")
            if path.suffix != ".py":
                text = templatize(text, origin=str(path))
            copy = Path(folder) / path.relative_to(root).with_suffix(f"{path.suffix}.py")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, encoding="utf-8")
        files = "\n".join(str(path) for path in sorted(Path(folder).rglob("*.py")))
        keywords = [f"--keyword={word}" for word in KEYWORDS]
        pot = _tool(
            "xgettext", "-o", "-", "--language=Python", "--from-code=UTF-8", *keywords, "-f", "-", stdin=files.encode()
        )  # fmt: skip
    pot = pot.replace(b"nplurals=INTEGER; plural=EXPRESSION", b"nplurals=2; plural=n != 1")  # of English
    return frozenset(map(entry, _read(_tool("msgen", "-", stdin=pot)))) if pot else frozenset()


def entry(key: str | tuple[str, int]) -> str:
    """The name of an entry; one with plurals has as many forms as its language needs."""
    return key if isinstance(key, str) else key[0]


def text_of(key: str | tuple[str, int]) -> str:
    """The English of an entry, without its context."""
    return entry(key).rpartition("\x04")[2]


def files(language: str) -> list[Path]:
    return sorted(LOCALE.glob(f"*/{language}/LC_MESSAGES/django.po"))


@cache
def catalogue(path: Path) -> Catalogue:
    return _read(path.read_bytes())


def fuzzy(path: Path) -> str:
    return _tool("msgattrib", "--only-fuzzy", "--no-obsolete", "-o", "-", str(path)).decode()


@cache
def all_of(language: str) -> Catalogue:
    together: Catalogue = {}
    for path in files(language):
        together |= catalogue(path)
    return together
