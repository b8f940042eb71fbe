"""Letters: owed with the move, served in the cabinet at once, copied once, in the reader's language."""

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError
from kombu.exceptions import OperationalError

from kazservices import clock
from kazservices.flow.manifest import all_manifests
from kazservices.gateways.standin import StandIn
from kazservices.notices import delivery, outbox
from kazservices.notices.models import Channel, Notice
from tests import world

LETTERS = Path(django_settings.BASE_DIR) / "templates" / "letters"
pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(settings):
    with StandIn() as standin:
        settings.KAZ_GATEWAY_URL = standin.url
        yield standin.world


def test_every_letter_has_both_languages_and_every_move_only_letters_that_exist():
    names = {path.name.split(".")[0] for path in LETTERS.iterdir()}
    for name in names:
        assert (LETTERS / f"{name}.kk.txt").exists()
        assert (LETTERS / f"{name}.ru.txt").exists()
    owed = {letter.name for m in all_manifests() for letters in m.letters.values() for letter in letters}
    of_sweeps = {
        "breach",
        "warning_official",
        "warning_head",
        "commission_ends",
        "measure_overdue",
        "office_lacks",
        "post_ends",
        "due_moved",
        "staff_due_moved",
        "calendar_ends",
        "counter_alert",
        "counter_breach",
    }
    of_offices = {"office_test", "staff_invitation"}
    of_powers = {"power_revoked", "power_taken_back"}
    assert owed | of_sweeps | of_offices | of_powers == names


def test_no_latin_letter_hides_in_a_kazakh_word():
    for path in LETTERS.glob("*.txt"):
        text = re.sub(r"\{[{%].*?[%}]\}", " ", path.read_text())
        assert not re.findall(r"\b(?=\w*[а-яәғқңөұүһі])(?=\w*[a-z])\w+\b", text, re.IGNORECASE), path.name


@pytest.mark.norm("CONS-10-6")
def test_the_notice_is_served_in_the_transaction_of_the_move_though_no_worker_lives(user, place):
    case = world.to_hearing(user, place)  # D3, 12:00
    letter = Notice.objects.get(case=case.pk, letter="hearing_notice", channel=Channel.CABINET)
    assert case.time.local(letter.served_at).isoformat() == "2026-03-30T12:00:00+05:00"
    assert "1 сәуір" in letter.body
    assert (
        Notice.objects.filter(case=case.pk, letter="hearing_notice", sent_at=None).exclude(channel="cabinet").exists()
    )


def test_a_letter_speaks_the_language_of_its_reader(user, place):
    user.language = "ru"
    user.save()
    case = world.to_hearing(user, place)
    letter = Notice.objects.get(case=case.pk, letter="hearing_notice", channel=Channel.CABINET)
    assert "Вы приглашены" in letter.subject or "вы приглашены" in letter.subject
    assert "1 апреля" in letter.body


def test_copies_reach_the_gateway_once_however_often_the_sweep_runs(user, place, outside):
    with world.at("2026-03-20 17:00"):
        world.apply(user, place.office)
    for minute in range(3):
        with world.at(f"2026-03-20 17:0{minute + 1}"):
            delivery.deliver_waiting()
    arrived = [m for m in outside.messages if m["phone"] == user.phone]
    assert len(arrived) == 1
    assert not arrived[0]["duplicate"]


def test_a_silent_gateway_is_asked_again_later_with_the_same_key(user, place, outside):
    outside.silent.add("sms")
    with world.at("2026-03-20 17:00"):
        world.apply(user, place.office)
    with world.at("2026-03-20 17:01"):
        assert delivery.deliver_waiting()[1] == 0
        outside.silent.clear()
        assert delivery.deliver_waiting() == (0, 0)  # not at once: it waits
    with world.at("2026-03-20 17:05"):
        assert delivery.deliver_waiting()[1] >= 1
    notice = Notice.objects.get(channel="sms", recipient=user)
    assert (notice.attempts, notice.error) == (2, "")
    assert [m["key"] for m in outside.messages if m["phone"] == user.phone] == [str(notice.key)]


def test_a_message_that_went_out_before_the_crash_is_known_again_by_its_key(user, place, outside):
    with world.at("2026-03-20 17:00"):
        world.apply(user, place.office)
    notice = Notice.objects.get(channel="sms", recipient=user)
    with world.at("2026-03-20 17:01"):
        delivery.deliver_notice(notice.pk)
    Notice.objects.filter(pk=notice.pk).update(sent_at=None)  # the mark was lost with the worker
    with world.at("2026-03-20 17:10"):
        delivery.deliver_notice(notice.pk)
    assert [m["duplicate"] for m in outside.messages if m["key"] == str(notice.key)] == [False, True]


@pytest.mark.usefixtures("outside")
def test_what_could_not_be_marked_is_marked_later_and_not_sent_again(user, place, monkeypatch):
    with world.at("2026-03-20 17:00"):
        world.apply(user, place.office)
    notice = Notice.objects.get(channel="sms", recipient=user)
    rows, sent = type(Notice.objects.all()), []
    update, send = rows.update, delivery._send

    def on_a_full_disk(found, **values):
        if values.get("sent_at"):
            raise DatabaseError("database or disk is full")
        return update(found, **values)

    monkeypatch.setattr(delivery, "_send", lambda copy: (sent.append(copy.pk), send(copy)))
    with world.at("2026-03-20 17:01"), monkeypatch.context() as full:
        full.setattr(rows, "update", on_a_full_disk)
        with pytest.raises(DatabaseError):
            delivery.deliver_notice(notice.pk)
        at = clock.now()
    with world.at("2026-03-20 17:10"):
        assert delivery.deliver_notice(notice.pk)
    notice.refresh_from_db()
    assert (sent, notice.sent_at) == ([notice.pk], at)


def test_one_bad_copy_keeps_no_other_waiting(user, place, outside, monkeypatch, caplog):
    world.to_members(user, place)
    waiting = list(Notice.objects.to_send(clock.now()))
    sent = delivery._send

    def sometimes(notice):
        if notice.pk == waiting[0].pk:
            raise UnicodeError(notice.address)
        sent(notice)

    monkeypatch.setattr(delivery, "_send", sometimes)
    assert len(waiting) > 1
    assert delivery.deliver_waiting() == (len(waiting), len(waiting) - 1)
    waiting[0].refresh_from_db()
    assert (waiting[0].sent_at, waiting[0].error) == (None, "UnicodeError")
    assert waiting[0].next_try_at > clock.now()
    assert waiting[0].address not in caplog.text


def test_at_a_silent_broker_one_bell_is_tried_and_the_sweep_sends_them_all(
    user, place, outside, monkeypatch, django_capture_on_commit_callbacks
):
    rung, letters = [], [outbox.Letter("office_test", user, None, {"office": place.office})] * 3

    def silent(key):
        rung.append(key)
        raise OperationalError

    monkeypatch.setattr(outbox.deliver, "delay", silent)
    with world.at("2026-03-20 17:00"), django_capture_on_commit_callbacks(execute=True):
        served = outbox.owe_many(letters, at=clock.now())
    assert [letter.channel for letter in served] == [Channel.CABINET] * 3
    assert len(rung) == 1
    with world.at("2026-03-20 17:01"):
        delivery.deliver_waiting()
    assert len([m for m in outside.messages if m["phone"] == user.phone]) == 3
