"""What the papers of a transfer say: facts of the case as it stands and of the move that is to be made."""

from django.utils.translation import gettext_lazy as _

from kazservices.documents import kinds
from kazservices.documents.models import Paper
from kazservices.flow.paper_facts import cover, grounds, not_taken, receipt, remedy, signer, today, withdrawal
from schools.transfer.models import SchoolClass

RECEIPT, REFUSAL = "transfer_receipt", "transfer_refusal"
#: The result of the service: what a withdrawal withdraws, and what is handed over. Norms: TRN-S5-1, TRN-S5-2.
RESULTS = (RECEIPT, REFUSAL)
TONGUES = {"kk": {"kk": "қазақ тілі", "ru": "казахский язык"}, "ru": {"kk": "орыс тілі", "ru": "русский язык"}}


def declare_kinds() -> None:
    kinds.declare(
        RECEIPT,
        _("receipt of documents for the transfer"),
        wanted=("decided_on", "child", "school_class", "leaving", "coupon", "documents", "signer"),
    )
    kinds.declare(
        REFUSAL,
        _("reasoned refusal of the transfer"),
        wanted=("decided_on", "child", "asked", "leaving", "coupon", "grounds", "motive", "signer"),
    )


def facts(case, kind: str, inputs: dict) -> dict:
    """The facts of a paper; the same state of the case and the same inputs give the same facts."""
    return {**cover(case), **_OF[kind](case, inputs), "inputs": inputs}


def _admission(case, inputs) -> dict:
    """That the documents were taken, and into which class the child goes. Norm: TRN-S5-1."""
    chosen = SchoolClass.objects.get(pk=inputs["school_class"])
    return {
        "decided_on": today(case),
        "school_class": {"name": chosen.name, "language": TONGUES[chosen.language]},
        "documents": receipt(case, inputs)["documents"],
        **_child(case),
        "signer": signer(case, inputs["signed_by"]),
    }


def _refusal(case, inputs) -> dict:
    return {
        "remedy": remedy(case),
        "decided_on": today(case),
        "asked": {"grade": case.grade, "language": TONGUES[case.study_language]},
        **_child(case),
        "grounds": grounds(case, inputs["grounds"]),
        "motive": inputs["motive"],
        "signer": signer(case, inputs["signed_by"]),
    }


def _child(case) -> dict:
    return {
        "child": {"full_name": case.child_name, "birth_date": case.child_birth.isoformat()},
        "leaving": case.from_where,
        "coupon": {"number": case.coupon_number, "date": case.coupon_date.isoformat()},
    }


_OF = {
    Paper.Kind.RECEIPT: receipt,
    Paper.Kind.NOT_TAKEN_RECEIPT: not_taken,
    RECEIPT: _admission,
    REFUSAL: _refusal,
    Paper.Kind.WITHDRAWAL: withdrawal,
}
