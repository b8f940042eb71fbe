"""The archive: written file by file, each with its digest; then the index, the manifest and its signature."""

import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kazservices.cases.roots import keys
from kazservices.design.templatetags.design import staff_datetime
from kazservices.documents.models import hash_of
from kazservices.documents.shapes import printed

from .contents import Folder, Item
from .sheets import Entry, draw_index, pages_of
from .told import as_json

FORMAT = "kazservices-case-file/1"
VERIFIER = Path(__file__).with_name("verify.py")
#: Kinds of loss, in words: told to people by ``in_words``.
GONE, CHANGED, UNREADABLE = "gone", "changed", "unreadable"


class Lost(Exception):
    """The bytes of a document are gone, are others than were recorded, or cannot be read."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


@dataclass
class Archive:
    """An archive that is being written: what lies in it already, what was lost, how far its pages have come."""

    zip: zipfile.ZipFile
    files: list[dict] = field(default_factory=list)
    lost: list[dict] = field(default_factory=list)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    pages: int = 0

    def add(self, item: Item, folder: str) -> None:
        """Take one file in; one that is lost is named instead."""
        try:
            content = found(item)
        except Lost as loss:
            self.lost.append(_loss(item, loss.why, folder))
            self._enter(folder, Entry(item.title, item.path, item.date, why=in_words(loss.why), sha256=item.sha256))
            return
        first, fills = self.pages + 1, pages_of(content, item.type)
        self.pages += fills
        self.write(item.path, item.kind, content, folder=folder, title=item.title, of=item.of,
                   pages=[first, self.pages] if fills else None)  # fmt: skip
        if fills:
            self._enter(folder, Entry(printed(item.title), item.path, item.date, first, self.pages))

    def write(self, path: str, kind: str, content: bytes, **more) -> None:
        kept = {name: value for name, value in more.items() if value}
        self.files.append({"path": path, "kind": kind, "sha256": hash_of(content), "size": len(content), **kept})
        self.zip.writestr(_head(path), content)

    def close(self, folders: list[Folder], *, made_at, number: str, language: str) -> str:
        """The index, the program that checks, the key, then the manifest over all and its signature; gives its key."""
        key = keys.signing_key()
        public, fingerprint = keys.pem(key.public_key()), keys.fingerprint(key.public_key())
        index = self._index(folders, made_at, number, fingerprint)
        self.write("00-index.pdf", "index", draw_index(index))
        self.write("verify.py", "program", program())
        self.write("public-key.pem", "key", public)
        self.write("public-key.fingerprint.txt", "key", f"{fingerprint}\n".encode())
        manifest = as_json({
            "format": FORMAT, "made_at": made_at.isoformat(), "language": language, "pages": self.pages,
            "cases": [folder.told for folder in folders], "files": self.files, "lost": self.lost,
            "keys": {name: keys.raw(one).hex() for name, one in keys.trusted().items()},
        })  # fmt: skip
        said = {"key": fingerprint, "manifest_sha256": hash_of(manifest), "signature": key.sign(manifest).hex()}
        self.zip.writestr(_head("manifest.json"), manifest)
        self.zip.writestr(_head("manifest.sig"), as_json({"algorithm": "Ed25519", **said}))
        return fingerprint

    def _enter(self, folder: str, entry: Entry) -> None:
        self.entries.setdefault(folder, []).append(entry)

    def _index(self, folders, made_at, number, fingerprint) -> dict:
        cases = [self._case(folder) for folder in folders]
        lost = [entry for case in cases for entry in case["entries"] if entry.why]
        return {
            "number": number, "made_at": staff_datetime(made_at), "cases": cases, "lost": lost, "pages": self.pages,
            "documents": sum(len(case["entries"]) for case in cases) - len(lost), "verifier": hash_of(program()),
            "key": fingerprint, "where": f"{settings.KAZ_PUBLIC_URL}/check/",
        }  # fmt: skip

    def _case(self, folder: Folder) -> dict:
        name = folder.told["folder"]
        paged = self.entries.get(name, [])
        there = sum(one.get("folder") == name and "pages" not in one for one in self.files)
        title = _("Case № %(number)s") % {"number": folder.told["number"]}
        return {"title": f"{title} ({name})", "office": folder.office, "entries": paged, "data": there,
                "fault": folder.told["journal"]["fault"]}  # fmt: skip


def found(item: Item) -> bytes:
    """The bytes of a file as they were recorded. Raises Lost."""
    try:
        content = item.content()
    except FileNotFoundError as error:
        raise Lost(GONE) from error
    except OSError as error:
        if not item.sha256:
            raise
        raise Lost(UNREADABLE) from error
    if item.sha256 and hash_of(content) != item.sha256:
        raise Lost(CHANGED)
    return content


def in_words(why: str) -> str:
    return {
        GONE: _("the file is gone"),
        CHANGED: _("the bytes are not those that were recorded"),
        UNREADABLE: _("the file cannot be read"),
    }[why]


@cache
def program() -> bytes:
    """The program by which a case file is checked, as it lies in each of them."""
    return VERIFIER.read_bytes()


def _loss(item: Item, why: str, folder: str) -> dict:
    known = {"path": item.path, "kind": item.kind, "title": item.title, "sha256": item.sha256}
    return {**known, "why": why, "folder": folder}


def _head(path: str) -> zipfile.ZipInfo:
    """Nothing of the machine or of the hour: the same content makes the same archive."""
    head = zipfile.ZipInfo(path)
    head.create_system, head.external_attr = 3, 0o100644 << 16
    return head
