"""The page of a case on which its file is ordered, watched while it is made, and taken along."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazservices.cases.roots import keys
from kazservices.flow.casepages import AskedOfCase, CasePage
from kazservices.flow.deskpages import Done, Shown, StoredFile
from kazservices.flow.manifest import manifest_of, specific

from . import service
from .archive import CHANGED, GONE, UNREADABLE, in_words
from .contents import recorded
from .models import CaseBundle

SHOWN = 20
KINDS = {
    CaseBundle.State.WAITING: "wait",
    CaseBundle.State.MAKING: "info",
    CaseBundle.State.READY: "ok",
    CaseBundle.State.FAILED: "bad",
}


def answer(asked: AskedOfCase):
    """Order it, take it along, or look how far it has come."""
    if asked.data is not None:
        service.order(asked.case, by=asked.user, with_losses=asked.data.get("with_losses") == "yes")
        return Done(_("The file of the case is being made."))
    if wanted := asked.query.get("take"):
        return _taken(asked, wanted)
    made = list(CaseBundle.objects.of_case(asked.case).select_related("case", "ordered_by")[:SHOWN])
    return Shown("complaints/bundles/page.html", {
        "open": next((one for one in made if one.is_open), None),
        "rows": [_row(one) for one in made if not one.is_open],
        "lost": _lost(made[0]) if made and made[0].fault == CaseBundle.Fault.LOST else [],
        "failed": made[0] if made and made[0].fault else None,
        "others": list(manifest_of(asked.case.service).bundled_with(asked.case)),
        "fingerprints": list(keys.trusted()),
    })  # fmt: skip


def _taken(asked: AskedOfCase, wanted: str) -> StoredFile:
    found = CaseBundle.objects.of_case(asked.case).filter(state=CaseBundle.State.READY)
    bundle = found.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 12 else None
    if bundle is None:
        raise Http404("case file")
    return StoredFile(bundle.download_name, service.take(bundle, by=asked.user), "application/zip")


def _row(bundle: CaseBundle) -> dict:
    return {"bundle": bundle, "kind": KINDS[bundle.state], "lost": len(bundle.lost)}


def _lost(bundle: CaseBundle) -> list[dict]:
    """What is lost, in the reader's language; a broken journal is told in the words of its check."""
    known = (GONE, CHANGED, UNREADABLE)
    titles = {item.sha256: item.title for case in bundle.cases() for item in recorded(specific(case))}
    return [
        {
            **one,
            "title": titles.get(one["sha256"], one["title"]),
            "words": in_words(one["why"]) if one["why"] in known else one["why"],
        }
        for one in bundle.lost
    ]


PAGE = CasePage("file", gettext_lazy("File of the case"), opens=service.opens, answer=answer, icon="paper")
