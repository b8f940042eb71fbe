"""Files and papers as the citizen sees them."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from calendars import words
from kazservices.cases.models import Draft
from kazservices.design.languages import active_language
from kazservices.design.pieces import ChipPiece, PaperPiece
from kazservices.design.templatetags.design import file_size, staff_date
from kazservices.documents import service as documents
from kazservices.passports.models import Service

_TYPES = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG"}


def asked_for(progress, forms, rejected) -> list[dict]:
    """Each required document with the files that lie there, the one just rejected, and the form for another."""
    kept: dict[str, list] = {}
    for attachment in progress.draft.attachments.all():
        kept.setdefault(attachment.requirement, []).append(attachment)
    rows = []
    for asked in progress.papers:
        files, form = kept.get(asked.code, []), forms.get(asked.code)
        shown = [_removable(progress.draft, file) for file in files]
        if asked.code in rejected:
            shown.append(_refused(rejected[asked.code], form))
        expired = None if files else progress.expired.get(asked.code)
        kept_files = [_plain(file) for file in files]
        rows.append({"asked": asked, "form": form, "papers": shown, "kept": kept_files, "expired": expired})
    return rows


def attach(draft: Draft, form) -> None:
    """Add the file of a form to its draft. Raises ValidationError with the reason."""
    data = form.cleaned_data
    documents.attach(draft, form.asked.code, data["file"], by=draft.user, valid_until=data.get("valid_until"))


def take_away(draft: Draft, attachment_id: int) -> None:
    documents.remove(get_object_or_404(draft.attachments.all(), pk=attachment_id))


def service_names(drafts) -> dict[str, Service]:
    return Service.objects.in_bulk({draft.service for draft in drafts})


def issued(case):
    """The papers that have been issued to the applicant, in force or not, the newest first."""
    return case.papers.given().order_by("-issued_at", "-pk")


def papers_of(case) -> list[PaperPiece]:
    return [_issued(case, paper) for paper in issued(case).select_related("replaced_by", "withdrawn_by")]


def _issued(case, paper) -> PaperPiece:
    """A paper in the cabinet; one that is in force no longer is struck and leads to the one that took its place."""
    after = paper.replaced_by or paper.withdrawn_by
    return PaperPiece(
        paper.name,
        "PDF",
        url=reverse("portal:paper", args=[case.ref, paper.pk]),
        action=_("Open the paper"),
        meta=f"№ {paper.number} · {staff_date(paper.issued_at)}",
        chip=None if paper.in_force else ChipPiece("bad", str(paper.get_state_display()).capitalize()),
        struck=not paper.in_force,
        after=f"{after.name} № {after.number}" if after else "",
        after_url=reverse("portal:paper", args=[case.ref, after.pk]) if after else "",
    )


def files_of(case) -> list[PaperPiece]:
    return [
        PaperPiece(
            attachment.name,
            _TYPES.get(attachment.content_type, ""),
            url=reverse("portal:file", args=[case.ref, attachment.pk]),
            action=_("Open the paper"),
            meta=f"{file_size(attachment.size)} · {staff_date(attachment.uploaded_at)}",
        )
        for attachment in case.attachments.all()
    ]


def _plain(attachment, **more) -> PaperPiece:
    meta = [file_size(attachment.size)]
    if attachment.valid_until:
        until = words.day_month(attachment.valid_until, active_language(), year=True)
        meta.append(_("valid until %(day)s") % {"day": until})
    chip = ChipPiece("ok", _("The file is accepted"))
    return PaperPiece(
        attachment.name, _TYPES.get(attachment.content_type, ""), meta=" · ".join(meta), chip=chip, **more
    )


def _removable(draft, attachment) -> PaperPiece:
    return _plain(attachment, remove_url=reverse("portal:take-away", args=[draft.ref, attachment.pk]))


def _refused(upload, form) -> PaperPiece:
    return PaperPiece(
        upload.name,
        "",
        meta=file_size(upload.size),
        chip=ChipPiece("bad", _("The file is rejected"), "cross"),
        error=" ".join(form.errors["file"]),
        advice=_("Choose another file below. The files added before are kept."),
    )
