"""What anyone may learn of a paper by its code: whether it is genuine and in force. Never whose it is."""

from dataclasses import dataclass

from django.utils.translation import get_language

from kazservices.offices.models import Staff

from .codes import read_code
from .models import Paper, hash_of


@dataclass(frozen=True)
class Checked:
    """A paper that was issued, the posts of those who signed it, and what stands in its place.

    ``last``: the end of its corrections, itself if there are none; it is in force, or it was withdrawn.
    """

    paper: Paper
    signed_by: tuple[str, ...]
    last: Paper

    def is_same_file(self, content: bytes) -> bool:
        """True of exactly the bytes that were issued."""
        return hash_of(content) == self.paper.sha256


def find(code: str) -> Checked | None:
    """The issued paper of a code, however it was typed; a draft is not known, nor is a code that was never given."""
    known = Paper.objects.given().select_related(
        "case__office", "case__edition", "withdrawn_by", "signed_by", "countersigned_by",
        "signature", "countersignature",
    )  # fmt: skip
    paper = known.filter(public_code=read_code(code)).first()
    return paper and Checked(paper, tuple(_posts(paper)), _last(paper))


def _last(paper: Paper) -> Paper:
    while paper.state == Paper.State.REPLACED:
        paper = Paper.objects.select_related("withdrawn_by").get(pk=paper.replaced_by_id)
    return paper


def _posts(paper):
    """The posts of the signers in the office of the case at the moment of their signature: those they signed by."""
    signed = ((paper.signed_by, paper.signature), (paper.countersigned_by, paper.countersignature))
    column = "post_ru" if get_language() == "ru" else "post_kk"
    for person, signature in signed:
        if person is None:
            continue
        day = paper.case.time.local(signature.at).date()
        person.by_post = signature.evidence.get("post")
        held = Staff.objects.held(day, signature.at).held_by(person).filter(office=paper.case.office)
        post = held.order_by("pk").first()
        yield (getattr(post, column) or str(post.get_role_display())) if post else "—"
