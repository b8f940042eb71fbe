"""One shape of errors, in the reader's language; a token opens what its owner may open, and no more."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from kazservices.api import tokens
from kazservices.api.access import OftenEnough
from kazservices.api.models import ApiToken
from kazservices.cases.models import Case, Recusal
from kazservices.documents import papers
from kazservices.flow.door import prepare
from kazservices.offices.models import Staff
from tests import world
from tests.api.conftest import Program, program, token_of
from tests.conftest import on

pytestmark = pytest.mark.django_db
MOMENT = "2026-03-26 10:00"  # Thu


@pytest.fixture
def case(place, user):
    with on("2026-03-20 17:00"):
        return world.apply(user, place.office)


def standing(case):
    return Case.objects.filter(pk=case.pk).values_list("status", "journal_count", "journal_head").get()


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Жарамды токен керек"), ("ru", "Нужен действующий токен"), ("en", "A valid token is wanted")],
)
def test_without_a_token_the_answer_says_so_in_the_readers_language(place, language, words):
    answer = Program(language=language).get("cases/")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert (answer.json()["title"], answer.json()["status"]) == (words, 401)


def test_a_session_is_no_way_in(client, place, user):
    client.force_login(user)
    assert client.get("/api/v1/cases/").status_code == 401


def test_a_token_of_another_office_finds_no_case_and_moves_none(case, other_place):
    other = program(other_place.chair, other_place.office)
    before = standing(case)
    with on(MOMENT):
        assert other.get(f"cases/{case.ref}/").status_code == 404
        assert other.get(f"cases/{case.ref}/moves/").status_code == 404
        assert other.post(f"cases/{case.ref}/moves/send_to_members/").status_code == 403
        assert other.get("cases/").json()["count"] == 0
    assert standing(case) == before


def test_a_token_reaches_one_office_even_if_its_owner_works_in_two(case, place, other_place):
    Staff.objects.create(user=place.clerk, office=other_place.office, role="clerk", since=world.SINCE)
    there, here = program(place.clerk, other_place.office), program(place.clerk, place.office)
    with on(MOMENT):
        assert (there.get("cases/").json()["count"], here.get("cases/").json()["count"]) == (0, 1)
        assert there.get(f"cases/{case.ref}/").status_code == 404


@pytest.mark.parametrize("end", ["revoked", "expired", "post", "account", "forged"])
def test_a_token_that_has_ended_opens_nothing(case, place, end):
    with on("2026-03-20 17:30"):
        token, secret = token_of(place.chair, office=place.office, lives=timedelta(days=7))
    chair = Program(secret)
    with on("2026-03-26 10:00"):
        assert chair.get(f"cases/{case.ref}/").status_code == 200
        if end == "revoked":
            tokens.revoke(token, by=place.chair)
        if end == "post":
            Staff.objects.filter(pk=token.post_id).update(until=date(2026, 3, 25))  # Wed, yesterday
        if end == "account":
            type(place.chair).objects.filter(pk=place.chair.pk).update(is_active=False)
        if end == "forged":
            chair.headers["authorization"] = f"Bearer kaz_{token.prefix}_{'x' * 43}"
    with on("2026-03-28 10:00" if end == "expired" else "2026-03-26 10:01"):
        assert chair.get(f"cases/{case.ref}/").status_code == 401


def test_a_scope_that_was_not_given_is_refused_by_name(case, place):
    reader = program(place.chair, place.office, scopes=["read"])
    before = standing(case)
    with on(MOMENT):
        answer = reader.post(f"cases/{case.ref}/moves/send_to_members/")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope")
    assert standing(case) == before


def test_a_clerk_reads_no_report_and_a_citizen_sees_no_stranger(case, place):
    with on(MOMENT):
        assert program(place.clerk, place.office).get("report/").status_code == 403
        assert program(world.build_recipient("000101100006")).get(f"cases/{case.ref}/").status_code == 404


def test_whoever_is_recused_reads_nothing(case, place):
    Recusal.objects.create(case=case, user=place.member1, reason="…", noted_by=place.chair, noted_at=case.submitted_at)
    with on(MOMENT):
        answer = program(place.member1, place.office).get(f"cases/{case.ref}/")
    assert (answer.status_code, answer.json()["code"]) == (403, "recused")


def test_permission_comes_before_the_state(case, place):
    with on(MOMENT):
        for move in ("grant", "refuse", "send_to_members", "no_such_move"):
            assert program(place.clerk, place.office).post(f"cases/{case.ref}/moves/{move}/").status_code == 403


def test_a_move_that_the_law_does_not_allow_says_why_in_both_places(case, place):
    chair = program(place.chair, place.office)
    with on(MOMENT):
        offered = next(one for one in chair.get(f"cases/{case.ref}/moves/").json() if one["name"] == "refuse")
        refused = chair.post(f"cases/{case.ref}/moves/refuse/paper/", {"facts": {"grounds": ["2"], "motive": "…"}})
    assert (offered["open"], offered["facts"], refused.status_code) == (False, None, 409)
    assert refused.json()["detail"] == offered["reason"] != ""


def test_facts_are_refused_under_their_names(place, user):
    case = world.to_members(user, place)
    member = program(place.member1, place.office)
    with on("2026-03-27 10:00"):
        unknown = member.post(
            f"cases/{case.ref}/moves/give_opinion/", {"facts": {"decision": "refuse", "colour": "red"}}
        )
        wrong = member.post(f"cases/{case.ref}/moves/give_opinion/", {"facts": {"decision": 1}})
        lacking = member.post(f"cases/{case.ref}/moves/give_opinion/", {"facts": {"decision": "refuse"}})
    assert [answer.status_code for answer in (unknown, wrong, lacking)] == [422, 422, 422]
    assert "facts.colour" in unknown.json()["errors"]
    assert "facts.decision" in wrong.json()["errors"]
    assert {"facts.ground", "facts.motive"} & set(lacking.json()["errors"])


def test_the_schema_of_a_move_is_that_of_its_form(place, user):
    case = world.to_members(user, place)
    with on("2026-03-27 10:00"):
        moves = program(place.member1, place.office).get(f"cases/{case.ref}/moves/").json()
    schema = next(move for move in moves if move["name"] == "give_opinion")["facts"]
    assert schema["required"] == ["decision"]
    assert [choice["const"] for choice in schema["properties"]["decision"]["oneOf"]] == ["approve", "refuse"]
    assert schema["additionalProperties"] is False


def test_an_outdated_paper_is_a_conflict(place, user):
    case = world.to_opinions(user, place, votes=("approve", "approve", "approve"))
    chair = program(place.chair, place.office)
    with on("2026-03-30 10:00"):
        paper = prepare(case, "grant", by=place.chair, motive="", valid_until=None)
        papers.render(paper.pk)
        paper.refresh_from_db()
        address = f"cases/{case.ref}/moves/grant/papers/{paper.pk}/signature/"
        other_bytes = chair.post(address, {"sha256": "0" * 64})
        type(place.office).objects.filter(pk=place.office.pk).update(name_ru="Другое имя", name_kk="Басқа атау")
        outdated = chair.post(address, {"sha256": paper.sha256})
    assert (other_bytes.status_code, other_bytes.json()["code"]) == (409, "paper_changed")
    assert (outdated.status_code, outdated.json()["code"]) == (409, "paper_outdated")


def test_markup_is_only_text(place, user):
    case = world.to_hearing(user, place)
    evil = "<script>alert(1)</script>"
    with on("2026-03-30 13:00"):
        made = program(user).post(f"cases/{case.ref}/moves/give_position/", {"facts": {"position": evil}})
        answer = program(user).get(f"cases/{case.ref}/")
    assert made.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_too_many_requests_are_told_when_to_come_again(place, user, monkeypatch):
    cache.clear()
    monkeypatch.setattr(OftenEnough, "THROTTLE_RATES", {"token": "2/min", "address": "2/min"})
    citizen = program(user)
    with on(MOMENT):
        answers = [citizen.get("cases/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert answers[-1].json()["code"] == "throttled"


def test_a_body_of_megabytes_is_not_read(place, user):
    answer = program(user).post("drafts/", {"service": "x" * 2_000_000, "office": "03", "category": "STUDY"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("query", "status"),
    [({"page_size": 100}, 200), ({"page_size": 101}, 400), ({"page_size": 0}, 400), ({"page": "x"}, 400)],
)
def test_a_page_has_its_limits(case, place, query, status):
    with on(MOMENT):
        assert program(place.chair, place.office).get("cases/", query).status_code == status


def test_an_iin_enters_no_address(case, place, user):
    with on(MOMENT):
        answer = program(place.chair, place.office).get("cases/", {"number": user.iin})
    assert list(answer.json()["errors"]) == ["number"]


def test_name_and_iin_are_hidden_until_they_are_asked_for(case, place, user):
    chair = program(place.chair, place.office)
    with on(MOMENT):
        seen = chair.get(f"cases/{case.ref}/")
        person = chair.post(f"cases/{case.ref}/person/").json()
    assert user.full_name not in seen.content.decode()
    assert user.iin not in seen.content.decode()
    assert (person["full_name"], person["iin"]) == (user.full_name, user.iin)
    assert case.journal.filter(move="person_shown", actor=place.chair).exists()
    assert list(case.readings.values_list("part", flat=True)) == ["api", "personal"]


def test_what_is_well_formed_and_unknown_is_422_and_what_is_not_a_code_is_400(place, user):
    citizen = program(user)
    begun = {"service": "deferral", "office": "03", "category": "STUDY"}
    with on(MOMENT):
        unknown = {
            name: citizen.post("drafts/", {**begun, name: "unknown"}) for name in ("service", "office", "category")
        }
        wrong = {name: citizen.post("drafts/", {**begun, name: " "}) for name in begun}
    for name in begun:
        assert (unknown[name].status_code, list(unknown[name].json()["errors"])) == (422, [name])
        assert (wrong[name].status_code, list(wrong[name].json()["errors"])) == (400, [name])


def test_half_a_letter_is_no_text_and_breaks_nothing(place, user):
    """Half a pair of surrogates can be written in JSON, and kept nowhere."""
    citizen = program(user)
    with on(MOMENT):
        address = f"drafts/{world.build_draft(user, place.office, data={'category': 'STUDY', 'answers': {}}).ref}/"
        answers = [
            citizen.patch(address, {"answers": {"\ud800": True}}),
            citizen.patch(address, {"answers": {"variant": "\ud800"}}),
            citizen.post("drafts/", {"service": "\ud800", "office": "03", "category": "STUDY"}),
        ]
    assert [answer.status_code // 100 for answer in answers] == [4, 4, 4]


def test_a_form_of_megabytes_is_not_read(place, user):
    with on(MOMENT):
        draft = program(user).post("drafts/", {"service": "deferral", "office": "03", "category": "STUDY"}).json()
        answer = program(user).upload(f"drafts/{draft['ref']}/files/", requirement="x" * 3_000_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_the_secret_is_kept_nowhere(place):
    token, secret = token_of(place.chair, office=place.office)
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert secret not in str(row)
    assert secret.rpartition("_")[2] not in str(row)


def test_the_queue_is_sorted_filtered_and_as_cheap_for_many_as_for_one(place, user, django_assert_max_num_queries):
    clerk = program(place.clerk, place.office)
    with on("2026-03-20 17:00"):
        world.apply(user, place.office)
    with on("2026-03-18 10:00"):
        for n in range(4):
            world.apply(world.build_recipient(f"0001011{n:05d}"), place.office)
    with on("2026-03-20 17:30"), django_assert_max_num_queries(20):
        told = clerk.get("cases/", {"page_size": 3}).json()
    due = [row["next_due_at"] for row in told["results"]]
    assert (told["count"], told["pages"], len(due)) == (5, 2, 3)
    assert due == sorted(due)
    with on("2026-03-20 17:30"):
        assert clerk.get("cases/", {"service": "exemption"}).json()["count"] == 0
        assert clerk.get("cases/", {"office": "07"}).json()["count"] == 0


def test_the_report_is_that_of_the_pages(place, user, client):
    world.to_refused(user, place)
    auditor = program(place.auditor, place.office)
    asked = {"since": "2026-03-01", "until": "2026-04-30"}
    with on("2026-04-03 10:00"):
        told = auditor.get("report/", asked).json()
        client.force_login(place.auditor)
        for name in ("figures", "clocks", "breaches"):
            by_program = b"".join(
                auditor.get(f"report/{name}.csv", asked, **{"Accept-Language": "kk"}).streaming_content
            )
            by_page = b"".join(
                client.get(f"/reports/{name}.csv", asked, headers={"accept-language": "kk"}).streaming_content
            )
            assert by_program == by_page
        listed = auditor.get("report/breaches/", asked).json()
    whole = told["figures"][0]
    assert whole["table"] == "all"
    assert whole["counted"] == whole["on_time"] + whole["late"] > 0
    assert listed["count"] == whole["late"]
