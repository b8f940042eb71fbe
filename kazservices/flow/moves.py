"""The moves that a service of almost any kind has, as people see them; each service names its own forms and hands."""

from django.utils.translation import gettext_lazy as _

from kazservices.documents.models import Paper

from .manifest import OF_THE_CORRECTED, Move

#: An upheld complaint, or a court, brings a decided case back.
REOPEN = Move(
    "reopen",
    _("Reopen the case"),
    done=_("The case was reopened"),
    norm="LAW-5-2-9",
    weight="grave",
    withdraws=True,
)
WITHDRAW = Move(
    "withdraw",
    _("Withdraw the application"),
    done=_("The applicant withdrew the application"),
    weight="grave",
    by_applicant=True,
)


def refuse_acceptance(form: str, *, norm: str = "LAW-19") -> Move:
    """What was taken in turns out incomplete, expired, or not what it claims to be."""
    return Move(
        "refuse_acceptance",
        _("Refuse to accept the application"),
        done=_("Acceptance was refused"),
        norm=norm,
        form=form,
        weight="grave",
    )


def correct(*hands: str, form: str = "kazservices.flow.forms.CorrectionForm") -> Move:
    """A clerical error in an issued paper is put right by two people, among them these."""
    return Move(
        "correct",
        _("Correct a clerical error"),
        done=_("A clerical error in a paper was corrected"),
        form=form,
        paper=OF_THE_CORRECTED,
        hands=hands,
    )


def withdraw_result(*hands: str, form: str = "kazservices.flow.forms.WithdrawalForm") -> Move:
    """The body itself withdraws an unlawful result, by two people, among them these."""
    return Move(
        "withdraw_result",
        _("Withdraw the result"),
        done=_("The result was withdrawn, the case was reopened"),
        norm="LAW-5-2-9",
        form=form,
        paper=Paper.Kind.WITHDRAWAL,
        weight="grave",
        withdraws=True,
        hands=hands,
    )
