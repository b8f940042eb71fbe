"""Posts leave a record of who gave them, at every door; nobody gives one to himself at any."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from kazservices import clock
from kazservices.backoffice.opening.people import COLUMNS
from kazservices.offices.absences import note_absence
from kazservices.offices.models import Commission, Staff
from tests import world

MONDAY = "2026-03-16 10:00"
LIST = "/admin/offices/staff/"


def step(office, name) -> str:
    return reverse("admin:opening", args=[office.pk, name])


def lines(*people) -> str:
    """A file of (login, name, role)."""
    rows = [{"login": login, "full_name": name, "role": role} for login, name, role in people]
    known = {"since": "2026-03-16", "email": "a@example.kz", "language": "kk"}
    return "\n".join([",".join(COLUMNS), *(",".join((known | row).get(c, "") for c in COLUMNS) for row in rows)])


def by_hand(person, name, role="clerk"):
    return {
        "deed": "person", "login": person, "full_name": name, "role": role, "since": "2026-03-16",
        "email": "n@example.kz", "language": "kk",
    }  # fmt: skip


def in_admin(user, office, **other):
    return {"user": user.pk, "office": office.pk, "role": "clerk", "since": "2026-03-16"} | other


@pytest.fixture
def operator(place, desk):
    return desk(place.operator)


@pytest.mark.parametrize("door", ["hand", "file", "admin", "order", "absence"])
def test_every_door_writes_who_gave_a_post_and_when(place, other_place, operator, door):
    clerk = other_place.clerk
    with world.at(MONDAY):
        before = Staff.objects.count()
        match door:
            case "hand":
                operator.post(step(place.office, "staff"), by_hand("new", "Жаңа"))
            case "file":
                file = lines(("new", "Жаңа", "clerk"), (clerk.username, clerk.full_name, "head"))
                operator.post(step(place.office, "staff"), {"deed": "file", "text": file})
            case "admin":
                operator.post(f"{LIST}add/", in_admin(clerk, place.office))
            case "order":
                order = {"deed": "order", "order_number": "13", "order_date": "2026-03-02", "since": "2026-03-16"}
                page = step(place.office, "commission") + "?order=new"
                operator.post(page, order | {"until": "2026-12-31", "carry_over": "on"})
            case "absence":
                note_absence(
                    user=place.secretary, office=place.office, since=date(2026, 3, 16), until=date(2026, 3, 20),
                    reason="…", by=place.operator, substitute=clerk, act="№ 1",
                )  # fmt: skip
        fresh = Staff.objects.order_by("pk")[before:]
        assert fresh
        assert {(post.entered_by, post.entered_at) for post in fresh} == {(place.operator, clock.now())}


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("role", ["chair", "auditor", "operator"])
def test_nobody_writes_himself_down(place, other_place, desk, role, language):
    operator, himself = desk(other_place.operator, language), other_place.operator
    name = "commission" if role == "chair" else "staff"
    with world.at(MONDAY):
        before = set(Staff.objects.values_list("pk", flat=True))
        for login in (himself.username, himself.username.upper()):
            answer = operator.post(step(place.office, name), by_hand(login, himself.full_name, role))
            assert answer.status_code == 422
            assert 'id="person_login-error"' in answer.content.decode()
    assert set(Staff.objects.values_list("pk", flat=True)) == before


def test_a_file_that_names_its_sender_is_refused_at_that_line(place, operator):
    himself = place.operator
    file = lines(("new", "Жаңа", "clerk"), (himself.username, himself.full_name, "auditor"))
    with world.at(MONDAY):
        answer = operator.post(step(place.office, "staff"), {"deed": "file", "text": file})
    assert answer.status_code == 422
    assert [(fault.line, fault.field) for fault, _label in answer.context["faults"]] == [(3, "login")]
    assert not Staff.objects.filter(user__username="new").exists()


def test_nobody_carries_his_own_seat_over_to_the_next_order(place, other_place, desk):
    commission = place.office.commissions.get()
    himself = place.operator
    himself.posts.create(office=place.office, role="member", commission=commission, since=world.SINCE)
    order = {
        "deed": "order", "order_number": "13", "order_date": "2026-03-02", "since": "2026-03-16",
        "until": "2026-12-31", "carry_over": "on",
    }  # fmt: skip
    page = step(place.office, "commission") + "?order=new"
    with world.at(MONDAY):
        answer = desk(himself).post(page, order)
        assert answer.status_code == 422
        assert 'id="id_carry_over-error"' in answer.content.decode()
        assert Commission.objects.filter(office=place.office).count() == 1
        assert desk(other_place.operator).post(page, order).status_code == 302
    assert himself.posts.filter(commission__order_number="13", entered_by=other_place.operator).exists()


def test_nobody_names_himself_a_substitute(place):
    with pytest.raises(ValidationError) as refusal:
        note_absence(
            user=place.secretary, office=place.office, since=date(2026, 3, 16), until=date(2026, 3, 20),
            reason="…", by=place.head, substitute=place.head, act="№ 1",
        )  # fmt: skip
    assert set(refusal.value.message_dict) == {"substitute"}
    assert not Staff.objects.exclude(stands_for=None).exists()


def test_the_old_form_gives_nobody_a_post_of_his_own_and_changes_none_of_his(place, operator):
    himself = place.operator
    with world.at(MONDAY):
        answer = operator.post(f"{LIST}add/", in_admin(himself, place.office, role="auditor"))
        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors.keys() == {"user"}
        own = himself.posts.get()
        assert operator.post(f"{LIST}{own.pk}/change/", {"until": "2030-01-01"}).status_code == 403
    assert not himself.posts.filter(role="auditor").exists()


def test_a_post_that_has_begun_keeps_who_it_is_and_tells_who_ended_it(place, other_place, operator):
    post = place.clerk.posts.get()
    change = f"{LIST}{post.pk}/change/"
    with world.at(MONDAY):
        sent = in_admin(other_place.clerk, other_place.office, role="chair", until="2026-03-16")
        assert operator.post(change, sent).status_code == 302
        post.refresh_from_db()
        assert (post.user, post.office, post.role) == (place.clerk, place.office, "clerk")
        assert (post.until, post.ended_by) == (date(2026, 3, 16), place.operator)
        page = operator.get(step(place.office, "staff")).content.decode()
        assert f"последний день указал(а): {place.operator.full_name}" in page
    with world.at("2026-03-17 10:00"):  # it is over: only read
        assert operator.post(change, {"until": ""}).status_code == 403


def test_the_past_of_a_post_is_not_cut_off(place, operator):
    post = place.clerk.posts.get()
    with world.at(MONDAY):
        answer = operator.post(f"{LIST}{post.pk}/change/", {"until": "2026-03-15"})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors.keys() == {"until"}


def test_a_post_to_come_that_is_given_to_another_is_his_who_did_so(place, other_place, desk):
    first, second = desk(place.operator), desk(other_place.operator)
    with world.at(MONDAY):
        first.post(f"{LIST}add/", in_admin(place.clerk, place.office, since="2026-04-01"))
        post = Staff.objects.latest("pk")
        change = f"{LIST}{post.pk}/change/"
        to_himself = in_admin(other_place.operator, place.office, since="2026-04-01")
        assert second.post(change, to_himself).context["adminform"].form.errors.keys() == {"user"}
        second.post(change, in_admin(other_place.clerk, place.office, since="2026-04-01"))
    post.refresh_from_db()
    assert (post.user, post.entered_by) == (other_place.clerk, other_place.operator)


def test_the_page_of_people_names_who_wrote_each_down(place, other_place, desk):
    with world.at(MONDAY):
        desk(other_place.operator).post(step(place.office, "staff"), by_hand("new", "Жаңа"))
        page = desk(place.operator).get(step(place.office, "staff")).content.decode()
    assert other_place.operator.full_name in page
    assert "Кем внесено" in page


def test_the_database_itself_refuses_a_post_given_to_oneself(place):
    known = {"user": place.operator, "office": place.office, "role": "auditor", "since": date(2026, 3, 16)}
    at = clock.now()
    for wrong in (
        {"entered_by": place.operator, "entered_at": at},
        {"entered_by": place.head},
        {"entered_at": at},
        {"ended_at": at, "until": date(2026, 3, 17)},
        {"ended_at": at, "ended_by": place.head},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Staff.objects.create(**known, **wrong)
