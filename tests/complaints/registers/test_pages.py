"""The registers at the desk: kept by clerk and head, read by the auditor, seen by nobody of another office."""

from datetime import date

import pytest
from django.urls import reverse

from complaints.registers.models import Conclusion, Measure, Proposal
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]
PAGE = "/admin/services/registers/quality/"
PROPOSAL = {"direction": "received", "body": "Сапа департаменті", "day": "2026-03-20", "text": "Кезекті қысқарту"}


@pytest.fixture
def desk(client):
    def enter(person, language="ru"):
        client.force_login(person)
        client.cookies["django_language"] = language
        return client

    return enter


@pytest.mark.norm("LAW-25-3")
def test_a_clerk_enters_a_proposal_answers_it_and_takes_a_measure_on_it(desk, keep, case):
    clerk = desk(keep.clerk)
    assert clerk.post(PAGE, PROPOSAL | {"day": "2026-03-25"}).status_code == 422
    shown = clerk.post(PAGE, PROPOSAL | {"numbers": f" {case.number} ,"}, follow=True)
    assert "Внесено под № 03-2026-0001." in shown.text
    line = Proposal.objects.get()
    address = f"{PAGE}?office={keep.office.pk}&book=proposals&one={line.pk}"
    assert list(line.cases.all()) == [case.case_ptr]
    said = {"act": "take", "what": "Екінші терезе ашу", "responsible": keep.head.pk, "due_on": "2026-03-27"}
    assert "Мера внесена." in clerk.post(address, said, follow=True).text
    measure = Measure.objects.get()
    done = {"act": "done", "measure": measure.pk, f"m{measure.pk}-on": "2026-03-24", f"m{measure.pk}-proof": "№ 14"}
    wrong = clerk.post(address, done | {f"m{measure.pk}-on": "2026-03-30"})
    assert (wrong.status_code, "Этот день ещё не наступил" in wrong.text) == (422, True)
    assert "Мера закрыта." in clerk.post(address, done, follow=True).text
    assert "Ответ внесён." in clerk.post(
        address, {"act": "answer", "on": "2026-03-24", "words": "Орындалды"}, follow=True
    ).text  # fmt: skip


@pytest.mark.norm("LAW-29-4")
def test_a_conclusion_comes_with_its_file_and_its_want_of_a_measure_is_shown(desk, keep):
    clerk, book = desk(keep.clerk), f"{PAGE}?book=conclusions"
    said = {"body": "«Әділ қызмет» қоры", "day": "2026-03-20", "upload": world.picture("qorytyndy.png")}
    clerk.post(book, said)
    line = Conclusion.objects.get()
    assert "По 1 заключению ещё нет мер" in clerk.get(PAGE).text
    address = f"{PAGE}?office={keep.office.pk}&book=conclusions&one={line.pk}"
    assert "qorytyndy.png" in clerk.get(address).text
    taken = clerk.get(f"{address}&file=own")
    with line.file.open("rb") as kept:
        assert b"".join(taken.streaming_content) == kept.read()
    keep.measure(line)
    assert "ещё нет мер" not in clerk.get(PAGE).text


@pytest.mark.norm("LAW-5-2-9")
def test_the_measures_of_a_case_stand_on_a_page_of_it(desk, keep, case, place):
    address = reverse("admin:case-page", args=[case.ref, "measures"])
    clerk = desk(place.clerk)
    assert address in clerk.get(reverse("admin:case", args=[case.ref])).text
    said = {"act": "take", "what": "Шешімнің күшін жою", "responsible": place.head.pk, "due_on": "2026-03-27"}
    assert "Мера внесена." in clerk.post(address, said, follow=True).text
    assert [desk(getattr(place, who)).get(address).status_code for who in ("auditor", "head", "member1")] == [
        200, 200, 403,
    ]  # fmt: skip
    assert desk(place.auditor).post(address, said).status_code == 403
    measure = Measure.objects.get()
    done = {"act": "done", "measure": measure.pk, f"m{measure.pk}-on": "2026-03-24", f"m{measure.pk}-proof": "№ 14"}
    assert desk(place.auditor).post(address, done).status_code == 403
    assert "Мера закрыта." in desk(place.head).post(address, done, follow=True).text
    assert "Мера по восстановлению права исполнена" in clerk.get(reverse("admin:case", args=[case.ref])).text


def test_the_auditor_reads_every_register_and_takes_its_table_along_and_enters_nothing(desk, keep, place, case):
    keep.measure(keep.proposal(answer_by=date(2026, 3, 21)))
    keep.conclusion()
    keep.measure(case, what="=HYPERLINK(1)")
    auditor = desk(place.auditor)
    assert PAGE in auditor.get(reverse("reports:index")).text
    for book, words in (
        ("proposals", "Сапа департаменті"),
        ("conclusions", "қоғамдық қоры"),
        ("measures", "HYPERLINK"),
    ):
        shown = auditor.get(PAGE, {"book": book})
        assert (shown.status_code, '<form class="card act' in shown.text) == (200, False)
        assert words in shown.text
        table = b"".join(auditor.get(PAGE, {"book": book, "file": "csv"}).streaming_content).decode()
        assert words in table
        assert ";=" not in table
    assert "нет ответа" in auditor.get(PAGE).text
    assert auditor.post(PAGE, PROPOSAL).status_code == 403
    line = f"{PAGE}?book=proposals&one={Proposal.objects.get().pk}"
    assert auditor.post(line, {"act": "answer", "on": "2026-03-24", "words": "…"}).status_code == 403


def test_another_office_sees_nothing_of_them(desk, keep, place):
    other = world.build_place("05", "Басқа аудан әкімдігі")
    line = keep.proposal()
    stranger = desk(other.head)
    assert "Сапа департаменті" not in stranger.get(PAGE).text
    for query in ({"one": line.pk}, {"one": line.pk, "office": place.office.pk}, {"one": "x"}, {"book": "none"}):
        assert stranger.get(PAGE, query).status_code == 404
    assert [desk(person).get(PAGE).status_code for person in (place.chair, place.operator)] == [403, 403]
