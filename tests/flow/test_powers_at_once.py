"""A power taken back while the representative acts: his act stands wholly before that, or is refused."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kazservices.cases.models import Case, Draft, Representation
from kazservices.flow import again, representing
from kazservices.flow.door import advance
from kazservices.flow.taking import take as file_application
from kazservices.notices.models import Notice
from tests import world
from tests.flow.test_concurrency import at_once
from tests.hands import meanwhile

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
PRINCIPAL, ATTORNEY = "030411105088", "860621105032"
AT = "2026-03-26 12:00"
FLOW = "kazservices.flow"


@pytest.fixture
def principal(place):
    return world.build_recipient(PRINCIPAL, full_name="Әлиев Самат Ерланұлы")


@pytest.fixture
def attorney(place):
    return world.build_recipient(ATTORNEY)


@pytest.fixture
def case(place, principal, attorney):
    with world.at("2026-03-20 17:00"):
        return world.apply_for(attorney, place.office, PRINCIPAL)


def revoking(case, principal):
    return lambda: representing.revoke(Case.objects.get(pk=case.pk), by=principal)


def nothing_after_the_end(attorney):
    """No line of the attorney in any journal after the moment at which his power ended."""
    powers = Representation.objects.filter(representative=attorney, case__isnull=False)
    assert powers
    for power in powers:
        assert power.revoked_at is not None
        assert not power.case.journal.filter(actor=attorney, at__gt=power.revoked_at).exists()


@pytest.mark.parametrize("before", ["kazservices.cases.representation.same_power", f"{FLOW}.representing.record"])
def test_a_move_made_while_the_power_is_taken_back_is_before_its_end(case, principal, attorney, before):
    moving, revoke = lambda: advance(case, "withdraw", by=attorney), revoking(case, principal)
    taken_back, made = meanwhile(AT, revoke, moving, before=before)
    assert taken_back is None
    assert isinstance(made, PermissionDenied) or made.status == "withdrawn"
    nothing_after_the_end(attorney)


def test_a_power_taken_back_while_a_move_is_made_ends_after_it(case, principal, attorney):
    moving, revoke = lambda: advance(case, "withdraw", by=attorney), revoking(case, principal)
    made, taken_back = meanwhile(AT, moving, revoke, before=f"{FLOW}.door.enter")
    assert (made.status, taken_back) == ("withdrawn", None)
    nothing_after_the_end(attorney)


def test_a_case_filed_while_the_power_is_taken_back_is_not_acted_in_afterwards(place, case, principal, attorney):
    with world.at(AT):
        filing = world.filing(attorney, place.office)
        world.empower(filing.draft, PRINCIPAL)
        filing = world.signed(filing)
    filed, _ = meanwhile(AT, lambda: file_application(filing), revoking(case, principal), before=f"{FLOW}.door.enter")
    nothing_after_the_end(attorney)
    with world.at("2026-03-26 13:00"), pytest.raises(PermissionDenied):
        advance(filed, "withdraw", by=attorney)


def test_a_power_is_taken_back_once(case, principal, attorney):
    told = at_once(AT, [revoking(case, principal)] * 2)
    assert sorted(isinstance(one, ValidationError) for one in told) == [False, True]
    assert case.journal.filter(move="power_revoked").count() == 1
    assert Notice.objects.filter(letter="power_revoked", channel="cabinet").count() == 1


def test_who_acts_no_more_carries_nothing_into_a_draft_of_his_own(case, principal, attorney):
    with world.at(AT):
        case = advance(case, "withdraw", by=attorney)
    begun, _ = meanwhile(
        AT, lambda: again.begin_again(case, by=attorney, language="kk"), revoking(case, principal),
        before=f"{FLOW}.again.may_follow",
    )  # fmt: skip
    assert isinstance(begun, PermissionDenied)
    assert not Draft.objects.filter(previous=case.pk).exists()
