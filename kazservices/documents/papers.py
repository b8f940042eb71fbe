"""Papers of a case: ordered with their facts, drawn, signed as they were read, issued by a move."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.bells import ring
from kazservices.cases.models import Case
from kazservices.offices.actors import SYSTEM, user_or_none
from kazservices.signing.service import confirm, digest_of

from .kinds import kind_of
from .models import Paper, PaperBytes, hash_of
from .rendering import render, render_waiting
from .shapes import check_facts
from .tasks import render_paper

__all__ = [
    "PaperChanged",
    "digest_of",
    "fully_signed",
    "is_signed_by",
    "issue",
    "people",
    "prepare",
    "read",
    "render",
    "render_waiting",
    "replace",
    "sign",
    "signers",
    "withdraw",
]

#: Each signature of a paper, with the column that names its person.
PERSONS = {"signature": "signed_by", "countersignature": "countersigned_by"}
DRAFTS = (Paper.State.WAITING, Paper.State.PREPARED, Paper.State.SIGNED)


class PaperChanged(ValidationError):
    """What is to be signed or issued is not what was shown."""

    def __init__(self):
        super().__init__(
            _("The paper has changed since it was shown to you. Read it again, then sign."), code="paper_changed"
        )


@transaction.atomic
def prepare(case, kind: str, facts: dict, *, by, by_system: bool = False, corrects: Paper | None = None) -> Paper:
    """Order a paper made from these facts; an older draft of the same kind becomes void.

    One that ``corrects`` an issued paper stands apart from the other drafts of its kind.

    Ordering it once more from the same facts gives the same paper. One ``by_system`` (a receipt) is issued as soon as
    it is drawn. Raises ValidationError for a text that cannot be printed.
    """
    check_facts(kind, facts, is_worded=not by_system)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    drafts = Paper.objects.filter(case_id=case.pk, kind=kind, corrects=corrects, state__in=DRAFTS)
    digest = digest_of(facts)
    same = drafts.filter(facts_digest=digest, prepared_by=user_or_none(by)).first()
    if same is not None:
        return same
    replaced = list(drafts.values_list("pk", flat=True))
    drafts.update(state=Paper.State.VOID, lease_until=None)
    paper = Paper.objects.create(
        case_id=case.pk, kind=kind, number=_next_number(case), facts=facts, facts_digest=digest,
        two_handed=kind_of(kind).two_handed,
        by_system=by_system, created_at=clock.now(), prepared_by=user_or_none(by), corrects=corrects,
    )  # fmt: skip
    Paper.objects.filter(pk__in=replaced).update(replaced_by=paper)
    ring(render_paper, paper.pk)
    return paper


def read(paper: Paper) -> bytes:
    """The PDF as it was drawn. Whether this person may read it is asked before, by ``visible_to``."""
    return bytes(PaperBytes.objects.get(paper=paper).content)


@transaction.atomic
def sign(paper: Paper, *, by, sha256: str) -> Paper:
    """An official's recorded yes to exactly the bytes he was shown. Raises PaperChanged.

    Until real keys come; whether he may make the move is asked by the move itself.
    """
    if by is SYSTEM:
        raise PermissionDenied
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if is_signed_by(paper, by):
        return paper
    place = _place_for_signature(paper)
    if place is None or sha256 != paper.sha256 or hash_of(read(paper)) != sha256:
        raise PaperChanged
    setattr(paper, place, _confirmed(paper, by))
    setattr(paper, PERSONS[place], by)
    paper.state = Paper.State.SIGNED
    paper.save(update_fields=[place, PERSONS[place], "state"])
    return paper


def is_signed_by(paper: Paper, person) -> bool:
    """Signed by this person, not yet issued, and still the bytes that he read."""
    return person.pk in signers(paper)


def fully_signed(paper: Paper) -> bool:
    """Signed by everybody it takes: by two different people, or by one."""
    return len(signers(paper)) >= (2 if paper.takes_two_hands else 1)


def signers(paper: Paper) -> set:
    """Whose signatures stand under the bytes of a paper that is not yet issued: the keys of the people."""
    known = Paper.objects.filter(pk=paper.pk, state=Paper.State.SIGNED)
    known = known.select_related("signature", "countersignature").first()
    if known is None or hash_of(read(known)) != known.sha256:
        return set()
    both = (known.signature, known.countersignature)
    return {signed.user_id for signed in both if signed is not None and signed.sha256 == known.sha256}


def people(paper: Paper) -> list:
    """The people of its signatures as they stand now, in the order in which they signed, each by what he signed as."""
    related = ("signature", "signed_by", "countersignature", "countersigned_by")
    paper = Paper.objects.select_related(*related).get(pk=paper.pk)
    found = []
    for place, person in PERSONS.items():
        if signed := getattr(paper, place):
            who = getattr(paper, person)
            who.by_post = signed.evidence.get("post")
            found.append(who)
    return found


def _confirmed(paper: Paper, by):
    """A signature that also keeps by which single post it was given, if by one."""
    evidence = {"number": paper.number} | ({"post": by.by_post} if by.by_post else {})
    return confirm(by, paper.sha256, what=f"paper:{paper.kind}", evidence=evidence)


def issue(paper: Paper, *, at) -> None:
    """Lay a signed paper into the cabinet, inside the transaction of the move. Raises PaperChanged."""
    signed = Paper.objects.filter(pk=paper.pk, state=Paper.State.SIGNED)
    if not signed.update(state=Paper.State.ISSUED, issued_at=at):
        raise PaperChanged


def replace(old: Paper, new: Paper) -> None:
    """The new paper stands in the place of the old one, inside the transaction of the move. Raises PaperChanged."""
    if not Paper.objects.issued().filter(pk=old.pk).update(state=Paper.State.REPLACED, replaced_by=new):
        raise PaperChanged


def withdraw(paper: Paper, *, at, act: Paper | None = None, decision: str = "") -> None:
    """An issued paper is in force no longer, by this act or by a ``decision`` on a complaint. Raises PaperChanged."""
    state = {"state": Paper.State.WITHDRAWN, "withdrawn_at": at, "withdrawn_by": act, "withdrawn_upon": decision}
    if not Paper.objects.issued().filter(pk=paper.pk).update(**state):
        raise PaperChanged


def _place_for_signature(paper) -> str | None:
    """Where the next signature goes: one person signs a paper, two different ones sign what takes two hands."""
    if paper.state == Paper.State.PREPARED:
        return "signature"
    awaits_second = paper.state == Paper.State.SIGNED and paper.takes_two_hands
    return "countersignature" if awaits_second and paper.countersignature_id is None else None


def _next_number(case) -> str:
    """The case's number with the next free number of a paper; a void draft's number is free again."""
    taken = set(Paper.objects.standing().filter(case_id=case.pk).values_list("number", flat=True))
    free = next(n for n in range(1, len(taken) + 2) if f"{case.number}/{n}" not in taken)
    return f"{case.number}/{free}"
