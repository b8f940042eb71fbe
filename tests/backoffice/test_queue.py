"""The queue: by working time left, in words and colour; its filters in the address, an IIN in none."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kazservices.cases.models import Case
from kazservices.offices.roles import Role
from tests import world

pytestmark = pytest.mark.set_ups

QUEUE, TODAY, FIND = (f"/admin/{name}" for name in ("queue/", "", "find/"))


def people(count, first=0):
    return [
        world.build_recipient(f"0001011{number:05}", full_name=f"Адам {number}")
        for number in range(first, first + count)
    ]


def queries(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_more_rows_ask_no_more_queries(place, desk):
    lists = (QUEUE, TODAY, "/admin/?mine=1", "/admin/queue/?mine=1")
    seats = ("chair", "deputy", "member1", "secretary", "head")
    pages = [(who, address) for who in (*seats, "auditor") for address in lists]
    pages += [(who, "/admin/commission/") for who in seats]

    def asked():
        with world.at("2026-03-27 10:00"):
            return {(who, address): queries(desk(getattr(place, who)), address) for who, address in pages}

    for user in people(2):
        world.to_members(user, place)
    asked()  # the caches fill
    few = asked()
    for user in people(5, first=10):
        world.to_members(user, place)
    assert asked() == few
    assert {page: number for page, number in few.items() if number > 40} == {}


def test_what_waits_for_me_is_listed_however_far_its_term(place, desk):
    with world.at("2026-03-20 17:00"):
        (user,) = people(1)
        world.apply(user, place.office)
    Case.objects.update(next_due_at=world.datetime(2026, 5, 4, 18, 30, tzinfo=world.ALMATY))
    with world.at("2026-03-20 17:05"):
        asked = desk(place.chair).get("/admin/?mine=1").context
    assert asked["sums"][-1].value == "1"
    assert sum(len(group.rows) for group in asked["groups"]) == 1


def test_the_least_working_time_left_stands_first(place, desk):
    late, soon, today = people(3)
    with world.at("2026-03-26 10:00"):
        world.apply(today, place.office)
    with world.at("2026-03-27 10:00"):
        world.apply(soon, place.office)
    world.to_members(late, place)
    with world.at("2026-03-27 18:40"):
        groups = desk(place.chair).get(QUEUE).context["groups"]
    rows = [row for group in groups for row in group.rows]
    assert [row.due for row in rows] == sorted(row.due for row in rows)
    assert groups[0].kind == "bad"
    assert "истёк" in groups[0].rows[0].chip.words


@pytest.mark.parametrize(
    ("moment", "kind", "words"),
    [
        ("2026-03-26 10:00", "ok", "Остался 1 рабочий день"),
        ("2026-03-27 10:00", "warn", "Осталось 7 ч"),
        ("2026-03-27 18:29", "warn", "Осталось 1 мин"),
        ("2026-03-27 18:31", "bad", "Срок только что истёк"),
        ("2026-03-30 10:20", "bad", "Срок истёк 1 ч 20 мин назад"),
    ],
)
def test_urgency_is_said_in_words_besides_its_colour(place, desk, moment, kind, words):
    world.to_members(people(1)[0], place)
    with world.at(moment):
        row = desk(place.chair).get(QUEUE).context["groups"][0].rows[0]
    assert (row.chip.kind, row.chip.words) == (kind, words)


def test_the_button_of_a_row_is_the_next_move_of_this_person(place, desk):
    case = world.to_members(people(1)[0], place)
    with world.at("2026-03-27 10:00"):
        member = desk(place.member1).get(QUEUE).context["groups"][0].rows[0].move
        chair = desk(place.chair).get(QUEUE).context["groups"][0].rows[0].move
        world.make(case, "give_opinion", place.member1, decision="approve")
        after = desk(place.member1).get(QUEUE).context["groups"][0].rows[0].move
    assert member.url.endswith("/moves/give_opinion/")
    assert chair.url == after.url == reverse("admin:case", args=[case.ref])


def test_what_waits_for_me_waits_no_more_once_i_have_spoken(place, desk):
    case = world.to_members(people(1)[0], place)
    with world.at("2026-03-27 10:00"):
        client = desk(place.member1)
        assert len(client.get("/admin/queue/?mine=1").context["groups"]) == 1
        world.make(case, "give_opinion", place.member1, decision="approve")
        assert client.get("/admin/queue/?mine=1").context["groups"] == []
        assert len(desk(place.member2).get("/admin/queue/?mine=1").context["groups"]) == 1


def test_a_hearing_ahead_is_named_and_does_not_wait_yet(place, desk):
    world.to_hearing(people(1)[0], place)
    client = desk(place.secretary)
    with world.at("2026-03-31 10:00"):
        assert client.get(QUEUE).context["groups"][0].rows[0].move.label == "Заслушивание: 01.04, 11:00"
        assert client.get("/admin/queue/?mine=1").context["groups"] == []
    with world.at("2026-04-01 11:05"):
        assert len(client.get("/admin/queue/?mine=1").context["groups"]) == 1


def test_the_hearings_of_the_day_stand_on_today(place, desk):
    case = world.to_hearing(people(1)[0], place)
    client = desk(place.secretary)
    with world.at("2026-04-01 09:10"):
        assert [found.pk for _moment, found in client.get(TODAY).context["hearings"]] == [case.pk]
    with world.at("2026-03-31 09:10"):
        assert client.get(TODAY).context["hearings"] == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("status=with_members", 1),
        ("status=with_chair", 1),
        ("status=granted", 0),
        ("service=deferral", 2),
        ("service=exemption", 0),
        ("service='; drop table", 0),
        ("due=overdue", 0),
        ("due=today", 1),
        ("due=nonsense", 2),
        ("stage=decided", 0),
        ("stage=in_work", 2),
        ("number=000002", 1),
        ("number=ққ", 0),
        ("page=999", 2),
    ],
)
def test_the_filter_stands_in_the_address(place, desk, query, count):
    first, second = people(2)
    world.to_members(first, place)
    with world.at("2026-03-27 10:00"):
        world.apply(second, place.office)
        groups = desk(place.chair).get(f"{QUEUE}?{query}").context["groups"]
    assert sum(len(group.rows) for group in groups) == count


def test_a_number_is_found_and_an_iin_enters_no_address(place, recipient, desk):
    case = world.to_members(recipient, place)
    client = desk(place.clerk)
    with world.at("2026-03-27 10:00"):
        by_number = client.post(FIND, {"q": case.number.lower()})
        assert client.get(by_number.url).context["groups"][0].rows[0].number == case.number
        for typed in (recipient.iin, f"{recipient.iin[:6]} {recipient.iin[6:]}"):
            by_iin = client.post(FIND, {"q": typed})
            assert recipient.iin not in by_iin.url
            page = client.get(by_iin.url)
            assert page.context["groups"][0].rows[0].number == case.number
            assert recipient.iin not in page.content.decode()


@pytest.mark.parametrize("typed", ["990101300123", "99010130012", "Сәбитов", "", "   "])
def test_what_finds_nothing_says_so_and_enters_no_address(place, recipient, desk, typed):
    world.to_members(recipient, place)
    client = desk(place.clerk)
    answer = client.post(FIND, {"q": typed})
    assert not typed.strip() or typed not in answer.url
    assert client.get(answer.url).context["groups"] == []


def test_another_office_finds_no_one_by_his_iin(place, other_place, recipient, desk):
    world.to_members(recipient, place)
    client = desk(other_place.clerk)
    assert client.get(client.post(FIND, {"q": recipient.iin}).url).context["groups"] == []


def test_a_search_is_only_posted(place, desk):
    assert desk(place.clerk).get(FIND, {"q": "1"}).status_code == 405


def test_names_stand_in_lists_as_initials(place, recipient, desk):
    world.to_members(recipient, place)
    page = desk(place.clerk).get(QUEUE).content.decode()
    assert "С. Е. Д." in page
    assert "Сәбитов" not in page


def test_a_deputy_has_the_chairs_moves_only_while_the_chair_is_away(place, recipient, desk):
    with world.at("2026-03-20 17:00"):
        world.apply(recipient, place.office)
    client, days = desk(place.deputy), {"since": "2026-03-26", "until": "2026-03-27"}
    with world.at("2026-03-26 09:10"):
        assert client.get("/admin/queue/?mine=1").context["groups"] == []
        desk(place.secretary).post("/admin/commission/absences/", {**days, "user": place.chair.pk, "reason": "Демалыс"})
        assert len(client.get("/admin/queue/?mine=1").context["groups"]) == 1


def test_every_role_has_its_own_day(place, desk):
    for role in Role:
        user = place.staff["member1" if role is Role.MEMBER else role.value]
        assert desk(user).get(TODAY).status_code == 200
