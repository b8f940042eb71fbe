"""Putting a paper right: a clerical error corrected, a result withdrawn. A paper once issued is never drawn anew.

A correction is an erratum: instead of these words read those. It reaches only the facts that the service's manifest
names as correctable, and only a small part of them; the decision, its grounds and its votes stay what they were.
"""

from copy import deepcopy

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.documents import papers
from kazservices.documents.models import Paper
from kazservices.documents.shapes import plain

from .conditions import because
from .manifest import manifest_of

LONGEST = 200  # signs of an erratum
LARGEST_SHARE = 3  # no more than a third of a text is a slip of the pen


def correctable(case):
    """The papers of a case that a correction may reach: those in force, of the kinds that the manifest names."""
    return case.papers.issued().filter(kind__in=manifest_of(case.service).correctable).order_by("pk")


@because(_("Not available: no result of this case is in force."))
def result_is_in_force(case):
    """Nothing is withdrawn that does not stand."""
    return case.papers.issued().filter(kind__in=manifest_of(case.service).results).exists()


@because(_("Not available: no paper in force here can hold a clerical error."))
def a_paper_can_be_corrected(case):
    """Only a paper in force, of a kind that the manifest names."""
    return correctable(case).exists()


def paper_of(case, move, inputs) -> tuple[str, dict, Paper | None]:
    """(kind, facts, the paper it corrects) of the paper that a move issues. Raises ValidationError."""
    if move.corrects:
        old = _old(case, inputs["paper"])
        return old.kind, corrected_facts(case, **inputs), old
    return move.paper, manifest_of(case.service).paper_facts(case, move.paper, inputs), None


def corrected_facts(case, *, paper, wrong, right, reason, **more) -> dict:
    """All that the paper says, with ``right`` in the place of ``wrong``. Raises ValidationError.

    ``paper`` is the key of the issued paper; words outside its correctable facts are a decision, not a slip. ``more``:
    what the service's own form asks beside that; its manifest says what of the paper it renews.
    """
    old, wrong, right = _old(case, paper), plain(wrong).strip(), plain(right).strip()
    _check_words(wrong, right, reason)
    facts, found = deepcopy(old.facts), False
    for name in manifest_of(case.service).correctable[old.kind]:
        holder, key = _place_of(facts, name)
        if wrong in plain(holder[key]):
            holder[key], found = _put_right(plain(holder[key]), wrong, right), True
    if not found:
        raise _fault("wrong", DECISION, "not_clerical")
    local = case.time.local
    facts["corrects"] = {
        "number": old.number,
        "on": local(old.issued_at).date().isoformat(),
        "wrong": wrong,
        "right": right,
        "reason": reason,
        "corrected_on": local(case.moment).date().isoformat(),
    }
    facts |= manifest_of(case.service).renewed(case, old.kind, more)
    facts["inputs"] = {"paper": paper, "wrong": wrong, "right": right, "reason": reason, **more}
    return facts


def settle_papers(case, move, document) -> dict:
    """What a move does to the papers given before: replaced, withdrawn. For the journal: their numbers."""
    if move.corrects:
        papers.replace(document.corrects, document)
        return {"replaced": document.corrects.number}
    if not move.withdraws:
        return {}
    before = case.papers.issued().exclude(pk=document.pk) if document else case.papers.issued()
    results = list(before.filter(kind__in=manifest_of(case.service).results))
    for result in results:
        papers.withdraw(
            result, at=case.moment, act=document, decision=case.execution.decision if case.execution else ""
        )
    return {"withdrawn": [result.number for result in results]}


DECISION = _(
    "These words do not stand in a text where a slip of the pen may be put right. The decision, its grounds, its votes"
    " and its dates are changed only by withdrawing the result."
)


def _old(case, key) -> Paper:
    old = correctable(case).filter(pk=key).first()
    if old is None:
        raise _fault("paper", _("This paper is not in force any more. Choose another one."), "not_in_force")
    return old


def _check_words(wrong, right, reason) -> None:
    if not reason.strip():
        raise _fault("reason", _("Write the reason: it goes into the file."), "words")
    if not wrong or len(wrong) > LONGEST:
        raise _fault("wrong", _("Write the words that are wrong, as they are printed."), "words")
    if not right or len(right) > LONGEST or right == wrong:
        raise _fault("right", _("Write what should stand in their place."), "words")


def _put_right(text: str, wrong: str, right: str) -> str:
    if text.count(wrong) * _changed(wrong, right) * LARGEST_SHARE > len(text):
        message = _("This is more than a slip of the pen. If the text itself is wrong, withdraw the result.")
        raise _fault("right", message, "more_than_clerical")
    return text.replace(wrong, right)


def _changed(wrong: str, right: str) -> int:
    """How many signs differ between the beginning and the end that both have."""
    most = min(len(wrong), len(right))
    start = next((n for n in range(most) if wrong[n] != right[n]), most)
    end = next((n for n in range(most - start) if wrong[-1 - n] != right[-1 - n]), most - start)
    return max(len(wrong), len(right)) - start - end


def _place_of(facts: dict, name: str):
    """The dictionary and the key of a fact, by its dotted name."""
    *path, key = name.split(".")
    for step in path:
        facts = facts[step]
    return facts, key


def _fault(field, message, code) -> ValidationError:
    return ValidationError({field: ValidationError(message, code=code)})
