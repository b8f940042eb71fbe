"""The leaving school sees the child, the coupon and the dates; it says its word, and stops nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from kazservices.cases.models import Case
from kazservices.flow.door import advance, options
from kazservices.flow.errors import MoveNotAllowed
from kazservices.notices.models import Notice
from schools.transfer import pages
from tests import world

from . import scene


def at_the_desk(person):
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "ru"
    return client


def opened(client, name, case, *more):
    return client.get(reverse(f"admin:{name}", args=[case.ref, *more]))


@pytest.mark.norm("TRN-S8-P")
def test_the_leaving_school_sees_its_part_and_no_other_page_of_the_case(school, leaving, parent):
    case = scene.filed(parent, school)
    client, file = at_the_desk(leaving.clerk), case.attachments.get()
    with world.at("2026-04-15 10:05"):
        assert opened(client, "case", case).status_code == 404
        assert opened(client, "file", case, file.pk).status_code == 404
        assert opened(client, "move", case, "admit").status_code == 403
        shown = opened(client, "shared-case", case)
    said = shown.content.decode()
    assert "Әлиев Нұрсұлтан" in said
    assert "Т-104" in said
    for hidden in (parent.full_name, parent.iin, scene.CHILD_IIN, file.name):
        assert hidden not in said
    assert case.readings.filter(user=leaving.clerk, part="part").exists()
    assert not Case.objects.visible_to(leaving.clerk).exists()
    assert list(Case.objects.seen_in_part(leaving.clerk)) == [case.case_ptr]


@pytest.mark.norm("TRN-S8-P")
def test_the_part_is_told_to_the_leaving_school_and_to_no_other_part(school, leaving, parent):
    case = scene.filed(parent, school)
    assert pages.part(case, "leaving_school")["coupon_number"] == "Т-104"
    assert pages.part(case, "state_corporation") == {}


def test_a_third_school_sees_nothing(school, leaving, parent):
    case = scene.filed(parent, school)
    third = scene.build_school("23", "№ 23 мектеп")
    with world.at("2026-04-15 10:05"):
        assert opened(at_the_desk(third.clerk), "shared-case", case).status_code == 404
        assert not options(case, third.clerk)
        with pytest.raises(PermissionDenied):
            advance(case, "confirm_coupon", by=third.clerk)
        assert opened(at_the_desk(school.clerk), "shared-case", case).status_code == 404


@pytest.mark.norm("TRN-S8-P")
@pytest.mark.parametrize("who", ["clerk", "head", "deputy_head"])
def test_its_people_confirm_the_coupon_and_nobody_else_does(school, leaving, parent, who):
    case = scene.filed(parent, school)
    with world.at("2026-04-15 10:05"):
        for stranger in (school.head, school.clerk, leaving.auditor, leaving.chair, parent):
            with pytest.raises(PermissionDenied):
                advance(case, "confirm_coupon", by=stranger)
        case = advance(case, "confirm_coupon", by=getattr(leaving, who))
        assert (case.coupon, case.state) == ("confirmed", "submitted")
        with pytest.raises(MoveNotAllowed):
            advance(case, "deny_coupon", by=leaving.clerk, note="Қате.")


@pytest.mark.norm("TRN-S9-1")
def test_a_denial_says_why_and_the_receiving_school_is_told(school, leaving, parent):
    case = scene.filed(parent, school)
    with world.at("2026-04-15 10:05"):
        for stranger in (school.head, leaving.chair, parent):
            with pytest.raises(PermissionDenied):
                advance(case, "deny_coupon", by=stranger, note="Қате.")
        with pytest.raises(ValidationError):
            advance(case, "deny_coupon", by=leaving.clerk, note=" ")
        case = advance(case, "deny_coupon", by=leaving.clerk, note="Талон басқа балаға берілген.")
    assert case.coupon == "denied"
    told = Notice.objects.filter(letter="transfer_coupon_denied", channel="cabinet")
    assert set(told.values_list("recipient", flat=True)) == {school.clerk.pk, school.head.pk}
    assert "Талон басқа балаға берілген." in told.first().body


@pytest.mark.norm("TRN-S8-P")
def test_what_was_withdrawn_or_not_taken_concerns_it_no_longer(school, leaving, parent):
    case = scene.filed(parent, school, papers=())
    assert case.state == "not_taken"
    assert not Case.objects.seen_in_part(leaving.clerk).exists()
    case = scene.filed(parent, school, "2026-04-15 10:10")
    assert Case.objects.seen_in_part(leaving.clerk).exists()
    with world.at("2026-04-15 10:15"):
        advance(case, "withdraw", by=parent)
    assert not Case.objects.seen_in_part(leaving.clerk).exists()


def test_its_silence_stops_nothing(school, leaving, parent):
    case = scene.admit(scene.filed(parent, school), school)
    assert (case.state, case.coupon) == ("admitted", "")
    with world.at("2026-04-16 10:00"):
        assert advance(case, "confirm_coupon", by=leaving.clerk).coupon == "confirmed"


def test_its_letters_name_no_child(school, leaving, parent):
    case = scene.admit(scene.filed(parent, school), school)
    letters = Notice.objects.filter(case=case.pk, recipient=leaving.clerk, channel="cabinet")
    assert set(letters.values_list("letter", flat=True)) == {"transfer_coupon_asked", "transfer_child_left"}
    assert not [letter for letter in letters if "Нұрсұлтан" in letter.subject + letter.body]


def test_the_word_is_given_on_the_page_and_the_list_shows_it(school, leaving, parent):
    case, client = scene.filed(parent, school), at_the_desk(leaving.clerk)
    with world.at("2026-04-15 10:05"):
        assert case.number in client.get(reverse("admin:shared")).content.decode()
        address = reverse("admin:shared-move", args=[case.ref, "deny_coupon"])
        assert client.get(address).status_code == 200
        assert client.post(address, {"note": ""}).status_code == 422
        assert client.post(address, {"note": "Талон басқа балаға берілген."}).status_code == 302
        shown = opened(client, "shared-case", case).content.decode()
    assert "Талон басқа балаға берілген." in shown
    with world.at("2026-04-15 10:06"):
        assert client.post(reverse("admin:shared-move", args=[case.ref, "admit"])).status_code == 403
