"""The cabinet: the one thing to do on top, every clock with its reason, and nobody else's case."""

import pytest

from kazservices.cases import journal
from kazservices.cases.models import CaseReading
from kazservices.cases.reading import note_reading
from kazservices.notices.models import Notice
from kazservices.passports.models import Category
from tests import world
from tests.conftest import on

pytestmark = pytest.mark.django_db
MOTIVE = "Анықтамада оқу мерзімі аяқталған."


@pytest.fixture
def case(user, place):
    with on("2026-03-20 17:00"):
        return world.apply(user, place.office)


@pytest.fixture
def invited(user, place):
    """Invited on D3 to a hearing on D5."""
    return world.to_hearing(user, place)


def url(case, tail=""):
    return f"/cases/{case.ref}/{tail}"


def test_nothing_to_do_is_said_too(cabinet, case, read):
    with on("2026-03-20 17:30"):
        page = read(cabinet.get(url(case)))
    assert "Қазір сізден ештеңе талап етілмейді" in page
    assert case.number in page
    assert "2 сәуір, бейсенбі, 18:30" in page


@pytest.mark.norm("CONS-8", "CLK-0")
def test_every_clock_can_be_asked_why(cabinet, case, read):
    with on("2026-03-20 17:30"):
        page = read(cabinet.get(url(case)))
        for clock in case.deadlines.filter(conditional=False):
            assert url(case, f"why/{clock.pk}/") in page
            why = read(cabinet.get(url(case, f"why/{clock.pk}/")))
            assert clock.norm in why
            assert "<details open" in why


def test_anothers_clock_is_not_explained_here(cabinet, case, place, read):
    other = world.build_recipient("990101300027")
    with on("2026-03-20 17:10"):
        theirs = world.apply(other, place.office)
    with on("2026-03-20 17:30"):
        read(cabinet.get(url(case, f"why/{theirs.deadlines.first().pk}/")), 404)


@pytest.mark.norm("CONS-10-5", "CONS-10-6")
def test_an_invitation_to_the_hearing_stands_on_top(cabinet, invited, read):
    with on("2026-03-30 12:00"):
        page = read(cabinet.get(url(invited)))
    call = page.index("Сіз тыңдауға шақырылдыңыз")
    assert call < page.index("Барлық мерзім")
    assert "түпкілікті шешім емес" in page
    for action in ("do/give_position/", "do/ask_postponement/", "hearing.ics"):
        assert url(invited, action) in page


@pytest.mark.norm("CONS-10-5")
def test_a_position_in_writing_is_sent_once_and_kept(cabinet, invited, read):
    with on("2026-03-30 12:00"):
        empty = read(cabinet.post(url(invited, "do/give_position/"), {"position": " "}))
        assert 'id="id_position-error"' in empty
        sent = cabinet.post(url(invited, "do/give_position/"), {"position": "Мен әлі оқып жүрмін."}, follow=True)
        page = read(sent)
    assert "Ұстанымыңыз іске қосылды" in page


def test_another_time_can_be_asked_for(cabinet, invited, read):
    with on("2026-03-30 12:00"):
        page = read(cabinet.post(url(invited, "do/ask_postponement/"), {"wish": "Емтихан тапсырамын."}, follow=True))
    assert "Сіз басқа уақыт сұрадыңыз" in page


def test_the_hearing_goes_into_the_citizens_own_calendar(cabinet, invited):
    with on("2026-03-30 12:00"):
        answer = cabinet.get(url(invited, "hearing.ics"))
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART:2026" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_withdrawing_asks_first_and_ends_the_clocks(cabinet, case, read):
    with on("2026-03-26 12:00"):
        asked = read(cabinet.get(url(case, "do/withdraw/")))
        assert "Мұны кері қайтару мүмкін емес." in asked
        case.refresh_from_db()
        assert case.state != "withdrawn"
        page = read(cabinet.post(url(case, "do/withdraw/"), follow=True))
    assert "Сіз бұл өтінішті кері қайтарып алдыңыз" in page
    assert not case.deadlines.running().exists()


def test_a_move_out_of_its_time_is_told_and_nothing_is_written(cabinet, case, read):
    before = case.journal.count()
    with on("2026-03-26 12:00"):
        page = read(cabinet.post(url(case, "do/give_position/"), {"position": "Ерте."}), 409)
    assert "Іске оралу" in page
    assert case.journal.count() == before


@pytest.mark.parametrize("move", ["grant", "refuse", "send_to_members", "call_hearing"])
def test_a_citizen_makes_no_move_of_the_office(cabinet, case, move, read):
    before = case.journal.count()
    with on("2026-03-26 12:00"):
        read(cabinet.post(url(case, f"do/{move}/"), {"motive": "…"}), 403)
        read(cabinet.post(url(case, "do/nothing_known/")), 404)
    assert case.journal.count() == before


PAGES = ("", "opened/", "do/withdraw/", "do/give_position/", "hearing.ics")


@pytest.mark.parametrize("tail", PAGES)
def test_anothers_case_is_no_page(client, case, tail):
    client.force_login(world.build_recipient("990101300027"))
    with on("2026-03-26 12:00"):
        assert client.get(url(case, tail)).status_code == 404
        assert client.post(url(case, tail)).status_code in (404, 405)


@pytest.mark.parametrize("tail", PAGES)
def test_the_cabinet_is_closed_to_strangers_and_to_officials(client, case, place, tail):
    with on("2026-03-26 12:00"):
        assert client.get(url(case, tail))["Location"].startswith("/enter/")
        client.force_login(place.chair)
        assert client.get(url(case, tail)).status_code == 403


def test_who_has_opened_the_case_is_told(cabinet, case, place, read):
    with on("2026-03-26 12:00"):
        note_reading(case, place.secretary)
        page = read(cabinet.get(url(case)))
        every = read(cabinet.get(url(case, "opened/")))
    assert place.secretary.full_name in page
    assert place.secretary.full_name in every
    assert CaseReading.objects.count() == 1


def test_the_story_is_told_in_past_tense_and_newest_first(cabinet, invited, read):
    with on("2026-03-30 12:00"):
        page = read(cabinet.get(url(invited, "?story=all")))
    assert "Өтініш қабылданып, тіркелді" in page


def test_the_story_says_that_facts_were_erased(cabinet, case, place, read):
    with on("2026-03-26 12:00"):
        journal.erase(case.journal.first(), by=place.operator, reason="A court has ordered it.")
        page = read(cabinet.get(url(case, "?story=all")))
    assert "Журналдағы бұрынғы жолдың мәліметтері өшірілді" in page


def test_letters_lie_in_the_cabinet_and_their_reading_is_noted(cabinet, case, user, read):
    notice = Notice.objects.in_cabinet_of(user).first()
    with on("2026-03-20 18:00"):
        listed = read(cabinet.get("/letters/"))
        assert notice.subject in listed
        opened = read(cabinet.get(f"/letters/{notice.key}/"))
    assert case.number in opened
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_anothers_letter_is_no_page(client, case, user):
    notice = Notice.objects.in_cabinet_of(user).first()
    client.force_login(world.build_recipient("990101300027"))
    with on("2026-03-20 18:00"):
        assert client.get(f"/letters/{notice.key}/").status_code == 404


def test_the_applicants_own_file_opens(cabinet, case):
    attachment = case.attachments.get()
    with on("2026-03-20 18:00"):
        answer = cabinet.get(url(case, f"files/{attachment.pk}/"))
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content[:4] == b"\x89PNG"


def test_no_address_carries_a_number_or_an_iin(cabinet, case, user, read):
    with on("2026-03-20 18:00"):
        page = read(cabinet.get("/cases/")) + read(cabinet.get(url(case)))
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert not [link for link in links if user.iin in link or case.number in link]


def test_an_empty_cabinet_says_what_would_stand_here(cabinet, read):
    with on("2026-03-20 10:00"):
        assert "Сіз әлі өтініш берген жоқсыз" in read(cabinet.get("/cases/"))
        assert "Әзірге хат жоқ" in read(cabinet.get("/letters/"))


@pytest.mark.parametrize(("path", "most"), [("/cases/", 14), ("/letters/", 8)])
def test_lists_ask_the_database_little(cabinet, case, place, user, django_assert_max_num_queries, *, path, most):
    with on("2026-03-20 18:00"):
        world.apply(user, place.office, service="exemption", category=_first_exemption())
        cabinet.get(path)
        with django_assert_max_num_queries(most):
            cabinet.get(path)


def test_the_status_page_asks_the_database_little(cabinet, invited, django_assert_max_num_queries):
    with on("2026-03-30 12:00"):
        cabinet.get(url(invited))
        with django_assert_max_num_queries(60):
            cabinet.get(url(invited))


def _first_exemption():
    return Category.objects.filter(edition__service="exemption", variants=None, questions=None).first().code


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_the_cabinet_in_every_language(cabinet, invited, language, read):
    cabinet.cookies["django_language"] = language
    with on("2026-03-30 12:00"):
        for path in ("/cases/", "/letters/", url(invited), url(invited, "opened/"), url(invited, "do/give_position/")):
            assert f'<html lang="{language}">' in read(cabinet.get(path))


@pytest.mark.norm("CONS-14-7")
def test_a_refusal_is_told_with_its_motive_paper_and_remedy(cabinet, user, place, read):
    case = world.to_refused(user, place)
    with on("2026-04-02 16:00"):
        page = read(cabinet.get(url(case)))
        paper = case.papers.get(kind="refusal")
        pdf = cabinet.get(url(case, f"papers/{paper.pk}/"))
    assert "Мемлекеттік қызмет көрсетуден бас тартылды" in page
    assert "Оқу мерзімі аяқталғаны анықталды." in page
    assert "Сотқа содан кейін жүгінуге болады" in page
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.norm("CONS-S5")
def test_a_conclusion_lies_in_the_cabinet(cabinet, user, place, read):
    case = world.to_opinions(user, place, votes=("approve", "approve", "approve"))
    with on("2026-03-30 10:00"):
        case = world.make(case, "grant", place.chair)
        page = read(cabinet.get(url(case)))
    paper = case.papers.get(kind="conclusion")
    assert "Комиссия сіздің пайдаңызға шешті" in page
    assert url(case, f"papers/{paper.pk}/") in page


def test_a_paper_not_issued_yet_is_no_page(cabinet, user, place):
    case = world.to_opinions(user, place)
    with on("2026-03-30 10:00"):
        paper = world.prepare(
            case, "call_hearing", by=place.chair, grounds=["2"], motive=MOTIVE,
            held_at=world.local("2026-04-01 11:00"), place="214", way="in_person",
        )  # fmt: skip
        assert cabinet.get(url(case, f"papers/{paper.pk}/")).status_code == 404
        assert "алдын ала шешім" not in cabinet.get(url(case)).content.decode().split("Барлық мерзім")[0]


def test_a_heard_case_says_what_comes_next(cabinet, user, place, read):
    case = world.to_heard(user, place)
    with on("2026-04-01 12:00"):
        assert "Тыңдау өтті" in read(cabinet.get(url(case)))


def test_a_late_step_names_its_due_moment_and_an_unused_term_its_own(cabinet, user, place, read):
    case = world.to_refused(user, place, when="2026-04-03 10:00")  # a day after D6
    with on("2026-04-03 10:30"):
        page = read(cabinet.get(url(case)))
    assert "мерзімі 2 сәуір, бейсенбі, 18:30 болатын" in page
    assert "1 сәуір, сәрсенбі, 18:30" in page  # the objection's own end, not the moment of the refusal
