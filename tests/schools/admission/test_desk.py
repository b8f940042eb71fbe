"""The pages of the desk: the head's queue, its history, seats, the service area."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kazservices.documents import papers
from schools.admission import rounds
from schools.admission.models import AdmissionApplication, AreaEdition, Pool, Round
from tests import world

from . import scene
from .test_rounds import day_of, states

pytestmark = pytest.mark.django_db


def address(code, pool=None, **more):
    query = "&".join(f"{key}={value}" for key, value in {**({"pool": pool.pk} if pool else {}), **more}.items())
    return f"{reverse('admin:service-page', args=['admission', code])}?{query}"


@pytest.fixture
def as_head(client, school):
    client.force_login(school.head)
    return client


def test_the_head_confirms_the_round_he_sees_and_signs_the_admissions_at_once(as_head, school, pool):
    cases = day_of("lloll", school)
    with world.at("2026-04-02 10:05"):
        page = as_head.get(address("queue", pool))
        assert page.status_code == 200
        proposal = page.context["proposal"]
        assert [row.mark for row in page.context["rows"]] == ["1", "2", "3", "+1", "—"]
        done = as_head.post(address("queue", pool), {"act": "confirm", "sha256": proposal.sha256})
        assert done.status_code == 302
        papers.render_waiting()
        page = as_head.get(address("queue", pool))
        shown = [f"{one.paper.pk}:{one.paper.sha256}" for one in page.context["ready"]]
        assert len(shown) == 4
        as_head.post(address("queue", pool), {"act": "sign", "paper": shown})
    assert states(*cases) == ["admitted"] * 4 + ["no_seat"]
    assert Round.objects.get().confirmed_by == school.head


def test_a_queue_that_has_changed_is_shown_again_and_nothing_is_done(as_head, school, pool):
    day_of("l", school)
    with world.at("2026-04-02 10:05"):
        answer = as_head.post(address("queue", pool), {"act": "confirm", "sha256": "0" * 64})
    assert answer.status_code == 422
    assert not Round.objects.exists()


def test_who_is_not_the_head_sees_the_queue_and_confirms_nothing(client, school, pool):
    day_of("l", school)
    other = scene.build_school("52", "№ 6 мектеп", area="")
    with world.at("2026-04-02 10:05"):
        sha256 = rounds.proposed(pool).sha256
        client.force_login(school.clerk)
        assert client.get(address("queue", pool)).status_code == 200
        assert client.post(address("queue", pool), {"act": "confirm", "sha256": sha256}).status_code == 403
        client.force_login(other.head)
        assert client.get(address("queue", pool)).status_code == 404
        client.force_login(school.operator)
        assert client.get(address("queue", pool)).status_code == 403
    assert not Round.objects.exists()


def test_papers_of_yesterday_are_drawn_anew_before_they_are_signed(as_head, school, pool):
    day_of("l", school)
    with world.at("2026-04-02 10:05"):
        as_head.post(address("queue", pool), {"act": "confirm", "sha256": rounds.proposed(pool).sha256})
        papers.render_waiting()
    with world.at("2026-04-03 10:00"):
        page = as_head.get(address("queue", pool))
        assert (page.context["stale"], page.context["ready"]) == (True, [])
        as_head.post(address("queue", pool), {"act": "prepare"})
        papers.render_waiting()
        assert len(as_head.get(address("queue", pool)).context["ready"]) == 1


@pytest.mark.parametrize("moment", ["2026-04-01 12:00", "2026-04-02 10:00"])
def test_the_queue_opens_in_every_language(as_head, school, pool, moment):
    day_of("lo", school)
    with world.at(moment):
        for language in ("kk", "ru", "en"):
            as_head.cookies["django_language"] = language
            assert as_head.get(address("queue", pool)).status_code == 200


def test_the_auditor_replays_a_round_and_takes_it_as_a_table_without_names(client, school, pool):
    cases = day_of("olllll", school)
    with world.at("2026-04-02 10:00"):
        round_ = scene.confirm(school, pool)
        client.force_login(school.auditor)
        page = client.get(address("rounds", pool, round=round_.pk))
        assert page.context["is_true"]
        table = client.get(address("rounds", pool, round=round_.pk, format="csv"))
    told = b"".join(table.streaming_content if table.streaming else [table.content]).decode()
    assert cases[0].number in told
    assert "Бала" not in told


def test_seats_are_opened_and_changed_with_a_reason(as_head, school):
    said = {"year": 2026, "grade": 1, "language": "ru", "seats": 25, "reason": "№ 3 бұйрық"}
    with world.at("2026-03-01 10:00"):
        assert as_head.post(address("seats"), said).status_code == 302
        pool = Pool.objects.get(language="ru")
        assert as_head.post(address("seats", pool), {"seats": 30, "reason": ""}).status_code == 422
        assert as_head.post(address("seats", pool), {"seats": 30, "reason": "№ 4"}).status_code == 302
        assert as_head.get(address("seats", pool)).status_code == 200
    assert [change.seats for change in pool.changes.all()] == [25, 30]


def test_a_wrong_line_of_the_service_area_is_told_and_nothing_is_loaded(as_head, school):
    def load(text):
        file = SimpleUploadedFile("area.csv", text.encode())
        return as_head.post(address("area"), {"valid_from": "2026-02-01", "act": "№ 9", "file": file})

    with world.at("2026-01-20 10:00"):
        wrong = load("street;from;to;side;border\nАбай;a;;;\nДостық;1;9;odd;\n")
        assert wrong.status_code == 422
        assert [line.number for line in wrong.context["wrong_lines"]] == [2]
        assert AreaEdition.objects.filter(office=school.office).count() == 1
        assert load("street;from;to;side;border\nДостық;1;9;odd;\n").status_code == 302
        assert as_head.get(address("area")).status_code == 200


def test_the_case_pages_of_staff_and_parent_say_how_it_stands(client, school, pool):
    case = day_of("lllll", school)[4]
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
        client.force_login(school.clerk)
        assert client.get(reverse("admin:case", args=[case.ref])).status_code == 200
        client.force_login(case.applicant.user)
        page = client.get(reverse("portal:case", args=[case.ref]))
    assert page.status_code == 200
    assert page.context["list_place"] == 1
    assert AdmissionApplication.objects.get(pk=case.pk).state == "listed"
