"""The public page of a paper: genuine, replaced, withdrawn, not known; never whose it is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kazservices.clock import fixed_at
from kazservices.documents import papers, rendering
from kazservices.documents.codes import MISREAD, SIGNS, in_groups, new_code, read_code
from kazservices.documents.models import Paper
from kazservices.flow.door import advance, prepare
from kazservices.offices.actors import SYSTEM
from kazservices.portal import pace
from tests import world

GENUINE, REPLACED, WITHDRAWN, UNKNOWN = (
    "Документ подлинный и действует",
    "Документ заменён",
    "Документ отозван",
    "Такой документ неизвестен",
)
ERRATUM = {"wrong": "аяқталғаны", "right": "аяқталғандығы", "reason": "Сөз қате терілген."}


@pytest.fixture(autouse=True)
def fresh_minute():
    cache.clear()


@pytest.fixture
def guest(client):
    client.cookies["django_language"] = "ru"
    return client


@pytest.fixture
def refused(user, place, monkeypatch):
    """A refused application; how its papers look is proved elsewhere, here their bytes are their facts."""
    monkeypatch.setattr(rendering, "draw", lambda paper: f"%PDF- {paper.number} {paper.facts_digest}".encode())
    return world.to_refused(user, place)


@pytest.fixture
def paper(refused):
    papers.render_waiting()
    return refused.papers.get(kind="refusal")


def page(guest, code):
    return guest.get(reverse("portal:checked", args=[code]), follow=True)


def verdict(guest, code):
    """(the status, the one verdict that the page gives)."""
    shown = page(guest, code)
    told = [words for words in (GENUINE, REPLACED, WITHDRAWN, UNKNOWN) if words in shown.content.decode()]
    assert len(told) == 1, told
    return shown.status_code, told[0]


def test_a_paper_in_force_is_genuine_with_its_kind_number_date_office_service_hash_and_posts(guest, paper, place):
    shown = page(guest, paper.public_code).content.decode()
    assert GENUINE in shown
    for words in (paper.name, f"№ {paper.number}", "02.04.2026", place.office.name_ru, paper.sha256, "отсрочки"):
        assert words in shown
    assert "Председатель" in shown or "председатель" in shown


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_name_and_no_iin_is_shown_in_any_language(guest, paper, user, place, language):
    guest.cookies["django_language"] = language
    shown = page(guest, paper.public_code).content.decode()
    parts = [user.iin, *user.full_name.split(), place.chair.full_name]
    assert [part for part in parts if part in shown] == []


def test_a_qr_of_a_replaced_paper_names_the_next(guest, refused, paper, place):
    with world.at("2026-04-06 10:00"):
        world.make(refused, "correct", place.chair, paper=paper.pk, **ERRATUM)
    new = refused.papers.get(corrects=paper)
    assert verdict(guest, paper.public_code) == (200, REPLACED)
    assert f"№ {new.number}" in page(guest, paper.public_code).content.decode()
    assert new.public_code not in page(guest, paper.public_code).content.decode()
    assert verdict(guest, new.public_code) == (200, GENUINE)


def test_a_qr_of_a_withdrawn_paper_names_the_day_and_the_act(guest, refused, paper, place):
    with world.at("2026-04-06 10:00"):
        world.make(refused, "withdraw_result", place.head, because="Сот шешімі № 5.")
    act = refused.papers.get(kind=Paper.Kind.WITHDRAWAL)
    shown = page(guest, paper.public_code).content.decode()
    assert verdict(guest, paper.public_code) == (200, WITHDRAWN)
    assert f"№ {act.number}" in shown
    assert "6 апреля" in shown
    assert "Сот шешімі" not in shown
    assert verdict(guest, act.public_code) == (200, GENUINE)


AGAIN = {"wrong": ERRATUM["right"], "right": ERRATUM["wrong"], "reason": "Сөз қайта терілген."}


def test_a_paper_corrected_twice_names_the_one_that_stands(guest, refused, paper, place):
    with world.at("2026-04-06 10:00"):
        case = world.make(refused, "correct", place.chair, paper=paper.pk, **ERRATUM)
        second = refused.papers.get(corrects=paper)
        world.make(case, "correct", place.chair, paper=second.pk, **AGAIN)
    third = refused.papers.get(corrects=second)
    for one in (paper, second):
        assert verdict(guest, one.public_code) == (200, REPLACED)
        assert f"№ {third.number}" in page(guest, one.public_code).content.decode()
    assert f"№ {second.number}" not in page(guest, paper.public_code).content.decode()
    assert verdict(guest, third.public_code) == (200, GENUINE)


NEITHER = {"kk": "Екеуі де күшінде емес", "ru": "Ни один из них не действует", "en": "Neither is in force"}


@pytest.mark.parametrize("language", NEITHER)
@pytest.mark.parametrize("by_an_act", [True, False])
def test_no_paper_is_said_to_stand_in_the_place_of_another_when_it_was_withdrawn(
    guest, refused, paper, place, *, by_an_act, language
):
    with world.at("2026-04-06 10:00"):
        case = world.make(refused, "correct", place.chair, paper=paper.pk, **ERRATUM)
        if by_an_act:
            world.make(case, "withdraw_result", place.head, because="Сот шешімі № 5.")
        else:
            advance(case, "reopen", by=SYSTEM, because="Сот шешімі № 5.")
    new = refused.papers.get(corrects=paper)
    for one in (paper, new):
        assert verdict(guest, one.public_code) == (200, WITHDRAWN)
    guest.cookies["django_language"] = language
    shown = page(guest, paper.public_code).content.decode()
    assert f"№ {new.number}" in shown
    assert NEITHER[language] in shown
    assert NEITHER[language] not in page(guest, new.public_code).content.decode()
    if by_an_act:
        assert f"№ {refused.papers.get(kind=Paper.Kind.WITHDRAWAL).number}" in shown


def test_a_draft_is_not_known_whatever_it_has_been_signed(guest, refused, paper, place):
    with world.at("2026-04-06 10:00"):
        draft = prepare(refused, "withdraw_result", by=place.head, because="Сот шешімі № 5.")
        assert verdict(guest, draft.public_code) == (404, UNKNOWN)
        papers.render(draft.pk)
        draft.refresh_from_db()
        assert verdict(guest, draft.public_code) == (404, UNKNOWN)
        papers.sign(draft, by=place.head, sha256=draft.sha256)
    assert verdict(guest, draft.public_code) == (404, UNKNOWN)


@pytest.mark.parametrize(
    "code", ["ZBXD6S112M5A64B900HR", "x", "КҚ-03-2026-000001", "7K4M9-2QXD1-0A3BC-4DE5", "1" * 500, "☺" * 20]
)
def test_what_was_never_given_is_not_known(guest, db, code):
    assert verdict(guest, code) == (404, UNKNOWN)


@pytest.mark.parametrize(
    "as_typed",
    [str, str.lower, in_groups, lambda c: f" {c[:5]} {c[5:]} ", lambda c: c.replace("0", "O").replace("1", "l"),
     lambda c: c.translate(str.maketrans("ABEKMHPCTX", "АВЕКМНРСТХ"))],
)  # fmt: skip
def test_the_code_is_read_however_it_is_typed(guest, paper, as_typed):
    sent = guest.post(reverse("portal:check"), {"code": as_typed(paper.public_code)})
    assert sent.status_code == 302
    assert sent.url == reverse("portal:checked", args=[paper.public_code])


def test_a_code_cannot_be_guessed():
    assert len(SIGNS) ** len(new_code()) >= 2**100
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert {sign for code in codes for sign in code} == set(SIGNS)
    assert not set(SIGNS) & {chr(sign) for sign in MISREAD}
    assert all(read_code(code) == code for code in codes)


@pytest.mark.parametrize("typed", ["", "12345", "7K4M9-2QXD1-0A3BC-4DE5FF", "!" * 20])
def test_what_is_no_code_is_said_at_the_field(guest, db, typed):
    sent = guest.post(reverse("portal:check"), {"code": typed})
    assert sent.status_code == 422
    assert sent.context["form"].errors["code"]


def a_file(content):
    return SimpleUploadedFile("qujat.pdf", content, content_type="application/pdf")


@pytest.mark.parametrize("route", ["form", "page"])
@pytest.mark.parametrize("same", [True, False])
def test_a_file_is_compared_with_the_bytes_that_were_issued(guest, paper, route, same):
    content = papers.read(paper) + (b"" if same else b" ")
    address = reverse("portal:check") if route == "form" else reverse("portal:checked", args=[paper.public_code])
    shown = guest.post(address, {"code": paper.public_code, "file": a_file(content)}).content.decode()
    assert ("Файл тот самый" in shown) is same
    assert ("Файл не тот" in shown) is not same


def test_whoever_asks_too_fast_is_asked_to_wait(guest, paper, monkeypatch):
    monkeypatch.setattr(pace, "MOST", 3)
    with world.at("2026-03-30 10:00"):
        answers = [page(guest, paper.public_code).status_code for _ in range(4)]
        assert answers == [200, 200, 200, 429]
        late = page(guest, paper.public_code)
        assert late["Retry-After"] == "60"
        assert guest.get(reverse("portal:checked", args=[paper.public_code]), REMOTE_ADDR="10.0.0.9").status_code == 200
    with world.at("2026-03-30 10:01"):
        assert page(guest, paper.public_code).status_code == 200


def test_whoever_asks_slowly_is_never_asked_to_wait(rf, tmp_path, monkeypatch):
    """Nor where the count lies in files, as in the embedded product: there each request would keep it alive."""
    monkeypatch.setattr(pace, "cache", FileBasedCache(str(tmp_path), {}))
    begins = datetime(2026, 3, 30, 5, tzinfo=UTC)
    for second in range(0, 90 * 50, 50):
        with fixed_at(begins + timedelta(seconds=second)):
            assert not pace.is_too_fast(rf.get("/"), "check")


def test_the_page_is_kept_by_no_cache(guest, paper):
    assert "no-store" in page(guest, paper.public_code)["Cache-Control"]
