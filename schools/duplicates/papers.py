"""What the papers of duplicates and originals say."""

from kazservices.documents.models import Paper
from kazservices.flow.paper_facts import both, cover, grounds, not_taken, receipt, remedy, today, withdrawal
from kazservices.offices.roles import Role
from kazservices.offices.service import holders
from schools.duplicates import blanks, letters

DUPLICATE, REFUSAL = "duplicate", "duplicate_refusal"
#: What must be said on each kind, beside the cover.
WANTED = {
    DUPLICATE: (
        "register_number", "blank", "document", "name_in_document", "graduated_in", "decided_on", "head", "deputy",
    ),
    REFUSAL: ("decided_on", "grounds", "motive", "signer"),
}  # fmt: skip


def facts(case, kind: str, inputs: dict) -> dict:
    """The facts of a paper; the same state of the case and the same inputs give the same facts."""
    return {**cover(case), **_OF[kind](case, inputs), "inputs": inputs}


def _receipt(case, inputs) -> dict:
    """The receipt of Annex 3, with the place where the result is collected. Norms: DUP-18, DUP-S5-3."""
    return {**receipt(case, inputs, rule="issue"), "annex": 3, "what_next": _what_next(case)}


def _not_taken(case, inputs) -> dict:
    """The receipt of Annex 4. Norm: DUP-20."""
    return {**not_taken(case, inputs), "annex": 4}


def _what_next(case) -> dict:
    place = letters.place(case)
    return {
        "kk": f"Дайын болғанда сізге хабарланады. Нәтижені алатын жер: {place['kk']}. Қолхат пен жеке куәлікті ала "
        "келіңіз; өкіліңіз нотариалды куәландырылған сенімхатпен келе алады.",
        "ru": f"О готовности вам сообщат. Где получить результат: {place['ru']}. Возьмите расписку и документ, "
        "удостоверяющий личность; представитель может прийти с нотариально заверенной доверенностью.",
    }


def _duplicate(case, inputs) -> dict:
    """The duplicate with its stamp, on the blank put aside for it. Norms: DUP-10, DUP-12."""
    blank = case.blanks.get(state="assigned")
    return {
        "register_number": case.register_number,
        "blank": _blank(blank),
        "document": letters.DOCUMENTS[case.document],
        "name_in_document": case.particulars.get("name_in_document", ""),
        "graduated_in": case.graduated_in,
        "decided_on": today(case),
        "head": _holder(case, Role.HEAD),
        "deputy": _holder(case, Role.ACADEMIC_DEPUTY),
    }


def _blank(blank) -> dict:
    return {"series": blank.series, "number": blank.number, "form": both(blank.form, "name")}


def renewed(case, kind: str, inputs: dict) -> dict:
    """A corrected duplicate stands on another blank; its number in the register stays. Norm: DUP-10."""
    return {"blank": _blank(blanks.fit(case, inputs["blank"]))} if kind == DUPLICATE else {}


def _refusal(case, inputs) -> dict:
    """The reasoned answer. Norms: DUP-26-1, LAW-19-1-1."""
    return {
        "remedy": remedy(case),
        "decided_on": today(case),
        "grounds": grounds(case, inputs["grounds"]),
        "motive": inputs["motive"],
        "signer": _holder(case, Role.HEAD),
    }


def _holder(case, role) -> str:
    post = holders(case.office, role).first()
    return post.user.full_name if post else ""


_OF = {
    Paper.Kind.RECEIPT: _receipt,
    Paper.Kind.NOT_TAKEN_RECEIPT: _not_taken,
    DUPLICATE: _duplicate,
    REFUSAL: _refusal,
    Paper.Kind.WITHDRAWAL: withdrawal,
}
