"""A token stands for one post: whatever else its owner is, by it he reads, moves and signs as that."""

import pytest
from django.utils.translation import override

from kazservices.cases.models import Case
from kazservices.documents import papers
from kazservices.documents.checking import find
from kazservices.offices.models import Staff
from tests import world
from tests.api.conftest import program
from tests.conftest import on

pytestmark = pytest.mark.django_db
MOMENT = "2026-03-26 10:00"  # Thu


@pytest.fixture
def case(place, user):
    with on("2026-03-20 17:00"):
        return world.apply(user, place.office)


def also(person, place, role):
    """The person holds one more post in the office."""
    seat = place.office.commissions.get() if role in ("chair", "secretary", "member") else None
    Staff.objects.create(user=person, office=place.office, role=role, commission=seat, since=world.SINCE)
    return {role: program(person, place.office, role=role) for role in (person.posts.earliest("pk").role, role)}


def offered(asking, case):
    return {move["name"] for move in asking.get(f"cases/{case.ref}/moves/").json()}


def test_a_clerk_who_is_chair_too_makes_no_move_of_the_chair_by_the_token_of_the_clerk(case, place):
    asking = also(place.clerk, place, "chair")
    before = Case.objects.filter(pk=case.pk).values_list("status", "journal_count", "journal_head").get()
    with on(MOMENT):
        assert "send_to_members" not in offered(asking["clerk"], case)
        assert "send_to_members" in offered(asking["chair"], case)
        refused = asking["clerk"].post(f"cases/{case.ref}/moves/send_to_members/")
        prepared = asking["clerk"].post(f"cases/{case.ref}/moves/refuse/paper/", {"facts": {}})
        assert Case.objects.filter(pk=case.pk).values_list("status", "journal_count", "journal_head").get() == before
        made = asking["chair"].post(f"cases/{case.ref}/moves/send_to_members/")
    assert (refused.status_code, refused.json()["code"], prepared.status_code) == (403, "forbidden", 403)
    assert made.json()["made"] is True


def test_on_the_pages_the_same_person_is_both(case, place, client):
    also(place.clerk, place, "chair")
    client.force_login(place.clerk)
    with on(MOMENT):
        assert client.get(f"/admin/cases/{case.ref}/moves/send_to_members/").status_code == 200


def test_a_token_says_by_which_role_it_acts(place):
    asking = also(place.clerk, place, "chair")
    assert {role: one.get("token/").json()["roles"] for role, one in asking.items()} == {
        "clerk": ["clerk"], "chair": ["chair"],
    }  # fmt: skip


def test_an_operators_token_reads_no_case_although_its_owner_is_a_clerk_too(case, place):
    asking = also(place.operator, place, "clerk")
    with on(MOMENT):
        seen = {role: one.get(f"cases/{case.ref}/").status_code for role, one in asking.items()}
        listed = {role: one.get("cases/").json()["count"] for role, one in asking.items()}
    assert seen == {"operator": 404, "clerk": 200}
    assert listed == {"operator": 0, "clerk": 1}


def test_a_clerks_token_reads_no_report_although_its_owner_is_the_auditor_too(place):
    asking = also(place.clerk, place, "auditor")
    with on(MOMENT):
        assert {role: one.get("report/").status_code for role, one in asking.items()} == {"clerk": 403, "auditor": 200}


def test_the_deputys_token_presides_while_the_chair_is_away(case, place):
    Staff.objects.filter(user=place.chair).delete()
    with on(MOMENT):
        assert "send_to_members" in offered(program(place.deputy, place.office), case)


def test_a_signature_counts_as_the_post_by_which_it_was_given(place, user):
    """A correction takes the chair's hand: that of a chair who signed as the secretary is not it."""
    case = world.to_refused(user, place)
    order = place.office.commissions.get()
    first, other, last = (world.build_staff(place.office, f"secretary{n}", "secretary", order) for n in (2, 3, 4))
    by_both, by_chair = also(first, place, "chair"), also(last, place, "chair")["chair"]
    slip = {"wrong": "аяқталғаны", "right": "аяқталғандығы", "reason": "Сөз қате терілген."}
    old = case.papers.issued().get(kind="refusal")
    address = f"cases/{case.ref}/moves/correct/"
    with on("2026-04-06 10:00"):  # Mon
        asked = by_both["secretary"].post(f"{address}paper/", {"facts": {"paper": old.pk, **slip}})
        assert asked.status_code == 201, asked.json()
        papers.render_waiting()
        paper = case.papers.get(pk=asked.json()["id"])
        sign, read = f"{address}papers/{paper.pk}/signature/", {"sha256": paper.sha256}
        assert by_both["secretary"].post(sign, read).json()["made"] is False
        refused = program(other, place.office).post(sign, read)
        assert (refused.status_code, refused.json()["code"]) == (422, "hand_missing")
        assert by_chair.post(sign, read).json()["made"] is True
    with override("ru"):  # so does the public page of the paper, although both were secretaries first
        assert find(case.papers.get(pk=paper.pk).public_code).signed_by == (
            "секретарь комиссии",
            "председатель комиссии",
        )
