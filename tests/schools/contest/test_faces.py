"""What people see of the contest: the desk, the public page, the family's page; no name where none is needed."""

import pytest
from django.urls import reverse

from kazservices.flow import sweeps
from schools.contest import pages
from schools.contest.models import ContestApplication
from tests import world as common
from tests.schools.contest import world

pytestmark = pytest.mark.django_db
BOARD = "/services/contest_application/board/"


@pytest.fixture
def published(school):
    rows, scores = [{} for _ in range(4)], [(60 - n, 0) for n in range(4)]
    return world.to_published(school, rows, scores, places={"7": 2})


def desk(client, user, case, moment, **query):
    client.force_login(user)
    with common.at(moment):
        return client.get(reverse("admin:case", args=[case.ref]), query)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("role", ["head", "clerk", "chair", "secretary"])
def test_the_desk_shows_a_contest_at_every_step(client, school, role, language):
    client.cookies["django_language"] = language
    case = world.begin_campaign(school)
    assert desk(client, school.staff[role], case, "2026-02-20 10:00").status_code == 200


@pytest.mark.norm("ADM-C33", "ADM-C34", "ADM-C24")
def test_the_page_of_a_campaign_shows_tests_register_commission_and_order(client, school, published):
    page = desk(client, school.head, published, "2026-04-21 11:00").content.decode()
    first = published.applications.order_by("pk").first()
    for said in ("математика және логика", "120", "300", "-75", first.number, school.member1.full_name):
        assert said in page
    assert first.applicant.iin not in page


def test_a_candidate_with_three_files_is_counted_once_in_its_class(school, parent):
    case = world.to_intake(school)
    with common.at("2026-03-10 10:00"):
        world.enter(world.apply(parent, school.office), school.clerk)
        assert list(pages.campaign(case, school.head)["by_class"]) == [{"grade": 7, "count": 1}]


def test_a_wrong_file_is_told_line_by_line_at_the_form(client, school):
    case = world.to_held(school, [{}])
    client.force_login(school.secretary)
    with common.at("2026-04-20 16:00"):
        address = reverse("admin:move", args=[case.ref, "import_scores"])
        assert 'enctype="multipart/form-data"' in client.get(address).content.decode()
        wrong = world.upload(b"number;right;wrong;total\nx;1;0;4\ny;1;0;4\n")
        answer = client.post(address, {"file": wrong, "seen": case.journal_count})
        assert answer.status_code == 422
        assert answer.content.decode().count("x") >= 1
        number = case.applications.get().number
        right = world.upload(world.score_file(case, {number: (40, 5)}))
        assert client.post(address, {"file": right, "seen": case.journal_count}).status_code == 302
    assert case.scores.get().total == 155


def test_a_file_that_is_not_sent_is_asked_for(client, school):
    case = world.to_held(school, [{}])
    client.force_login(school.secretary)
    with common.at("2026-04-20 16:00"):
        address = reverse("admin:move", args=[case.ref, "import_scores"])
        assert client.post(address, {"seen": case.journal_count}).status_code == 422


@pytest.mark.norm("ADM-C25")
def test_the_head_sets_places_at_the_form(client, school):
    case = world.begin_campaign(school)
    client.force_login(school.head)
    with common.at("2026-02-20 10:00"):
        address = reverse("admin:move", args=[case.ref, "set_places"])
        answer = client.post(address, {"places_7": "25", "places_6": "", "places_5": "", "seen": case.journal_count})
    assert answer.status_code == 302
    assert list(case.places.values_list("grade", "places", "quota")) == [(7, 25, 2)]


@pytest.mark.norm("ADM-C28")
def test_the_schedule_is_typed_at_the_form(client, school):
    case = world.to_register(school, [{}])
    client.force_login(school.clerk)
    with common.at("2026-04-10 10:00"):
        address = reverse("admin:move", args=[case.ref, "publish_schedule"])
        said = {"day_7": "2026-04-20", "hour_7": "10:00", "place": "12-кабинет", "seen": case.journal_count}
        assert client.post(address, said).status_code == 302
        page = client.get(BOARD).content.decode()
    assert "12-кабинет" in page


@pytest.mark.parametrize("move", ["receive_materials", "check_rooms", "select_own", "free_place", "promote"])
def test_the_other_forms_open(client, school, published, move):
    client.force_login(school.head)
    with common.at("2026-04-21 12:00"):
        assert client.get(reverse("admin:move", args=[published.ref, move])).status_code == 200


def test_a_form_of_a_tie_offers_the_equal_candidates(client, school):
    case = world.to_held(school, [{"minute": 1}, {"minute": 1}], places={"7": 1})
    first, second = case.applications.order_by("pk").values_list("number", flat=True)
    case = world.import_scores(school, case, {first: (9, 0), second: (9, 0)})
    client.force_login(school.chair)
    with common.at("2026-04-20 17:00"):
        address = reverse("admin:move", args=[case.ref, "decide_tie"])
        assert first in client.get(address).content.decode()
        said = {"group": "7", "order": f"{second}\n{first}\n", "motive": "Портфолио.", "seen": case.journal_count}
        assert client.post(address, said).status_code == 302
    case.refresh_from_db()
    assert case.ties == {"7": {second: 1, first: 2}}


@pytest.mark.norm("ADM-C41", "ADM-C37")
def test_the_public_page_shows_numbers_scores_and_outcomes_to_anybody_and_no_name(client, school, published):
    with common.at("2026-04-21 12:00"):
        page = client.get(BOARD).content.decode()
    for row in published.applications.select_related("applicant"):
        assert row.number in page
        for private in (row.applicant.full_name, row.applicant.iin, row.email):
            assert private not in page
    assert "апелляция жүргізілмейді" in page
    assert "шағым" in page


@pytest.mark.norm("ADM-C43", "ADM-C44")
def test_the_public_page_shows_the_reserve_and_the_free_places(client, school, published):
    with common.at("2026-04-28 10:00"):
        sweeps.run("moves")
        case = common.make(published, "order_enrolment", school.head)
        case = common.make(case, "order_reserve", school.head)
    with common.at("2026-10-05 10:00"):
        common.make(case, "free_place", school.clerk, grade=7, reason="Көшіп кетті.")
        page = client.get(BOARD, {"contest": str(case.ref)}).content.decode()
    assert "Резервтік тізім" in page
    assert "7-сынып: 1" in page


def test_the_public_page_without_a_contest_says_so(client, db):
    assert client.get(BOARD).status_code == 200
    assert client.get(BOARD, {"contest": "nonsense"}).status_code == 200
    assert client.get("/services/deferral/board/").status_code == 404


@pytest.mark.norm("ADM-C37")
def test_the_family_finds_its_result_and_no_appeal(client, school, parent, published):
    row = published.applications.order_by("pk").first()
    row.applicant.user = parent
    row.applicant.save()
    client.force_login(parent)
    with common.at("2026-04-21 12:00"):
        sweeps.run("moves")
        page = client.get(reverse("portal:case", args=[row.ref])).content.decode()
    assert "<b>240</b>" in page
    assert "Апелляция" in page or "апелляция жүргізілмейді" in page
    assert "appeal" not in page
    assert not [move for move in ("appeal", "reopen") if f"/do/{move}/" in page]


def test_the_result_is_nowhere_before_it_is_published(client, school, parent):
    case = world.to_held(school, [{}])
    row = case.applications.get()
    row.applicant.user = parent
    row.applicant.save()
    world.import_scores(school, case, {row.number: (60, 0)})
    client.force_login(parent)
    with common.at("2026-04-20 17:00"):
        page = client.get(reverse("portal:case", args=[row.ref])).content.decode()
        assert "<b>240</b>" not in page  # bare digits stand in tokens and addresses too


@pytest.mark.norm("ADM-C16")
def test_the_passport_page_counts_to_the_order(client, db):
    with common.at("2026-03-16 10:00"):
        page = client.get("/services/contest_application/").content.decode()
    assert "4 мамыр" in page
    assert BOARD in page


def test_a_family_s_application_at_the_desk(client, school, published):
    row = ContestApplication.objects.first()
    assert desk(client, school.clerk, row, "2026-04-21 12:00").status_code == 200


@pytest.mark.drawn
def test_the_papers_are_drawn_in_both_languages(school, published):
    for kind in ("contest_appointment", "contest_materials", "contest_protocol"):
        paper = published.papers.get(kind=kind)
        assert paper.state == "issued"
        assert paper.sha256
