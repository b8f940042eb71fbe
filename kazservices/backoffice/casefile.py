"""The documents of a case, and the cases before and after it in the queue."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kazservices.design.languages import in_language
from kazservices.design.pieces import ChipPiece, PaperPiece
from kazservices.design.templatetags.design import file_size, staff_date, staff_datetime
from kazservices.flow.manifest import manifest_of
from kazservices.passports.models import Requirement

TYPES = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG"}
PAPER_LOOKS = {
    "waiting": "wait", "prepared": "warn", "signed": "info", "issued": "ok", "replaced": "wait", "withdrawn": "bad",
}  # fmt: skip


def documents(case) -> dict:
    """What the applicant gave, and the provider's own papers; void drafts are left out."""
    names, kept = dict(_names(case)), manifest_of(case.service).files
    files = list(case.attachments.all())
    attachments = [file for file in files if file.requirement not in kept]
    ours = [_given(case, file, kept) for file in files if file.requirement in kept]
    given = [_given(case, attachment, names) for attachment in attachments]
    looked_at = zip(given, attachments, strict=True)
    previews = [(piece, kind == "PDF") for piece, file in looked_at if (kind := TYPES.get(file.content_type))]
    return {
        "given": given,
        "previews": previews,
        "own": [*(_own(case, paper) for paper in _papers(case)), *ours],
    }


def neighbours(cases, case) -> dict:
    """The addresses of the cases before and after this one in the queue."""
    if case.next_due_at is None:
        return {"before_url": "", "after_url": ""}
    queue = cases.open().filter(next_due_at__isnull=False)
    due, pk = case.next_due_at, case.pk
    after = queue.filter(Q(next_due_at__gt=due) | Q(next_due_at=due, pk__gt=pk)).order_by("next_due_at", "pk")
    before = queue.filter(Q(next_due_at__lt=due) | Q(next_due_at=due, pk__lt=pk)).order_by("-next_due_at", "-pk")
    return {"before_url": _first(before), "after_url": _first(after)}


def _first(cases) -> str:
    ref = cases.values_list("ref", flat=True).first()
    return reverse("admin:case", args=[ref]) if ref else ""


def _names(case):
    for requirement in Requirement.objects.filter(category__edition=case.edition_id):
        yield requirement.code, in_language(requirement, "plain")


def _given(case, attachment, names) -> PaperPiece:
    meta = f"{attachment.name} · {file_size(attachment.size)} · {staff_date(attachment.uploaded_at)}"
    if attachment.valid_until:
        meta += " · " + _("valid until %(day)s") % {"day": staff_date(attachment.valid_until)}
    return PaperPiece(
        name=str(names.get(attachment.requirement, attachment.requirement)),
        type=TYPES.get(attachment.content_type, _("file")),
        url=reverse("admin:file", args=[case.ref, attachment.pk]),
        action=_("Open"),
        meta=meta,
    )


def _papers(case):
    return case.papers.standing().select_related("replaced_by", "withdrawn_by").order_by("pk")


def _own(case, paper) -> PaperPiece:
    ready = paper.state != "waiting"
    after = paper.replaced_by or paper.withdrawn_by
    return PaperPiece(
        name=paper.name,
        struck=not paper.in_force,
        after=f"{after.name} № {after.number}" if after else "",
        after_url=reverse("admin:paper", args=[case.ref, after.pk]) if after else "",
        type="PDF",
        url=reverse("admin:paper", args=[case.ref, paper.pk]) if ready else "",
        action=_("Open"),
        meta=f"№ {paper.number}" + (f" · {staff_datetime(paper.issued_at)}" if paper.issued_at else ""),
        chip=ChipPiece(PAPER_LOOKS[paper.state], str(paper.get_state_display())),
    )
