"""A case file is made outside any transaction, leased; a maker that dies leaves nothing, and the next begins anew."""

import tempfile
import zipfile
from contextlib import suppress
from datetime import timedelta
from hashlib import file_digest
from os import SEEK_END

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import Error, transaction
from django.utils import translation

from kazservices import clock
from kazservices.cases.apart import apart
from kazservices.cases.models import Case
from kazservices.cases.roots.sealing import snapshot
from kazservices.documents.models import hash_of
from kazservices.flow.door import record
from kazservices.flow.manifest import specific
from kazservices.leases import claim
from kazservices.offices.actors import SYSTEM

from .archive import Archive, program
from .contents import Folder, folder_of
from .models import MADE, MOST_ATTEMPTS, NORM, CaseBundle

#: Renewed with each file that is written: a maker is given up when one file takes longer.
LEASE = timedelta(minutes=2)


class Overtaken(Exception):
    """Another maker has taken this file over, because this one had not been heard of for its lease."""


def make_waiting(limit=5) -> tuple[int, int]:
    """Make what waits, oldest first: (looked at, made)."""
    waiting = list(CaseBundle.objects.to_make(clock.now()).values_list("pk", flat=True)[:limit])
    return len(waiting), sum(bool(apart(make, pk)) for pk in waiting)


def make(bundle_id) -> bool:
    """Make one case file; true for the caller who made it. Repeating it is harmless. Norm: CONS-14-2."""
    at = clock.now()
    if not claim(CaseBundle.objects.to_make(at), bundle_id, at=at, lease=LEASE):
        return False
    bundle = CaseBundle.objects.get(pk=bundle_id)
    _forget_earlier_attempts(bundle)
    if bundle.attempts > MOST_ATTEMPTS:
        return _fail(bundle, CaseBundle.Fault.TECHNICAL)
    with tempfile.TemporaryFile() as written, translation.override(bundle.language):
        try:
            return _write(bundle, written)
        except Overtaken:
            return False


def _write(bundle: CaseBundle, written) -> bool:
    made_at = clock.now()
    folders = _read(bundle)
    items = [(folder.told["folder"], item) for folder in folders for item in folder.items]
    _note(bundle, state=CaseBundle.State.MAKING, done=0, total=len(items) + 1)
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as packed:
        archive = Archive(packed)
        for done, (folder, item) in enumerate(items, start=1):
            archive.add(item, folder)
            _note(bundle, done=done)
        broken = [folder.told for folder in folders if folder.told["journal"]["fault"]]
        lost = [*archive.lost, *map(_broken_journal, broken)]
        if lost and not bundle.with_losses:
            return _fail(bundle, CaseBundle.Fault.LOST, lost)
        key = archive.close(folders, made_at=made_at, number=folders[0].told["number"], language=bundle.language)
    return _keep(bundle, written, folders, made_at=made_at, key_id=key, lost=lost)


def _read(bundle: CaseBundle) -> list[Folder]:
    """All cases as they stand at one instant; files and papers, which never change, are opened later."""
    with snapshot():
        cases = [specific(case) for case in bundle.cases()]
        return [folder_of(case, f"case-{place}") for place, case in enumerate(cases, start=1)]


def _broken_journal(case: dict) -> dict:
    return {"path": f"{case['folder']}/journal", "kind": "journal", "title": case["number"], "sha256": "",
            "why": case["journal"]["fault"], "folder": case["folder"]}  # fmt: skip


def _note(bundle: CaseBundle, **how_far) -> None:
    """Say how far it has come and go on holding it. Raises Overtaken."""
    until = clock.now() + LEASE
    if not _mine(bundle).update(lease_until=until, **how_far):
        raise Overtaken


def _mine(bundle: CaseBundle):
    """The row as long as nobody else has taken it: each taking counts one attempt more."""
    return CaseBundle.objects.open().filter(pk=bundle.pk, attempts=bundle.attempts).order_by()


def _keep(bundle, written, folders, *, made_at, key_id, lost) -> bool:
    """The bytes come to lie in the storage, then the row says so; if it does not, the bytes go again."""
    size = written.seek(0, SEEK_END)
    written.seek(0)
    sha256 = file_digest(written, "sha256").hexdigest()
    written.seek(0)
    name = default_storage.save(_place(bundle, bundle.attempts), File(written))
    known = {"file": name, "sha256": sha256, "size": size, "key_id": key_id, "made_at": made_at, "lost": lost}
    known |= {"heads": {case.told["number"]: [case.told["journal"]["count"], case.told["journal"]["head"]]
                        for case in folders}, "verifier": hash_of(program())}  # fmt: skip
    try:
        _finish(bundle, known)
    except BaseException:
        with suppress(Error):  # whoever cannot ask leaves them: the next attempt takes them away
            if not _is_kept(bundle, name):
                default_storage.delete(name)
        raise
    return True


@transaction.atomic
def _is_kept(bundle: CaseBundle, name: str) -> bool:
    """Whether the row names these bytes; locked, so that a commit of which nobody heard has come to its end."""
    return CaseBundle.objects.select_for_update().get(pk=bundle.pk).file.name == name


@transaction.atomic
def _finish(bundle, known) -> None:
    """Ready, and a line in the journal of each case, locked first: a complaint before its case. Raises Overtaken."""
    locked = Case.objects.select_for_update(of=("self",))
    sheets = [locked.get(pk=case.pk) for case in bundle.cases()]
    bundle.refresh_from_db(fields=["total"])
    if not _mine(bundle).update(state=CaseBundle.State.READY, lease_until=None, done=bundle.total, **known):
        raise Overtaken
    told = {"file": bundle.pk, **{name: known[name] for name in ("sha256", "size", "key_id", "verifier")}}
    for sheet in sheets:
        record(sheet, MADE, by=SYSTEM, facts={**told, "lost": len(known["lost"])}, norm=NORM)


def _fail(bundle, fault, lost=()) -> bool:
    _mine(bundle).update(state=CaseBundle.State.FAILED, fault=fault, lost=list(lost), lease_until=None)
    return False


def _forget_earlier_attempts(bundle: CaseBundle) -> None:
    """What a maker that died between the storage and the row has left lies under the name of its attempt."""
    for attempt in range(1, bundle.attempts):
        default_storage.delete(_place(bundle, attempt))


def _place(bundle: CaseBundle, attempt: int) -> str:
    """Where the archive lies says nothing of whose it is."""
    return f"case-files/{bundle.key.hex[:2]}/{bundle.key.hex}-{attempt}"
