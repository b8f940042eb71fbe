"""What a move waits for: a minute too early the law does not allow it, then it does."""

import pytest

from kazservices.flow.door import rehearse
from kazservices.flow.errors import MoveNotAllowed
from kazservices.notices.models import Notice
from tests import world


def opens(case, move, by, *, shut: str, free: str, **facts) -> None:
    """The move is not allowed at the first moment, and at the second it is."""
    with world.at(shut), pytest.raises(MoveNotAllowed):
        rehearse(case, move, by=by, **facts)
    with world.at(free):
        rehearse(case, move, by=by, **facts)


@pytest.mark.norm("CONS-10-1", "CLK-0")
def test_what_came_after_hours_is_handed_over_at_the_opening_by_nobody_earlier(user, place):
    with world.at("2026-03-20 18:30"):  # Fri, at closing: accepted on Thu 26, after Nauryz
        case = world.apply(user, place.office)
    opens(case, "hand_over", place.clerk, shut="2026-03-26 08:59", free="2026-03-26 09:00")


@pytest.mark.norm("CONS-10-7")
def test_an_appointed_hearing_is_not_a_hearing(user, place):
    case = world.to_hearing(user, place)  # for Wed 1 April, 11:00
    opens(case, "record_no_show", place.secretary, shut="2026-04-01 10:59", free="2026-04-01 11:00", note="Келмеді.")
    times = {"started_at": world.local("2026-04-01 11:00"), "ended_at": world.local("2026-04-01 11:01")}
    record = {**world.RECORD, **times}
    opens(case, "record_hearing", place.secretary, shut="2026-04-01 10:59", free="2026-04-01 11:01", **record)


@pytest.mark.norm("CONS-10-5")
def test_a_refusal_waits_until_the_applicant_may_object_no_more(user, place):
    case = world.to_heard(user, place)  # served on Mon 30: until the close of Wed 1 April
    case.edition.act_not_before = 1  # the other waiting, to the third day, is an assumption of the edition
    case.edition.save()
    facts = {"grounds": ["2"], "motive": "Аяқталғаны анықталды."}
    opens(case, "refuse", place.chair, shut="2026-04-01 18:30", free="2026-04-01 18:31", **facts)


@pytest.mark.norm("CONS-10-5")
def test_who_has_waived_his_objection_is_waited_for_no_more(user, place):
    case = world.to_heard(user, place, waived=True)
    case.edition.act_not_before = 1
    case.edition.save()
    with world.at("2026-04-01 15:00"):
        rehearse(case, "refuse", by=place.chair, grounds=["2"], motive="Аяқталғаны анықталды.")


@pytest.mark.norm("CONS-10-5", "CONS-10-7")
def test_an_absence_without_the_proof_of_service_carries_no_refusal(user, place):
    case = world.to_hearing(user, place)
    with world.at("2026-04-01 11:10"):
        case = world.make(case, "record_no_show", place.secretary, note="Келмеді.")
    facts = {"grounds": ["2"], "motive": "Аяқталғаны анықталды."}
    with world.at("2026-04-02 10:00"):
        rehearse(case, "refuse", by=place.chair, **facts)
        Notice.objects.filter(case=case.pk, letter="hearing_notice").delete()
        with pytest.raises(MoveNotAllowed):
            rehearse(case, "refuse", by=place.chair, **facts)
