"""A revision being prepared: its file line by line, who may change it, what may stand in it."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from calendars import proposals, service
from calendars.models import DayShift, Proposal
from kazservices.clock import fixed_at

pytestmark = pytest.mark.django_db
HEAD = "date,kind,exchanged_with,issuer,act_number,act_date,source,provisional,note"
FRIDAY = "2026-11-13,day_off,2026-11-14,government,500,2026-10-30,adilet.zan.kz,,"
SATURDAY = "2026-11-14,works,2026-11-13,government,500,2026-10-30,adilet.zan.kz,0,"


@pytest.fixture(autouse=True)
def _autumn():
    with fixed_at(datetime(2026, 11, 2, 6, tzinfo=UTC)):
        yield


def read(*lines, head=HEAD):
    return proposals.read_csv("\n".join((head, *lines)).encode())


def faults(*lines, head=HEAD):
    shifts, found = read(*lines, head=head)
    assert shifts == []
    return [(fault.line, fault.field) for fault in found]


def day_off(day=date(2026, 11, 13), **more):
    act = {"issuer": "government", "act_number": "500", "act_date": date(2026, 10, 30), "source": "adilet.zan.kz"}
    return DayShift(date=day, kind="day_off", **act, **more)


def test_a_file_without_a_fault_gives_its_days():
    shifts, found = read(FRIDAY, "", SATURDAY)
    assert found == []
    assert [(shift.date, shift.kind, shift.provisional) for shift in shifts] == [
        (date(2026, 11, 13), "day_off", False),  # Fri
        (date(2026, 11, 14), "works", False),  # Sat
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_mark_semicolons_and_windows_line_ends_are_read(mark):
    text = "\r\n".join((HEAD, FRIDAY, SATURDAY)).replace(",", ";").encode()
    shifts, found = proposals.read_csv(mark + text)
    assert (len(shifts), found) == (2, [])


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (FRIDAY.replace("2026-11-13,", "13.11.2026,", 1), "date"),
        (FRIDAY.replace("2026-11-13,", "2026-11-31,", 1), "date"),
        (FRIDAY.replace("2026-11-13,", "2021-11-12,", 1), "date"),  # before the covered years
        (FRIDAY.replace("2026-11-13,", "2028-01-10,", 1), "date"),  # after the next year
        (FRIDAY.replace("day_off", "holiday"), "kind"),
        (FRIDAY.replace("2026-11-14", "2026-11-13"), "exchanged_with"),
        (FRIDAY.replace("government", "parliament"), "issuer"),
        (FRIDAY.replace(",500,", ",,"), "act_number"),
        (FRIDAY.replace("2026-10-30", ""), "act_date"),
        (FRIDAY.replace("adilet.zan.kz", " "), "source"),
        (FRIDAY.replace("adilet.zan.kz,", "adilet.zan.kz,perhaps"), "provisional"),
        (FRIDAY.replace(",500,", f",{'5' * 41},"), "act_number"),
        (FRIDAY.replace("day_off", "works"), "kind"),  # Friday is worked already
        (FRIDAY + ",more", ""),
        ("2026-11-13,day_off", ""),
    ],
)
def test_a_bad_line_is_named_with_its_field_and_nothing_is_taken(line, field):
    assert faults(SATURDAY, line) == [(3, field)]


def test_every_fault_of_a_file_is_told_at_once():
    assert faults(FRIDAY.replace("government", "x"), SATURDAY, SATURDAY) == [(2, "issuer"), (4, "date")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"\x00\x01\x02", 1),
        (f"{HEAD}\n{FRIDAY}\n".encode() + b"\xff\xfe", 3),
        (f"{HEAD}\n".encode(), 1),
        (f'{HEAD}\n{FRIDAY[:-1]}"open'.encode(), 2),
        (b"x" * 1_000_001, 1),
        (f"{HEAD},colour\n{FRIDAY},red".encode(), 1),
        (f"{HEAD},date\n{FRIDAY},2026-11-13".encode(), 1),
    ],
)
def test_what_is_no_such_file_is_told_so(content, line):
    shifts, found = proposals.read_csv(content)
    assert shifts == []
    assert found[0].line == line
    assert found[0].message


def test_a_day_stands_once_in_a_proposal():
    proposal = proposals.begin("one")
    proposals.add(proposal, [day_off()], "one")
    with pytest.raises(ValidationError) as refusal:
        proposals.add(proposal, [day_off(date(2026, 11, 20)), day_off()], "one")
    assert list(refusal.value.message_dict) == ["date"]
    assert proposal.shifts.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        day_off(proposal=proposal).save()


def test_a_draft_without_a_proposal_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        day_off().save()


def test_nobody_changes_the_draft_of_another():
    proposal = proposals.begin("one")
    for change in (
        lambda: proposals.add(proposal, [day_off()], "two"),
        lambda: proposals.describe(proposal, "two", note="", confirms_year=None),
        lambda: proposals.propose(proposal, "two"),
    ):
        with pytest.raises(ValidationError) as refusal:
            change()
        assert refusal.value.code == "not_yours"


def test_what_is_proposed_stands_still_until_it_is_taken_back():
    proposal = proposals.begin("one")
    with pytest.raises(ValidationError):
        proposals.propose(proposal, "one")  # empty
    proposals.add(proposal, [day_off()], "one")
    proposals.propose(proposal, "one")
    with pytest.raises(ValidationError):
        proposals.remove(proposal, proposal.shifts.get(), "one")
    proposals.take_back(proposal, "one")
    proposals.remove(proposal, proposal.shifts.get(), "one")
    assert not proposal.shifts.exists()


def test_a_draft_is_given_up_by_its_drafter_alone():
    proposal = proposals.begin("one")
    with pytest.raises(ValidationError) as refusal:
        proposals.discard(proposal, "two")
    assert refusal.value.code == "not_yours"
    proposals.discard(proposal, "one")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("discarded", "one")


def test_a_discarded_proposal_is_kept_and_moves_nothing():
    proposal = proposals.begin("one")
    proposals.add(proposal, [day_off()], "one")
    proposals.propose(proposal, "one")
    proposals.discard(proposal, "two")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.shifts.count()) == ("discarded", "two", 1)
    with pytest.raises(ValidationError):
        proposals.discard(proposal, "two")
    assert service.office_time("akimat").days.is_working(date(2026, 11, 13))


def test_only_a_day_in_force_is_withdrawn():
    proposal = proposals.begin("one")
    proposals.add(proposal, [day_off()], "one")
    with pytest.raises(ValidationError):
        proposals.withdraw(proposal, proposal.shifts.all(), "one")


def test_the_database_wants_two_people_for_a_publication():
    revision = service.publish([], by="one")
    proposal = proposals.begin("one")
    decided = {"state": "published", "revision": revision}
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(decided_by="one", **decided)
    assert Proposal.objects.filter(pk=proposal.pk).update(decided_by="two", **decided) == 1


def test_a_confirmed_year_is_provisional_no_more_and_the_next_one_is():
    assert service.working_calendar().is_provisional(date(2027, 3, 1))
    service.publish([], by="two", confirms_year=2027)
    days = service.working_calendar()
    assert (days.provisional_from, days.covered_until) == (date(2028, 1, 1), date(2028, 12, 31))
    assert service.working_calendar(as_of=date(2026, 11, 1)).is_provisional(date(2027, 3, 1))


@pytest.mark.parametrize("year", [2025, 2028])
def test_only_this_year_and_the_next_are_confirmed(year):
    with pytest.raises(ValidationError):
        proposals.begin("one", confirms_year=year)
