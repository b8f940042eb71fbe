"""A paper result: ready, offered, kept at the place of acceptance until somebody with a right to it comes."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from kazservices.counter.models import Handover
from kazservices.flow.handing import Received, hand_over, kept_at
from kazservices.masks import initials
from tests import world

from . import scene

PERSON = Received("person", "Сейтқали Айжан", "041000503")
POWER = Received("power", "Ким Виктор", "041000502", "1024", date(2026, 4, 20), "Нотариус Ахметова")


@pytest.fixture
def paper(school, leaving):
    case = scene.admit(scene.brought(school), school)
    return case.papers.get(kind="transfer_receipt")


def give(paper, school, said=PERSON, moment="2026-05-20 11:00", by="clerk"):
    with world.at(moment):
        return hand_over(paper, by=getattr(school, by), said=said)


@pytest.mark.norm("TRN-S5-3")
def test_who_applied_on_paper_gets_the_result_on_paper(school, leaving, parent, paper):
    assert list(kept_at([school.office])) == [paper]
    other = {"child_iin": scene.OTHER_IIN, "coupon_iin": scene.OTHER_IIN, "coupon_number": "Т-7"}
    second = scene.filed(parent, school, "2026-04-15 11:00", **other)
    second = scene.refuse(second, school, "2026-04-15 11:10")
    assert list(kept_at([school.office])) == [paper]  # the portal's result lies in the cabinet, not in a drawer
    with pytest.raises(ValidationError):
        give(second.papers.get(kind="transfer_refusal"), school)


@pytest.mark.norm("TRN-S5-4")
def test_a_result_is_kept_without_a_term_and_given_once(school, paper):
    assert list(kept_at([school.office])) == [paper]
    handed = give(paper, school, moment="2027-02-01 11:00")
    assert (handed.to, handed.handed_by) == ("person", school.clerk)
    assert not kept_at([school.office]).exists()
    with pytest.raises(ValidationError):
        give(paper, school, moment="2027-02-01 11:05")
    line = paper.case.journal.get(move="handed_over")
    assert (line.norm, line.actor) == ("TRN-S5-4", school.clerk)
    assert line.kept.facts["paper"] == paper.number
    assert "Сейтқали" not in str(line.kept.facts)


@pytest.mark.norm("TRN-S5-4", "TRN-S3")
def test_the_term_was_met_when_the_result_was_ready_and_collection_ends_no_clock(school, paper):
    clock = paper.case.deadlines.get()
    assert (clock.outcome, clock.ended_at) == ("met", paper.issued_at)
    give(paper, school)
    again = paper.case.deadlines.get()
    assert (again.outcome, again.ended_at, again.breach_noted_at) == ("met", clock.ended_at, None)


@pytest.mark.norm("TRN-S5-4")
@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Received("person", " ", "041000503"), "receiver"),
        (Received("person", "Сейтқали Айжан", ""), "identity_document"),
        (Received("representative", "Ким Виктор", "041000502"), "to"),
        (Received("power", "Ким Виктор", "041000502"), "power_number"),
        (Received("power", "Ким Виктор", "041000502", "1024", None, "Нотариус"), "power_number"),
        (Received("power", "Ким Виктор", "041000502", "1024", date(2026, 5, 21), "Нотариус"), "power_date"),
    ],
)
def test_whoever_takes_it_shows_by_which_right(school, paper, said, field):
    with pytest.raises(ValidationError) as told:
        give(paper, school, said)
    assert list(told.value.error_dict) == [field]
    assert not Handover.objects.exists()


@pytest.mark.norm("TRN-S5-4")
def test_another_person_takes_it_by_a_notarised_power(school, paper):
    handed = give(paper, school, POWER)
    assert (handed.power_number, handed.power_notary) == ("1024", "Нотариус Ахметова")


@pytest.mark.norm("TRN-S5-4")
@pytest.mark.parametrize("who", ["auditor", "operator", "chair"])
def test_only_who_works_at_the_counter_hands_it_over(school, leaving, paper, who):
    with pytest.raises(PermissionDenied):
        give(paper, school, by=who)
    with world.at("2026-05-20 11:00"), pytest.raises(PermissionDenied):
        hand_over(paper, by=leaving.clerk, said=PERSON)


def test_the_list_and_the_button_at_the_desk(school, paper):
    client, case = Client(), paper.case
    client.force_login(school.clerk)
    with world.at("2026-05-20 11:00"):
        kept = client.get(reverse("admin:kept-results")).content.decode()
        assert case.number in kept
        assert initials(case.applicant.full_name) in kept
        address = reverse("admin:hand-paper", args=[case.ref, paper.pk])
        assert address in client.get(reverse("admin:case", args=[case.ref])).content.decode()
        assert client.get(address).status_code == 200
        sent = {"to": "person", "receiver": "Сейтқали Айжан", "identity_document": ""}
        assert client.post(address, sent).status_code == 422
        assert client.post(address, {**sent, "identity_document": "041000503"}).status_code == 302
        assert client.get(address).status_code == 404
