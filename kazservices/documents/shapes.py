"""What each kind of paper must be told, and in which letters: checked when the paper is ordered, not when it is drawn.

Every date is an ISO date, every moment ISO 8601 with its offset, local to the office; a TEXT in both languages is
``{"kk", "ru"}``. ``inputs`` are the facts of the move that issues the paper.

common                number (of the case), submitted_at, accepted_on, applicant {full_name, iin}, office_phone;
                      TEXT: service, office, office_address, category, act
receipt               result_at, count, documents [{document: TEXT or null, name}]
not_taken_receipt     refused_on, missing [{document: TEXT, expired}], motive,
                      late {ended_on, opens_on, grounds} or null
preliminary_decision  decided_on, grounds [{code, text: TEXT, basis: TEXT}], motive,
                      hearing {at, place, method: TEXT}, objection_until, result_at, signer
hearing_record        held_on, started_at, ended_at, place, method: TEXT, official, secretary, participant, matter,
                      explanations, questions, entered (what the participant asked to enter), objection_waived
conclusion            service_code (deferral, exemption), decided_on, votes {seats, approve, refuse}, valid_until,
                      motive, signer
refusal               decided_on, grounds, motive, heard {on, how: held, no_show, in_writing}, served_on, position,
                      signer
withdrawal            withdrawn_on, withdrawn {number, on, name: TEXT}, because, signer

A paper that puts another right says all that the other said, and ``corrects`` {number, on, wrong, right, reason,
corrected_on}.
"""

import unicodedata
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fontTools.ttLib import TTFont

from .fonts import REGULAR
from .kinds import declare, kind_of
from .models import Paper

COMMON = (
    "number", "submitted_at", "accepted_on", "applicant", "office_phone", "service", "office", "office_address",
    "category", "act", "inputs",
)  # fmt: skip
#: Of the kinds that any service may need; a service says the same of its own where it declares them.
WANTED = {
    Paper.Kind.RECEIPT: ("result_at", "count", "documents"),
    Paper.Kind.NOT_TAKEN_RECEIPT: ("refused_on", "missing", "motive"),
    Paper.Kind.PRELIMINARY_DECISION: (
        "decided_on", "grounds", "motive", "hearing", "objection_until", "result_at", "signer",
    ),
    Paper.Kind.HEARING_RECORD: (
        "held_on", "started_at", "ended_at", "place", "method", "official", "secretary", "participant", "matter",
        "explanations", "questions", "entered", "objection_waived",
    ),
    Paper.Kind.CONCLUSION: ("service_code", "decided_on", "votes", "valid_until", "motive", "signer"),
    Paper.Kind.REFUSAL: ("decided_on", "grounds", "motive", "heard", "served_on", "position", "signer"),
    Paper.Kind.WITHDRAWAL: ("withdrawn_on", "withdrawn", "because", "signer"),
}  # fmt: skip
TWO_HANDED = (Paper.Kind.HEARING_RECORD, Paper.Kind.WITHDRAWAL)
for _kind, _wanted in WANTED.items():
    declare(_kind.value, _kind.label, wanted=_wanted, two_handed=_kind in TWO_HANDED)
BREAKS = "\n\r\t"


def check_facts(kind: str, facts: dict, *, is_worded: bool = True) -> None:
    """Raise KeyError for a fact that the paper cannot do without, and ValidationError for a sign that no font has.

    Only a paper that an official words is refused for a sign: a receipt must not fail for the name of a file.
    """
    missing = [name for name in (*COMMON, *kind_of(kind).wanted) if name not in facts]
    if missing:
        raise KeyError(f"{kind}: {', '.join(missing)}")
    odd = sorted({sign for text in _texts(facts) for sign in plain(text) if not printable(sign)})
    if odd and is_worded:
        message = _("These signs cannot be printed: %(signs)s Write the text without them.")
        raise ValidationError(message, code="unprintable", params={"signs": " ".join(odd)})


def plain(text: str) -> str:
    """The text with its letters composed, as the fonts know them."""
    return unicodedata.normalize("NFC", text)


def printable(sign: str) -> bool:
    return sign in BREAKS or ord(sign) in _letters()


def printed(text: str) -> str:
    """The text as it can be drawn: an unknown sign in a receipt becomes «_»."""
    return "".join(sign if printable(sign) else "_" for sign in plain(text))


@cache
def _letters() -> frozenset[int]:
    with TTFont(REGULAR) as font:
        return frozenset(font.getBestCmap())


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
