"""What the papers of an application say: facts of the case, of the move to be made, and the words of its file."""

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kazservices.documents import kinds
from kazservices.documents.models import Paper
from kazservices.flow import particulars
from kazservices.flow.paper_facts import LANGUAGES, cover, grounds, not_taken, receipt, remedy, today, withdrawal
from kazservices.offices.roles import Role
from kazservices.offices.service import holders

from .flows import flow_of, newest

RESULT, REFUSAL = "simple_result", "simple_refusal"
#: The result of the service: what a withdrawal withdraws.
RESULTS = (RESULT, REFUSAL)


def facts(case, kind: str, inputs: dict) -> dict:
    """The facts of a paper; the same state of the case and the same inputs give the same facts."""
    return {**cover(case), **_OF[kind](case, inputs), "inputs": inputs}


def declare_kinds() -> None:
    """The two papers that end such a service."""
    decided = ("decided_on", "motive", "post", "signer")
    kinds.declare(RESULT, _("result of the service"), wanted=("title", "decision", "particulars", *decided))
    kinds.declare(REFUSAL, _("reasoned refusal"), wanted=("grounds", *decided))


def _result(case, inputs) -> dict:
    """The words of the file above the facts of the case: what is granted, to whom, on what he wrote himself."""
    said = flow_of(case).result
    return {
        "decided_on": today(case),
        "title": dict(said["title"]),
        "decision": dict(said["decision"]),
        "particulars": _particulars(case),
        "motive": inputs.get("motive", ""),
        "post": _post(case),
        "signer": _signer(case),
    }


def _refusal(case, inputs) -> dict:
    return {
        "remedy": remedy(case),
        "decided_on": today(case),
        "grounds": grounds(case, inputs["grounds"]),
        "motive": inputs["motive"],
        "post": _post(case),
        "signer": _signer(case),
    }


_OF = {
    Paper.Kind.RECEIPT: receipt,
    Paper.Kind.NOT_TAKEN_RECEIPT: not_taken,
    RESULT: _result,
    REFUSAL: _refusal,
    Paper.Kind.WITHDRAWAL: withdrawal,
}


def _particulars(case) -> list[dict]:
    """What the applicant filled in, question and answer in both languages."""
    said = _in_both(lambda: particulars.in_words(case.category, case.particulars))
    return [
        {"label": {"kk": kk[0], "ru": ru[0]}, "value": {"kk": kk[1], "ru": ru[1]}}
        for kk, ru in zip(said["kk"], said["ru"], strict=True)
    ]


def _post(case) -> dict:
    """What the decider is, in both languages."""
    return _in_both(lambda: capfirst(str(Role(newest(case.service).decider).label)))


def _signer(case) -> str:
    post = holders(case.office, newest(case.service).decider).first()
    return post.user.full_name if post else ""


def _in_both(words) -> dict:
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = words()
    return said
