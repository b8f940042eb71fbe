"""What keeps failing is given up, never dropped: it stays owed and listed, and an operator has it run again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kazservices import clock
from kazservices.deadlines.models import Rerun
from kazservices.documents.models import Paper
from kazservices.flow import health, reruns
from kazservices.gateways.standin import StandIn
from kazservices.notices import delivery
from kazservices.notices.models import TRIES, Channel, Notice
from kazservices.notices.outbox import owe
from kazservices.stuck import FAILING, kinds
from tests import world

pytestmark = pytest.mark.django_db
NOON = "2026-03-24 12:00"


@pytest.fixture
def letter(user):
    """A letter by SMS, to a gateway where nobody listens (tests.settings)."""
    user.phone = "+77010000001"
    user.save()
    with world.at("2026-03-20 17:00"):
        owe("office_test", to=user, at=clock.now(), context={})
    return Notice.objects.get(channel=Channel.SMS)


def failed(letter, times):
    Notice.objects.filter(pk=letter.pk).update(attempts=times - 1)
    delivery.deliver_waiting()
    letter.refresh_from_db()


def test_a_letter_that_keeps_failing_is_tried_so_often_and_no_more_and_stays_owed(letter):
    with world.at(NOON):
        failed(letter, TRIES)
        assert (letter.attempts, letter.error, letter.sent_at) == (TRIES, "GatewayError", None)
    with world.at("2026-06-01 12:00"):
        assert delivery.deliver_waiting() == (0, 0)
        assert delivery.deliver_notice(letter.pk) is False, "nor by a bell that comes late"
        (row,) = reruns.listed(clock.now(), 10)
        assert (row.work, row.pk, row.is_given_up) == (delivery.WORK, letter.pk, True)


def test_what_fails_time_and_again_is_amber_and_what_was_given_up_is_red(letter):
    with world.at(NOON):
        assert health.health()["stuck"] == {"state": "green", "given_up": 0, "failing": 0}
        failed(letter, FAILING)
        assert health.health()["stuck"] == {"state": "amber", "given_up": 0, "failing": 1}
        Notice.objects.update(next_try_at=None)
        failed(letter, TRIES)
        assert health.health()["stuck"] == {"state": "red", "given_up": 1, "failing": 0}


def test_the_figures_tell_of_both(letter, client):
    def told(standing):
        said = client.get("/metrics").content.decode()
        (line,) = [line for line in said.splitlines() if line.startswith("kaz_stuck_work{") and f'"{standing}"' in line
                   and f'work="{delivery.WORK.code}"' in line]  # fmt: skip
        return float(line.split()[-1])

    with world.at(NOON):
        failed(letter, FAILING)
        assert (told("failing"), told("given_up")) == (1, 0)
        Notice.objects.update(next_try_at=None)
        failed(letter, TRIES)
        assert (told("failing"), told("given_up")) == (0, 1)


def test_the_last_attempt_of_a_dead_worker_counts_when_its_lease_is_over(letter):
    with world.at(NOON):
        Notice.objects.update(attempts=TRIES, lease_until=clock.now() + delivery.LEASE)
        assert reruns.listed(clock.now(), 10) == []
        assert len(reruns.listed(clock.now() + delivery.LEASE + timedelta(seconds=1), 10)) == 1


def test_an_operator_has_it_run_again_and_it_is_written_down_who(client, place, letter, settings):
    client.force_login(place.operator)
    with world.at(NOON), StandIn() as standin:
        failed(letter, TRIES)
        settings.KAZ_GATEWAY_URL = standin.url
        page = client.get(reverse("admin:stuck")).content.decode()
        assert "GatewayError" in page
        assert str(TRIES) in page
        client.post(reverse("admin:stuck"), {"kind": "letter", "row": letter.pk})
        assert delivery.deliver_waiting() == (1, 1)
    record = Rerun.objects.get()
    assert (record.kind, record.row, record.attempts, record.error) == ("letter", letter.pk, TRIES, "GatewayError")
    assert record.by == place.operator


def test_all_run_again_at_once_and_what_is_not_stuck_is_let_alone(client, place, user, letter):
    case = world.apply(user, place.office)
    Paper.objects.update(attempts=FAILING, fault="a glyph is missing")
    Notice.objects.filter(pk=letter.pk).update(attempts=TRIES)
    client.force_login(place.operator)
    with world.at(NOON):
        client.post(reverse("admin:stuck"))
    assert sorted(Rerun.objects.values_list("kind", "of")) == [("letter", ""), ("paper", case.number)]
    assert set(Paper.objects.values_list("attempts", flat=True)) == {0}


def test_pressed_twice_it_is_run_again_once(client, place, letter):
    Notice.objects.filter(pk=letter.pk).update(attempts=TRIES)
    client.force_login(place.operator)
    with world.at(NOON):
        for _ in range(2):
            client.post(reverse("admin:stuck"), {"kind": "letter", "row": letter.pk})
    assert Rerun.objects.count() == 1


@pytest.mark.parametrize("role", ["chair", "head", "auditor"])
def test_nobody_but_an_operator_has_anything_run_again(client, place, letter, role):
    Notice.objects.filter(pk=letter.pk).update(attempts=TRIES)
    client.force_login(getattr(place, role))
    assert client.post(reverse("admin:stuck")).status_code == 403
    assert not Rerun.objects.exists()


def test_an_unknown_kind_is_not_there(client, place):
    client.force_login(place.operator)
    assert client.post(reverse("admin:stuck"), {"kind": "nonsense", "row": "1"}).status_code == 404


@pytest.mark.parametrize("work", kinds(), ids=lambda work: work.code)
def test_each_kind_can_be_listed_counted_and_run_again(work):
    """Its columns are those that it names."""
    at = clock.now()
    assert list(work.stuck(at).values_list(work.of, work.since, work.error)) == []
    assert work.counts(at) == (0, 0)
    assert work.run_again(at, [1]) == 0


def test_every_room_that_owes_work_has_declared_it():
    assert {"letter", "question", "paper", "root", "recount", "exchange"} <= {work.code for work in kinds()}
