"""The pages of the desk: the exchange from both sides, the book of blanks, registers, originals, what is ready."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from kazservices.cases.models import Channel
from kazservices.documents import drawing
from kazservices.flow import counter as paper
from kazservices.flow.door import advance
from kazservices.passports.models import Edition
from schools.duplicates.desk import registers
from schools.duplicates.models import Blank, Consignment, Original
from schools.duplicates.states import State
from tests.conftest import on

from . import counter
from .conftest import sign_and_issue
from .test_exchange import accepted_by

LANGUAGES = ("kk", "ru", "en")


def at_desk(person, language="ru"):
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = language
    return client


def address(code, service="duplicates"):
    return reverse("admin:service-page", args=[service, code])


def text(response):
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["exchange", "storage", "blanks", "registers", "originals"])
def test_each_page_opens_to_the_clerk_and_stands_in_his_menu(school, corporation, code, language):
    where = address(code, "original" if code == "originals" else "duplicates")
    with on("2026-03-16 10:00"):
        page = at_desk(school.clerk, language).get(where)
    assert page.status_code == 200
    assert f'href="{where}"' in text(page)


def test_nobody_else_opens_them(school, corporation, place):
    with on("2026-03-16 10:00"):
        assert at_desk(place.clerk).get(address("exchange")).status_code == 403
        assert at_desk(school.auditor).get(address("blanks")).status_code == 403
        assert at_desk(school.clerk).get(address("nothing")).status_code == 404
        assert at_desk(corporation.clerk).get(address("blanks")).status_code == 403
        assert at_desk(corporation.clerk).get(address("exchange")).status_code == 200


@pytest.mark.norm("DUP-22", "DUP-25")
def test_the_school_countersigns_what_came_and_the_page_names_what_is_missing(school, corporation):
    with on("2026-03-16 10:00"):
        here = accepted_by(corporation, school)
        lost = accepted_by(corporation, school, "Ермекова Сәуле Нұрланқызы", "000101100032")
        there = at_desk(corporation.clerk)
        sent = there.post(
            address("exchange"),
            {"act": "send", "direction": "applications", "way": "courier", "case": [here.ref, lost.ref]},
        )
        assert sent.status_code == 302
        register = Consignment.objects.get()
        clerk = at_desk(school.clerk)
        done = clerk.post(
            address("exchange"), {"act": "countersign", "register": register.pk, "place": ["1"]}, follow=True
        )
        assert "Ермекова Сәуле Нұрланқызы" in text(done)
        here.refresh_from_db()
        assert here.state == State.REGISTERED
        again = clerk.post(address("exchange"), {"act": "countersign", "register": register.pk})
        assert again.status_code == 422
        line = register.items.get(place=2)
        clerk.post(address("exchange"), {"act": "found", "line": line.pk})
    lost.refresh_from_db()
    assert lost.state == State.REGISTERED


@pytest.mark.norm("DUP-22")
@pytest.mark.drawn
def test_the_register_is_had_in_two_copies_and_as_a_table(school, corporation):
    with on("2026-03-16 10:00"):
        case = accepted_by(corporation, school)
        at_desk(corporation.clerk).post(
            address("exchange"), {"act": "send", "direction": "applications", "case": [case.ref]}
        )
        register = Consignment.objects.get()
        clerk = at_desk(school.clerk)
        sheet = clerk.get(address("exchange"), {"register": register.pk})
        assert sheet["Content-Type"] == "application/pdf"
        assert sheet.content.startswith(b"%PDF")
        table = text(clerk.get(address("exchange"), {"register": register.pk, "file": "csv"}))
    assert "Қасымов Айдар Маратұлы" in table


@pytest.mark.norm("DUP-23")
def test_a_day_of_one_run_is_shown_as_too_few(school, corporation):
    with on("2026-03-16 10:00"):
        accepted_by(corporation, school)
        client = at_desk(corporation.clerk, "en")
        client.post(address("exchange"), {"act": "run"})
        assert "too few" in text(client.get(address("exchange")))
        client.post(address("exchange"), {"act": "run"})
        assert "too few" not in text(client.get(address("exchange")))


@pytest.mark.norm("DUP-S3-2", "DUP-S3-3", "CLK-DUP-SCCNT")
def test_who_waited_or_was_served_for_more_than_fifteen_minutes_is_listed(school, corporation):
    with on("2026-03-16 10:00"):
        case = accepted_by(corporation, school)
        page = at_desk(school.clerk, "en")
        for waited, served, is_slow in ((15, 15, False), (16, None, True), (3, 16, True)):
            type(case).objects.filter(pk=case.pk).update(waited_minutes=waited, served_minutes=served)
            assert ("Longer than 15 minutes" in text(page.get(address("exchange")))) is is_slow


@pytest.mark.norm("DUP-10")
def test_a_lot_is_entered_once_and_the_page_says_which_numbers_are_known(school, form, blanks):
    lot = {"act": "receive", "form": form.pk, "series": "ЖОБ", "first": "0000004", "last": "0000006", "note": "№ 3"}
    with on("2026-03-16 10:00"):
        clerk = at_desk(school.clerk)
        wrong = clerk.post(address("blanks"), lot)
        assert wrong.status_code == 422
        assert "0000004, 0000005" in text(wrong)
        assert clerk.post(address("blanks"), {**lot, "first": "0000006", "last": "0000007"}).status_code == 302
        assert clerk.post(address("blanks"), {**lot, "first": "9", "last": "0000010"}).status_code == 422
        spoilt = {"act": "spoil", "series": "ЖОБ", "number": "0000006", "reason": "Су тиген"}
        assert clerk.post(address("blanks"), spoilt).status_code == 302
        assert clerk.post(address("blanks"), spoilt).status_code == 422
        assert at_desk(school.head).post(address("blanks"), spoilt).status_code == 404
        assert "Су тиген" in text(clerk.get(address("blanks"), {"file": "csv"}))
    assert Blank.objects.filter(state="spoilt").count() == 1


@pytest.mark.norm("DUP-12", "DUP-6", "DUP-4")
@pytest.mark.drawn
def test_the_registers_of_issue_are_on_screen_in_excel_and_on_paper(user, school, corporation, blanks):
    with on("2026-03-16 10:00"):
        case = advance(counter.apply(user, school.office), "write_out", by=school.clerk, blank=blanks[0].pk)
        case = sign_and_issue(case, school)
        advance(case, "hand_over", by=school.clerk, received_by="self", identity="ЖК 012345678")
        clerk = at_desk(school.clerk)
        screen = text(clerk.get(address("registers")))
        assert "1/2026" in screen
        assert user.full_name not in screen
        table = text(clerk.get(address("registers"), {"file": "csv", "year": "2026"}))
        assert user.full_name in table
        assert "ЖОБ № 0000001" in table
        assert clerk.get(address("registers"), {"file": "pdf"}).content.startswith(b"%PDF")
        entered = clerk.post(
            address("originals", "original"),
            {"graduate": "Оспанов Нұрлан", "document": "general", "basis": "commission", "basis_number": "7",
             "basis_date": "2026-03-12", "blank": blanks[1].pk},
        )  # fmt: skip
        assert entered.status_code == 302
        assert "Оспанов Нұрлан" in text(clerk.get(address("registers"), {"book": "originals", "file": "csv"}))
        assert clerk.get(reverse("admin:case", args=[Original.objects.get().ref])).status_code == 200
        wrong = clerk.post(address("originals", "original"), {"graduate": "", "basis": "commission"})
        assert wrong.status_code == 422


@pytest.mark.norm("DUP-26-3")
def test_what_is_ready_stands_with_its_place_and_its_day(user, school, corporation, blanks):
    with on("2026-03-16 10:00"):
        case = advance(counter.apply(user, school.office), "write_out", by=school.clerk, blank=blanks[0].pk)
        sign_and_issue(case, school)
        assert case.number in text(at_desk(school.clerk).get(address("storage")))
        assert case.number not in text(at_desk(corporation.clerk).get(address("storage")))
        portal = Client()
        portal.force_login(user)
        for language in LANGUAGES:
            portal.cookies["django_language"] = language
            page = portal.get(reverse("portal:case", args=[case.ref]))
            assert page.status_code == 200
        portal.cookies["django_language"] = "kk"
        assert "Мектеп көшесі, 1" in text(portal.get(reverse("portal:case", args=[case.ref])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_the_case_open_to_school_and_corporation(school, corporation, language):
    with on("2026-03-16 10:00"):
        case = counter.apply(
            corporation.clerk, school.office, channel=Channel.STATE_CORPORATION, recipient=counter.person()
        )
        for person in (school.clerk, school.head, corporation.clerk):
            page = at_desk(person, language).get(reverse("admin:case", args=[case.ref]))
            assert page.status_code == 200
        for person in (school.clerk, corporation.clerk):
            assert at_desk(person, language).get(reverse("admin:queue")).status_code == 200
            assert at_desk(person, language).get(reverse("admin:index")).status_code == 200


@pytest.mark.norm("DUP-12")
def test_the_stamp_stands_above_all_else_in_the_corner_and_names_the_register(user, school, blanks):
    with on("2026-03-16 10:00"):
        case = advance(counter.apply(user, school.office), "write_out", by=school.clerk, blank=blanks[0].pk)
        case = sign_and_issue(case, school)
    for language, sheet in zip(
        ("kk", "ru"), drawing.html(case.papers.get(kind="duplicate")).split("</article>"), strict=False
    ):
        stamp = sheet.index("Түпнұсқаның орнына берілген № 1/2026 телнұсқа")
        assert stamp < sheet.index("<h1>"), language
        assert 'class="stamp"' in sheet[:stamp]


@pytest.mark.norm("DUP-15", "DUP-S2")
def test_a_clerk_of_the_state_corporation_takes_in_for_the_school_at_his_own_counter(school, corporation, place):
    with on("2026-03-14 11:00"):
        there = at_desk(corporation.clerk, "kk")
        page = there.get(reverse("admin:counter"))
        assert "Құжатым жоғалды" in text(page)
        category = Edition.objects.on("duplicates", school.office.today()).categories.get(code="LOST")
        said = paper.Brought("Сәбитов Ерасыл", "kk", iin="000101100016")
        draft = paper.begin(corporation.clerk, school.office, category, said)
        assert (draft.channel, draft.office) == (Channel.STATE_CORPORATION, school.office)
        package = there.get(reverse("admin:counter-draft", args=[draft.ref]))
        assert "08.04.2026" in text(package)  # D15 of a Saturday's acceptance: Wed 8 April
        assert list(paper.drafts_of([school.office])) == []
        for stranger in (place.clerk, school.head):
            with pytest.raises(PermissionDenied):
                paper.begin(stranger, school.office, category, said)
        assert paper.begin(school.clerk, school.office, category, said).channel == Channel.OFFICE


@pytest.mark.norm("DUP-26-2")
def test_what_goes_by_a_register_is_sent_from_the_exchange_and_the_case_leads_there(school, corporation, blanks, user):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office, pick_up="state_corporation")
        case = advance(case, "write_out", by=school.clerk, blank=blanks[0].pk)
        case = sign_and_issue(case, school)
        clerk = at_desk(school.clerk)
        page = text(clerk.get(reverse("admin:case", args=[case.ref])))
        assert f'href="{address("exchange")}"' in page.partition('id="there-dispatch"')[2]
        assert clerk.post(reverse("admin:move", args=[case.ref, "dispatch"]), {"seen": "0"}).status_code == 403
    case.refresh_from_db()
    assert case.state == State.PREPARED


def test_who_came_for_another_stands_in_the_register_by_initials_only():
    known = {"number": "1/2026", "on": None, "name": "Сәбитов Ерасыл", "document": "", "basis": "", "blank": "",
             "handed_over_on": None, "ref": None}  # fmt: skip
    assert registers.Row(**known, receiver="Жанұзақов Ерболат", by_another=True).masked_receiver == "Ж. Е."
    assert registers.Row(**known, receiver="өзі").masked_receiver == "өзі"
