"""What lies in the folder of a case, in the order in which it is sewn: read at one instant, opened one by one later."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import partial

from django.utils.translation import gettext as _

from kazservices.cases.journal import fault_in
from kazservices.cases.roots import keys
from kazservices.cases.roots.models import JournalRoot, SealedHead
from kazservices.cases.roots.sealing import written
from kazservices.design.languages import in_language
from kazservices.design.templatetags.design import staff_datetime
from kazservices.documents.models import Attachment, Paper, PaperBytes
from kazservices.flow.bundle import Chapter
from kazservices.flow.manifest import manifest_of
from kazservices.passports.models import Requirement

from . import chapters, sheets
from .told import as_json, as_json_lines, person, told

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
PDF = "application/pdf"


@dataclass(frozen=True)
class Item:
    """A file of the archive: where it lies, what it is, and how its bytes are got when its turn comes.

    ``sha256``: what was recorded of it when it came; another digest means that it is lost. ``type``: of what has pages.
    """

    path: str
    kind: str
    title: str
    content: Callable[[], bytes]
    sha256: str = ""
    size: int = 0
    type: str = ""
    date: str = ""
    #: The file that this one is about: the paper of a signature.
    of: str = ""


@dataclass(frozen=True)
class Folder:
    """A case in the archive: what the manifest says of it, and its files."""

    told: dict
    office: str
    items: tuple[Item, ...]


def folder_of(case, name: str) -> Folder:
    """Read the case as it stands now, in the language that is active; to be called within one snapshot."""
    entries = list(case.journal.select_related("kept", "actor").order_by("number"))
    root = _newest_root(case)
    items = [Item(f"{name}/{item.path}", **_rest(item, name)) for item in _items(case, entries, root)]
    said = {
        "folder": name,
        "id": case.pk,
        "number": case.number,
        "service": case.service,
        "office": case.office.code,
        "journal": {"count": case.journal_count, "head": case.journal_head, "fault": fault_in(case, entries)[1]},
        "root": root and root.number,
    }
    return Folder(said, in_language(case.office, "name"), tuple(items))


def _rest(item: Item, name: str) -> dict:
    kept = {column: value for column, value in vars(item).items() if column != "path"}
    return {**kept, "of": item.of and f"{name}/{item.of}"}


def _items(case, entries, root) -> Iterator[Item]:
    yield from _of_chapter(case, chapters.cover(case))
    yield from _documents(case)
    for one in manifest_of(case.service).bundle(case):
        yield from _of_chapter(case, one)
    yield from _papers(case)
    for one in chapters.after_papers(case):
        yield from _of_chapter(case, one)
    yield from _journal(case, entries, root)


def _of_chapter(case, one: Chapter) -> Iterator[Item]:
    """The sheets for people, then the rows; nothing where nothing was recorded."""
    if any(record.lines for record in one.records):
        yield _sheets(case, one)
    rows = [told(record.row, one.without) for record in one.records]
    if one.together and rows:
        yield Item(f"{one.folder}/{one.folder}.jsonl", one.one, one.title, partial(as_json_lines, rows))
        return
    for place, (record, row) in enumerate(zip(one.records, rows, strict=True), start=1):
        yield Item(f"{one.folder}/{place:03d}.json", one.one, record.title, partial(as_json, row))


def _sheets(case, one: Chapter) -> Item:
    drawn = partial(sheets.draw_chapter, one, case.number)
    return Item(f"{one.folder}/{one.folder}.pdf", f"{one.one} sheets", one.title, drawn, type=PDF)


def recorded(case) -> Iterator[Item]:
    """What has a digest of its own since it came: documents and papers, told in the language that is active."""
    yield from _documents(case)
    yield from (item for item in _papers(case) if item.sha256)


def _documents(case) -> Iterator[Item]:
    """Every file that ever came with the case, and the office's own."""
    asked = Requirement.objects.filter(category__edition=case.edition_id)
    names = {row.code: in_language(row, "plain") for row in asked}
    names |= {code: str(words) for code, words in manifest_of(case.service).files.items()}
    for place, file in enumerate(case.attachments.all(), start=1):
        path = f"documents/{place:03d}-{file.requirement}.{ENDINGS.get(file.content_type, 'bin')}"
        title = f"{names.get(file.requirement, file.requirement)} ({file.name})"
        known = {"sha256": file.sha256, "size": file.size, "type": file.content_type}
        yield Item(path, "document", title, partial(_stored, file), date=staff_datetime(file.uploaded_at), **known)


def _stored(file: Attachment) -> bytes:
    with file.file.open("rb") as stored:
        return stored.read()


def _papers(case) -> Iterator[Item]:
    """What the provider has drawn and no newer draft has made void, each with the evidence of its signatures."""
    standing = case.papers.standing().exclude(state=Paper.State.WAITING)
    related = standing.select_related("signature__user", "countersignature__user", "replaced_by", "withdrawn_by")
    for place, paper in enumerate(related.order_by("created_at", "pk"), start=1):
        path = f"papers/{place:03d}-{paper.kind}"
        title = f"{paper.name} №\u00a0{paper.number} ({paper.get_state_display()})"
        date = staff_datetime(paper.issued_at or paper.prepared_at)
        drawn = partial(_drawn, paper.pk)
        yield Item(f"{path}.pdf", "paper", title, drawn, sha256=paper.sha256, type=PDF, date=date)
        evidence = partial(as_json, _evidence(paper))
        of_paper = _("Signatures under № %(number)s") % {"number": paper.number}
        yield Item(f"{path}.json", "evidence", of_paper, evidence, of=f"{path}.pdf")


def _drawn(paper_id) -> bytes:
    """Raises FileNotFoundError where the bytes of a drawn paper are gone."""
    kept = PaperBytes.objects.filter(paper=paper_id).values_list("content", flat=True).first()
    if kept is None:
        raise FileNotFoundError(f"bytes of paper {paper_id}")
    return bytes(kept)


def _evidence(paper: Paper) -> dict:
    given = [one for one in (paper.signature, paper.countersignature) if one is not None]
    handed = getattr(paper, "handover", None)
    return {
        **told(paper, without=("signature", "countersignature", "case")),
        "signatures": [told(one) for one in given],
        "handed_over": handed and told(handed),
    }


def _journal(case, entries, root) -> Iterator[Item]:
    yield _sheets(case, chapters.journal(case, entries))
    title = _("Journal with its hashes")
    yield Item("journal/journal.jsonl", "journal", title, partial(as_json_lines, [_line(entry) for entry in entries]))
    if root is not None:
        seal = _("Seal of the night over all journals, № %(number)s") % {"number": root.number}
        yield Item("journal/root.jsonl", "root", seal, lambda: b"".join(written(root)))


def _line(entry) -> dict:
    """A line as it is hashed, with its facts and their salt, and who it was for people."""
    kept = entry.kept
    return {
        "number": entry.number, "at": _hashed(entry.at), "actor": entry.actor_id, "by": person(entry.actor),
        "move": entry.move, "norm": entry.norm, "facts_digest": entry.facts_digest,
        "previous_hash": entry.previous_hash, "hash": entry.hash, "salt": kept.salt, "facts": kept.facts,
        "erased_at": kept.erased_at and _hashed(kept.erased_at),
    }  # fmt: skip


def _hashed(at) -> str:
    """A moment as the chain has it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _newest_root(case) -> JournalRoot | None:
    """The newest root by a key of ours that has sealed this case."""
    sealed = SealedHead.objects.filter(case_pk=case.pk, root__key__in=keys.trusted()).order_by("root_id").last()
    return sealed and sealed.root
