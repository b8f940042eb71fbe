"""Attachments: taken in one by one after a check of their content, so that one bad file costs nothing but itself."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.cases.models import Draft

from .checks import checked
from .models import Attachment, hash_of

MOST_FILES = 10
LONGEST_NAME = 200


def attach(holder, requirement: str, upload, *, by, valid_until=None) -> Attachment:
    """Keep a file for a required document of a draft or a case. Raises ValidationError; what was kept stays."""
    content, content_type = checked(upload)
    with transaction.atomic():
        if isinstance(holder, Draft):
            open_draft(holder.pk)
        _check_count(holder)
        return Attachment.objects.create(
            **({"draft": holder} if isinstance(holder, Draft) else {"case_id": holder.pk}),
            requirement=requirement,
            name=_short(upload.name),
            content_type=content_type,
            size=len(content),
            sha256=hash_of(content),
            file=ContentFile(content, name="file"),
            valid_until=valid_until,
            uploaded_at=clock.now(),
            uploaded_by=by,
        )


def keep_file(case, code: str, name: str, content: bytes, *, content_type: str, by) -> Attachment:
    """Keep a file of the office's own in its case: a list that was handed over, scores that were taken in."""
    return Attachment.objects.create(
        case_id=case.pk,
        requirement=code,
        name=_short(name),
        content_type=content_type,
        size=len(content),
        sha256=hash_of(content),
        file=ContentFile(content, name="file"),
        uploaded_at=clock.now(),
        uploaded_by=by,
    )


def _check_count(holder):
    if holder.attachments.count() >= MOST_FILES:
        message = _("You have added %(most)s files already. Take one away, or put several pages into one PDF.")
        raise ValidationError(message, code="file_count", params={"most": MOST_FILES})


def open_draft(draft_id) -> Draft:
    """The draft, locked until the transaction ends and not yet filed: its files are its own still."""
    draft = Draft.objects.select_for_update(of=("self",)).filter(pk=draft_id).first()
    if draft is None or draft.case_id is not None:
        raise ValidationError(_("This application has been filed already: its files cannot be changed."), code="filed")
    return draft


@transaction.atomic
def remove(attachment: Attachment) -> None:
    """Take a file out of a draft; what a case holds is never removed, whatever an old copy of the row says."""
    held = Attachment.objects.filter(pk=attachment.pk).values("draft_id", "case_id").first()
    if held is None:
        return
    if held["case_id"] is not None:
        raise ValidationError(_("This file belongs to a case and stays there."), code="in_case")
    open_draft(held["draft_id"])
    if not Attachment.objects.filter(pk=attachment.pk, draft=held["draft_id"], case=None).delete()[0]:
        raise ValidationError(_("This file belongs to a case and stays there."), code="in_case")
    if not Attachment.objects.filter(file=attachment.file.name).exists():
        transaction.on_commit(lambda: attachment.file.storage.delete(attachment.file.name))


def supplied(draft) -> dict:
    """{requirement: last day of validity of its files, or None when one of them names none}."""
    given: dict = {}
    for code, until in draft.attachments.values_list("requirement", "valid_until"):
        known = given.get(code, until)
        given[code] = None if known is None or until is None else max(known, until)
    return given


def hand_to_case(draft, case) -> None:
    """The files of a draft become the files of the case it was filed as."""
    draft.attachments.update(case_id=case.pk, draft=None)


def copy_to_case(draft, case) -> None:
    """An application that was not taken keeps what was sent; the draft keeps its own, to be completed. Norm: LAW-19."""
    for attachment in draft.attachments.all():
        attachment.pk, attachment._state.adding = None, True
        attachment.draft, attachment.case_id = None, case.pk
        attachment.save(force_insert=True)


def copy_to_draft(case, draft, wanted=lambda attachment: True) -> None:
    """What a case holds goes to a draft as a copy: to be completed, or to be sent again. Norms: LAW-19, LAW-19-1-3."""
    for attachment in filter(wanted, case.attachments.all()):
        attachment.pk, attachment._state.adding = None, True
        attachment.draft, attachment.case_id = draft, None
        attachment.save(force_insert=True)


def open_attachment(attachment: Attachment):
    """The file for reading. Whether this person may read it is asked before, by ``visible_to`` or by the draft."""
    return attachment.file.open("rb")


def _short(name: str) -> str:
    """The name of a file without folders, short enough to be kept, with its ending."""
    bare = PurePath(name.replace("\\", "/")).name or "file"
    ending = PurePath(bare).suffix[:10]
    return bare if len(bare) <= LONGEST_NAME else bare[: LONGEST_NAME - len(ending)] + ending
