"""Who sees a case and who moves it: another office finds no page, a missing role is refused and writes nothing."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from kazservices.cases.models import CaseReading, JournalEntry, Recusal
from kazservices.notices.models import Notice
from tests import world
from tests.backoffice.conftest import move_of, page_of

SEEN = {"seen": "0"}


@pytest.fixture
def case(place, recipient):
    return world.to_opinions(recipient, place)


def trace(case):
    """All that a move could have written."""
    case.refresh_from_db()
    return (
        case.state,
        case.journal_count,
        JournalEntry.objects.count(),
        Notice.objects.count(),
        CaseReading.objects.count(),
        case.papers.count(),
    )


@pytest.mark.parametrize("name", ["index", "queue", "commission", "absences", "breaches", "sweeps", "registers"])
def test_whoever_has_not_entered_is_asked_to(db, name):
    answer = Client().get(reverse(f"admin:{name}"))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("admin:login"))


def test_a_recipient_has_no_desk(recipient, desk, case):
    assert desk(recipient).get(page_of(case)).url.startswith(reverse("admin:login"))


@pytest.mark.norm("CONS-10-4")
def test_the_chair_of_another_office_finds_no_such_case(case, other_place, desk):
    before = trace(case)
    client = desk(other_place.chair)
    with world.at("2026-03-30 10:00"):
        attachment, paper = case.attachments.first(), case.papers.first()
        addresses = [
            page_of(case),
            reverse("admin:file", args=[case.ref, attachment.pk]),
            reverse("admin:paper", args=[case.ref, paper.pk]),
        ]
        assert {client.get(address).status_code for address in addresses} == {404}
        sign = reverse("admin:sign", args=[case.ref, "grant", paper.pk])
        assert {client.get(address).status_code for address in (move_of(case, "grant"), sign)} == {403}
        assert client.post(move_of(case, "grant"), {**SEEN, "motive": "Жоқ"}).status_code == 403
        assert client.post(sign, {"sha256": paper.sha256}).status_code == 403
        assert client.post(reverse("admin:show", args=[case.ref])).status_code == 404
    assert trace(case) == before


def test_an_unknown_case_is_no_page(place, desk):
    assert desk(place.chair).get(reverse("admin:case", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.norm("CONS-10-4")
@pytest.mark.parametrize("who", ["clerk", "secretary", "deputy", "member1", "head", "auditor"])
@pytest.mark.parametrize("move", ["grant", "call_hearing", "send_to_members", "refuse"])
def test_a_hand_made_post_without_the_role_writes_nothing(case, place, desk, who, move):
    before = trace(case)
    with world.at("2026-03-30 10:00"):
        answer = desk(getattr(place, who)).post(move_of(case, move), {**SEEN, "motive": "Мен шештім"})
    assert answer.status_code == 403
    assert trace(case) == before


def test_no_role_makes_the_applicants_moves(case, place, desk):
    with world.at("2026-03-30 10:00"):
        assert desk(place.chair).post(move_of(case, "withdraw"), SEEN).status_code == 403
        assert desk(place.chair).post(move_of(case, "no_such_move"), SEEN).status_code == 403


def test_the_operator_opens_no_case(case, place, desk):
    client = desk(place.operator)
    assert client.get(page_of(case)).status_code == 404
    assert "000001" not in client.get(reverse("admin:index")).content.decode()


def test_a_recused_chair_does_not_decide_and_the_deputy_does(case, place, desk):
    with world.at("2026-03-30 10:00"):
        Recusal.objects.create(
            case_id=case.pk, user=place.chair, reason="туыс", noted_by=place.secretary, noted_at=case.submitted_at
        )
        assert desk(place.chair).post(move_of(case, "grant"), {**SEEN, "motive": "Келісемін"}).status_code == 403
        assert desk(place.deputy).get(move_of(case, "grant")).status_code == 200


def test_a_paper_is_signed_only_by_whoever_may_make_its_move(case, place, desk):
    with world.at("2026-03-30 10:00"):
        desk(place.chair).post(move_of(case, "grant"), {"seen": "99", "motive": "Келісемін"})
        paper = case.papers.get(kind="conclusion")
        before = trace(case)
        address = reverse("admin:sign", args=[case.ref, "grant", paper.pk])
        answer = desk(place.secretary).post(address, {"sha256": paper.sha256})
    assert answer.status_code == 403
    assert trace(case) == before


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("clerk", "commission", 403),
        ("member1", "absences", 403),
        ("secretary", "absences", 200),
        ("chair", "breaches", 403),
        ("head", "breaches", 200),
        ("head", "sweeps", 403),
        ("operator", "sweeps", 200),
    ],
)
def test_pages_of_a_post_open_to_that_post(place, desk, who, name, status):
    assert desk(getattr(place, who)).get(reverse(f"admin:{name}")).status_code == status


def test_only_the_operator_keeps_offices_and_accounts(place, desk):
    for model in ("office", "staff", "user", "commission"):
        listing = reverse(f"admin:offices_{model}_changelist")
        assert desk(place.operator).get(listing).status_code == 200
        assert desk(place.head).get(listing).status_code == 403


def test_accounts_of_citizens_are_not_the_operators_to_read(place, recipient, desk):
    client = desk(place.operator)
    assert client.get(reverse("admin:offices_user_change", args=[recipient.pk])).status_code == 302
    assert recipient.iin not in client.get(reverse("admin:offices_user_changelist")).content.decode()


def test_the_list_of_a_service_in_the_admin_shows_own_cases_and_opens_the_desk(case, place, other_place, desk):
    listing = reverse("admin:conscription_deferralapplication_changelist")
    change = reverse("admin:conscription_deferralapplication_change", args=[case.pk])
    assert case.number in desk(place.clerk).get(listing).content.decode()
    assert case.number not in desk(other_place.clerk).get(listing).content.decode()
    assert desk(place.clerk).get(change).url == page_of(case)
    assert desk(other_place.clerk).get(change).url != page_of(case)
    assert desk(place.chair).post(change, {"state": "granted"}).status_code in (302, 403)
    case.refresh_from_db()
    assert case.state == "opinions_in"
