"""Letters to the people of an office: the test letter, the link to a first password, the end of a commission's term."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.offices.models import Commission, LetterProof, Office
from kazservices.offices.roles import Role
from kazservices.offices.service import holders

from .models import TEST_LETTER, Channel, Notice
from .outbox import owe

INVITATION, ENDING = "staff_invitation", "commission_ends"
AHEAD = timedelta(days=30)  # calendar days before the last day of a commission or of a post


@transaction.atomic
def send_test(office, *, by) -> list[LetterProof]:
    """Owe a test letter to the heads and operators of the office. Raises ValidationError when none has an address."""
    at = clock.now()
    people = answering(office)
    for person in people:
        owe(TEST_LETTER, to=person, at=at, context={"office": office})
    owed = Notice.objects.filter(letter=TEST_LETTER, recipient__in=people, owed_at=at)
    if not (copies := owed.exclude(channel=Channel.CABINET)):
        raise ValidationError(
            _("Neither the head nor an operator of the office has a telephone or an e-mail. Enter one first."),
            code="no_address",
        )
    return LetterProof.objects.bulk_create(
        LetterProof(office=office, user=copy.recipient, key=copy.key, asked_by=by, asked_at=at) for copy in copies
    )


def invite(user, *, office, link: str, days: int) -> None:
    """Owe a member of staff the link by which he sets his password himself, once, within some days."""
    owe(INVITATION, to=user, at=clock.now(), context={"office": office, "link": link, "days": days})


def warn_of_ending() -> tuple[int, int]:
    """Tell operators and heads, once, that a commission's term ends within 30 days and no order follows it."""
    at = clock.now()
    ending = Commission.objects.filter(warned_at=None, office__is_active=True, until__lte=(at + AHEAD).date())
    ending = list(ending.select_related("office").order_by("until", "pk"))
    return len(ending), sum(_warn(commission, at) for commission in ending)


@transaction.atomic
def _warn(commission, at) -> bool:
    office = Office.objects.select_for_update().get(pk=commission.office_id)
    after = commission.until + timedelta(days=1)
    if any(next_one.since <= after and _lasts(next_one, after) for next_one in office.commissions.all()):
        return False
    if not Commission.objects.filter(pk=commission.pk, warned_at=None).update(warned_at=at):
        return False
    for person in answering(office):
        owe(ENDING, to=person, at=at, context={"office": office, "commission": commission})
    return True


def answering(office) -> list:
    """Who answers for the office's being ready: its heads and operators of today, each once."""
    return list({post.user_id: post.user for post in holders(office, Role.HEAD, Role.OPERATOR)}.values())


def _lasts(commission, day) -> bool:
    return commission.until is None or commission.until >= day
