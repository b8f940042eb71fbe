"""The commission at the desk: absences, quorum, nobody to preside; and the causes of missed terms."""

import pytest
from django.urls import reverse

from kazservices.deadlines.models import Cause
from kazservices.flow import sweeps
from kazservices.offices.models import Absence
from tests import world

ABSENCES = "/admin/commission/absences/"


def absence(person, **other):
    return {"user": person.pk, "since": "2026-03-26", "until": "2026-03-28", "reason": "Еңбек демалысы", **other}


def test_the_secretary_writes_an_absence_down_and_ends_it(place, desk):
    client = desk(place.secretary)
    with world.at("2026-03-26 10:00"):
        assert client.post(ABSENCES, absence(place.member1)).status_code == 302
        row = Absence.objects.get()
        board = client.get(reverse("admin:commission")).context["boards"][0]
        assert (board.present, board.needed, board.has_quorum) == (2, 2, True)
    with world.at("2026-03-27 10:00"):
        client.post(reverse("admin:absence-end", args=[row.pk]))
    row.refresh_from_db()
    assert (row.ended_at.isoformat(), row.ended_by) == ("2026-03-27T05:00:00+00:00", place.secretary)
    with world.at("2026-03-27 10:00"):
        assert client.get(reverse("admin:commission")).context["boards"][0].present == 3


def test_an_absence_that_has_not_begun_is_taken_away(place, desk):
    client = desk(place.head)
    with world.at("2026-03-20 10:00"):
        client.post(ABSENCES, absence(place.member1))
        client.post(reverse("admin:absence-end", args=[Absence.objects.get().pk]))
    assert Absence.objects.get().was_called_off


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"until": "2026-03-25"}, "until"),
        ({"since": "кеше"}, "since"),
        ({"reason": ""}, "reason"),
        ({"user": "999999"}, "user"),
    ],
)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_wrong_absence_is_refused_at_its_field(place, desk, other, field, language):
    answer = desk(place.secretary, language).post(ABSENCES, absence(place.member1, **other))
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in answer.content.decode()
    assert not Absence.objects.exists()


def test_the_same_days_are_not_written_twice(place, desk):
    client = desk(place.secretary)
    for status in (302, 422):
        assert client.post(ABSENCES, absence(place.member1)).status_code == status


def test_a_person_of_another_office_is_not_in_the_list(place, other_place, desk):
    assert desk(place.secretary).post(ABSENCES, absence(other_place.member1)).status_code == 422
    row = Absence.objects.create(
        user=other_place.member1, office=other_place.office, since="2026-03-26", until="2030-03-28", reason="…",
        entered_by=other_place.secretary,
    )  # fmt: skip
    assert desk(place.secretary).post(reverse("admin:absence-end", args=[row.pk])).status_code == 404


def test_a_case_with_nobody_to_preside_turns_red_on_the_heads_page(place, recipient, desk):
    with world.at("2026-03-20 17:00"):
        case = world.apply(recipient, place.office)
    client = desk(place.head)
    with world.at("2026-03-26 10:00"):
        assert client.get("/admin/").context["without_presiding"] == []
        desk(place.secretary).post(ABSENCES, absence(place.chair))
        assert client.get("/admin/").context["without_presiding"] == []
        world.make(case, "recuse", place.head, person=place.deputy.pk, reason="Туысы")
        assert [found.pk for found in client.get("/admin/").context["without_presiding"]] == [case.pk]
        desk(place.secretary).post(ABSENCES, absence(place.deputy))
        assert [found.pk for found in client.get("/admin/commission/").context["without_presiding"]] == [case.pk]


@pytest.fixture
def missed(place, recipient):
    case = world.to_members(recipient, place)
    with world.at("2026-03-30 09:10"):
        sweeps.run("moves")
    with world.at("2026-04-03 10:00"):
        sweeps.run("breaches")
    return case


def test_the_head_enters_the_cause_and_the_journal_keeps_it(missed, place, desk):
    client = desk(place.head)
    clock = missed.deadlines.breaches().filter(cause=Cause.UNEXPLAINED).first()
    address = reverse("admin:explain", args=[clock.pk])
    with world.at("2026-04-03 11:00"):
        assert clock.case.number in client.get(reverse("admin:breaches")).content.decode()
        assert client.get(address).status_code == 200
        assert client.post(address, {"cause": "official", "note": ""}).status_code == 422
        assert client.post(address, {"cause": "unexplained", "note": "Жай"}).status_code == 422
        assert client.post(address, {"cause": "official", "note": "Кешікті"}).status_code == 302
    clock.refresh_from_db()
    assert (clock.cause, clock.cause_note) == ("official", "Кешікті")
    assert missed.journal.get(move="breach_explained").actor == place.head


@pytest.mark.parametrize("who", ["chair", "secretary", "clerk", "auditor"])
def test_nobody_but_the_head_explains(missed, place, desk, who):
    clock = missed.deadlines.breaches().first()
    answer = desk(getattr(place, who)).post(
        reverse("admin:explain", args=[clock.pk]), {"cause": "official", "note": "Кешікті"}
    )
    assert answer.status_code == 403
    assert not missed.journal.filter(move="breach_explained").exists()


def test_the_head_of_another_office_finds_no_such_breach(missed, other_place, desk):
    clock = missed.deadlines.breaches().first()
    assert desk(other_place.head).get(reverse("admin:explain", args=[clock.pk])).status_code == 404
