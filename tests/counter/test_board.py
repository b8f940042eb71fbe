"""The board of the counter, the ticket in the hand, and what the auditor reads of both."""

import pytest
from django.test import Client
from django.urls import reverse

from kazservices.counter import limits
from kazservices.counter.models import Ticket
from kazservices.offices.models import OfficeHours
from schools.counter import ADMISSION
from tests import world


@pytest.fixture
def desk():
    def enter(person, language="ru"):
        client = Client()
        client.force_login(person)
        client.cookies["django_language"] = language
        return client

    return enter


def shown(client, name="tickets", *args):
    answer = client.get(reverse(f"admin:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def issue(client, moment, service="transfer"):
    with world.at(moment):
        answer = client.post(reverse("admin:ticket-issue"), {"office": "21", "service": service})
        assert answer.status_code == 302
    return Ticket.objects.latest("pk")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_day_at_the_counter(school, desk, language):
    client = desk(school.clerk, language)
    ticket = issue(client, "2026-04-15 09:00")
    with world.at("2026-04-15 09:05"):
        assert "№" in shown(client, "ticket", ticket.pk)
        assert client.post(reverse("admin:ticket-next"), {"office": "21"}).status_code == 302
        assert school.clerk.full_name in shown(client)
    with world.at("2026-04-15 09:20"):
        client.post(reverse("admin:ticket-act", args=[ticket.pk, "end"]))
        assert "15" in shown(client)
    ticket.refresh_from_db()
    assert (ticket.outcome, ticket.waited, ticket.served) == ("served", 5, 15)


def test_tickets_are_given_by_plain_names_and_for_what_is_provided_today(school, desk, monkeypatch):
    monkeypatch.setitem(limits._limits, "admission_classes", ADMISSION)  # a service that is switched off (GAP-04)
    OfficeHours.objects.create(office=school.office, service="admission_classes", schedule="school")
    with world.at("2026-04-15 09:00"):
        page = shown(desk(school.clerk))
        assert "Приём в школу" in page
        assert "независимо от ведомственной подчинённости" not in page
        assert 'value="admission"' in page
        assert 'value="admission_classes"' not in page


@pytest.mark.norm("TRN-S10-1", "CLK-TRN-WAIT")
@pytest.mark.parametrize(
    ("moment", "kind", "words"),
    [
        ("2026-04-15 12:50", "ok", "0 мин"),
        ("2026-04-15 12:59", "ok", "9 мин"),
        ("2026-04-15 13:20", "warn", "10 мин"),  # in lunch: the minutes stand still
        ("2026-04-15 14:36", "bad", "16 мин"),
    ],
)
def test_the_board_counts_working_minutes(school, desk, moment, kind, words):
    client = desk(school.clerk)
    issue(client, "2026-04-15 12:50")
    with world.at(moment):
        board = client.get(reverse("admin:tickets")).context["board"]
    [row] = board.waiting
    assert (row.chip.kind, row.chip.words) == (kind, words)
    assert bool(board.still) == ("13:20" in moment)


def test_a_wrong_act_is_told_and_writes_nothing(school, desk):
    client = desk(school.clerk)
    ticket = issue(client, "2026-04-15 09:00")
    with world.at("2026-04-15 09:05"):
        client.post(reverse("admin:ticket-act", args=[ticket.pk, "end"]))
        assert "ещё не вызван" in shown(client)
        assert client.post(reverse("admin:ticket-act", args=[ticket.pk, "eat"])).status_code == 404
    with world.at("2026-04-15 18:40"):
        client.post(reverse("admin:ticket-issue"), {"office": "21", "service": "transfer"})
        assert "в рабочее время" in shown(client)
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("who", ["chair", "auditor", "operator"])
def test_only_who_stands_behind_the_counter_sees_its_board(school, desk, who):
    client = desk(getattr(school, who))
    with world.at("2026-04-15 09:00"):
        assert client.get(reverse("admin:tickets")).status_code == 403
        assert client.post(reverse("admin:ticket-issue"), {"service": "transfer"}).status_code == 403


def test_a_ticket_of_another_office_is_not_there(school, desk):
    ticket = issue(desk(school.clerk), "2026-04-15 09:00")
    other = world.build_place("22", "№ 22 мектеп")
    with world.at("2026-04-15 09:05"):
        for who, code in ((other.clerk, 403), (school.head, 200)):
            assert desk(who).get(reverse("admin:ticket", args=[ticket.pk])).status_code == code


@pytest.mark.norm("ADM-S10-1", "CLK-ADM-CNT")
def test_the_report_counts_what_was_longer_than_promised_and_what_was_a_breach(school, desk):
    client = desk(school.clerk)
    for came, went in (("09:00", "09:10"), ("09:00", "09:17"), ("09:00", "09:25")):
        ticket = issue(client, f"2026-04-15 {came}", "admission")
        with world.at(f"2026-04-15 {went}"):
            client.post(reverse("admin:ticket-act", args=[ticket.pk, "call"]))
        with world.at(f"2026-04-15 {went}"):
            client.post(reverse("admin:ticket-act", args=[ticket.pk, "end"]))
    auditor = desk(school.auditor)
    with world.at("2026-04-16 09:00"):
        answer = auditor.get(reverse("reports:counter"))
        [(_named, waiting, serving)] = answer.context["rows"]
        lines = b"".join(auditor.get(reverse("reports:counter_csv")).streaming_content).decode()
    assert (waiting.count, waiting.alerts, waiting.late, waiting.longest) == (3, 2, 1, 25)
    assert (serving.count, serving.late) == (3, 0)
    assert [ticket.number for ticket, _named in answer.context["late"]] == [3]
    assert lines.startswith("\ufeff")
    assert len([line for line in lines.splitlines() if "15.04.2026" in line and "ADM-S10-1" in line]) == 3


def test_the_report_is_the_auditors_and_the_heads(school, desk):
    with world.at("2026-04-16 09:00"):
        codes = {who: desk(getattr(school, who)).get(reverse("reports:counter")).status_code
                 for who in ("auditor", "head", "clerk")}  # fmt: skip
        wrong = desk(school.auditor).get(reverse("reports:counter"), {"since": "2026-05-01", "until": "2026-04-01"})
    assert codes == {"auditor": 200, "head": 200, "clerk": 403}
    assert wrong.status_code == 400
