"""Handing a paper result over: to the person, to his representative, or by power of attorney."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from kazservices.cases import representation
from kazservices.flow.objections import demand_words, fault
from schools.duplicates import blanks

SELF, REPRESENTATIVE, ATTORNEY = "self", "representative", "attorney"


@dataclass(frozen=True)
class Hands:
    """Into whose hands a result goes, and by which power if not into the person's own."""

    received_by: str
    identity: str
    receiver: str = ""
    power_number: str = ""
    power_date: date | str | None = None
    power_notary: str = ""


def handed_over(case, at, hands: Hands, *, notarised: bool):
    """Against an identity document, and by a power of attorney only where it is what the law wants.

    Norms: DUP-6, DUP-29, DUP-S5-2.
    """
    demand_words("identity", hands.identity, _("Write which identity document was shown, and its number."))
    if hands.received_by == REPRESENTATIVE and representation.standing_in(case) is None:
        raise fault("received_by", _("No representative of this person is known in the case."), "representative")
    if hands.received_by == ATTORNEY:
        _check_power(case, at, hands)
        _check_notary(hands, notarised=notarised)
    case.handed_over_at, case.received_by, case.receiver_name = at, hands.received_by, hands.receiver.strip()
    case.identity_shown = hands.identity.strip()
    case.power_number, case.power_notary = hands.power_number.strip(), hands.power_notary.strip()
    case.power_date = _day(hands.power_date)


def taken_back(case):
    """What was handed over stands no longer: it is not handed over. The journal keeps who had it."""
    case.handed_over_at, case.power_date = None, None
    case.received_by = case.receiver_name = case.identity_shown = case.power_number = case.power_notary = ""


def _check_power(case, at, hands):
    """A power names who comes, its number and its day. Norms: DUP-6, DUP-S5-2."""
    demand_words("receiver", hands.receiver, _("Write who has come with the power of attorney."))
    demand_words("power_number", hands.power_number, _("Write the number of the power of attorney."))
    if hands.power_date is None:
        raise fault("power_date", _("Write the date of the power of attorney."), "power_date")
    if _day(hands.power_date) > case.time.local(at).date():
        raise fault("power_date", _("The power of attorney is dated in the future."), "power_date")


def _check_notary(hands, *, notarised):
    """Certified by a notary where the standard says so. Norm: DUP-S5-2."""
    if notarised and not hands.power_notary.strip():
        raise fault(
            "power_notary",
            _("The power of attorney is not notarised: the document is not handed over. It stays in store."),
            "not_notarised",
        )


def _day(value) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def struck_off(case, at, by, because):
    """An entry of the register that should not be there; its blank is spoilt. Norm: DUP-4."""
    demand_words("because", because, _("Write the reason: it goes into the register."))
    case.cancelled_because = because.strip()
    for blank in case.blanks.exclude(state="spoilt"):
        blanks.spoil(blank, by=by, reason=because, at=at)
