"""Sent to a body that does not work with the program: tracked, reminded of, never a breach of ours. Norm: GAP-34."""

from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kazservices.flow import sweeps
from kazservices.flow.door import advance
from kazservices.notices.models import Notice
from kazservices.reports import clocks
from kazservices.reports.scope import Scope
from tests import world
from tests.complaints import scene
from tests.complaints.scene import clock_of, day_of, fresh

ANSWER = {"outcome": "satisfied", "number": "3-1/77", "answered_on": "2026-04-15", "motive": "Бас тарту негізсіз."}


@pytest.fixture
def sent(user, place, refused):
    """Forwarded to the akimat of the region on Wed 8 April 2026; it does not work with the program."""
    with world.at("2026-04-03 17:00"):
        complaint = scene.complain(user, place.office, about=refused)
    with world.at("2026-04-08 10:00"):
        return scene.forward(complaint, place.clerk)


@pytest.fixture
def confirmed(sent, place):
    with world.at("2026-04-10 10:00"):
        return advance(sent, "confirm_registration", by=place.clerk, number="ЖТ-5", registered_on="2026-04-09")


@pytest.fixture
def cabinet(user):
    """The complainant in his cabinet, in Russian."""
    client = Client()
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    with translation.override("ru"):
        yield client


def reminders(complaint):
    return Notice.objects.filter(case=complaint.pk, letter="complaint_unconfirmed", channel="cabinet").count()


def test_the_clerk_is_reminded_after_one_and_after_three_working_days(sent):
    for moment, told in (("2026-04-09 08:59", 0), ("2026-04-09 09:00", 1), ("2026-04-10 18:00", 1),
                         ("2026-04-13 09:00", 2), ("2026-04-20 09:00", 2)):  # fmt: skip
        with world.at(moment):
            sweeps.make_due_moves()
            assert reminders(sent) == told, moment


def test_a_sweep_that_comes_late_says_it_once(sent):
    for moment in ("2026-04-15 09:00", "2026-04-15 09:10"):
        with world.at(moment):
            sweeps.make_due_moves()
        assert reminders(sent) == 1


def test_a_confirmation_written_down_before_opening_begins_no_clock_in_the_future(sent, place):
    with world.at("2026-04-09 08:30"):
        told = scene.move(sent, "confirm_registration", place.clerk, number="5-12", registered_on="2026-04-09")
    assert sent.time.local(clock_of(told, "their_5").started_at).isoformat() == world.local("2026-04-09 08:30")
    assert day_of(told, "their_5") == date(2026, 4, 16)  # Thu 9 April -> Thu


def test_once_it_is_confirmed_nobody_is_reminded(confirmed):
    with world.at("2026-04-20 09:00"):
        sweeps.make_due_moves()
    assert reminders(confirmed) == 0


@pytest.mark.norm("CONS-14-4", "CONS-14-5")
def test_their_term_counts_from_their_own_registration(confirmed):
    assert day_of(confirmed, "their_5") == date(2026, 4, 16)  # Thu 9 April -> Thu
    assert clock_of(confirmed, "their_5").external
    assert clock_of(confirmed, "their_15") is None


@pytest.mark.norm("CONS-14-5")
def test_the_complainant_reads_by_when_the_body_answers_and_that_its_term_has_passed(confirmed, cabinet):
    address = reverse("portal:case", args=[confirmed.ref])
    with world.at("2026-04-16 10:00"):
        assert "Его ответ должен быть не позднее: 16 апреля" in cabinet.get(address).content.decode()
    with world.at("2026-04-17 10:00"):
        assert "Его срок истёк 16 апреля" in cabinet.get(address).content.decode()


@pytest.mark.norm("CONS-14-5")
def test_of_the_authority_for_quality_it_is_fifteen_working_days(user, place, refused):
    scene.build_authority(place.office)
    with world.at("2026-04-03 17:00"):
        complaint = scene.complain(user, place.office, about=refused, addressee="quality")
    with world.at("2026-04-08 10:00"):
        complaint = scene.forward(complaint, place.clerk)
        complaint = advance(
            complaint, "confirm_registration", by=place.clerk, number="ЖТ-5", registered_on="2026-04-08"
        )
    assert day_of(complaint, "their_15") == date(2026, 4, 29)  # Wed 8 April -> Wed


@pytest.mark.norm("CONS-14-5")
def test_when_they_answer_late_no_breach_is_ours_and_no_report_of_ours_counts_it(confirmed, place):
    with world.at("2026-05-20 10:00"):  # Wed: their five days were over on Thu 16 April
        sweeps.note_breaches()
        scope = Scope((place.office,), date(2026, 4, 1), date(2026, 5, 31), as_of=world.clock.now())
        late = clocks.standing(clocks.clocks(scope.narrowed(service="complaint")), clocks.LATE)
        assert list(late) == []
        assert [clock.rule for clock in clocks.theirs(scope.narrowed(service="complaint"))] == ["complaint.their_5"]
    assert not confirmed.deadlines.breaches().exists()
    assert fresh(confirmed).next_due_at is None  # nothing of ours is left to do


@pytest.mark.norm("CONS-14-5")
@pytest.mark.parametrize(("day", "code"), [("2026-04-11", "future"), ("2026-04-07", "before_sending")])
def test_a_confirmation_of_the_future_or_from_before_the_sending_is_told_at_its_field(sent, place, day, code):
    with world.at("2026-04-10 10:00"), pytest.raises(ValidationError) as refusal:
        advance(sent, "confirm_registration", by=place.clerk, number="ЖТ-5", registered_on=day)
    assert refusal.value.error_dict["registered_on"][0].code == code
    assert fresh(sent).their_registered_on is None


@pytest.mark.norm("CONS-14-5")
@pytest.mark.parametrize(("day", "code"), [("2026-04-21", "future"), ("2026-04-08", "too_early")])
def test_an_answer_of_the_future_or_from_before_the_registration_is_told_at_its_field(confirmed, place, day, code):
    with world.at("2026-04-20 10:00"), pytest.raises(ValidationError) as refusal:
        advance(confirmed, "record_answer", by=place.clerk, **ANSWER | {"answered_on": day})
    assert refusal.value.error_dict["answered_on"][0].code == code


@pytest.mark.norm("CONS-14-5", "LAW-5-2-9")
def test_an_answer_is_written_down_with_its_reasons(confirmed, place):
    with world.at("2026-04-15 12:00"), pytest.raises(ValidationError) as refusal:
        advance(confirmed, "record_answer", by=place.clerk, **ANSWER | {"motive": " "})
    assert refusal.value.error_dict["motive"][0].code == "words"
    assert fresh(confirmed).state == "forwarded"


@pytest.mark.norm("LAW-5-2-9")
def test_a_complaint_that_is_not_upheld_orders_nothing_and_opens_no_case(confirmed, place, refused):
    with world.at("2026-04-15 12:00"):
        answered = advance(
            confirmed, "record_answer", by=place.clerk, **ANSWER | {"outcome": "refused"}, ordered="Қайта қарау.",
            within=3, reopen=True,
        )  # fmt: skip
    refused.refresh_from_db()
    assert (answered.ordered, answered.execute_within, refused.state) == ("", None, "refused")


@pytest.mark.norm("CONS-14-5", "LAW-5-2-9")
def test_an_answer_that_upholds_opens_the_case_again_with_the_term_it_sets(confirmed, place, refused, user):
    with world.at("2026-04-20 10:00"):  # Mon
        complaint = advance(
            confirmed, "record_answer", by=place.clerk, **ANSWER, ordered="Қайта қарау.", within=2, reopen=True
        )
    assert (complaint.state, complaint.decision) == ("answered", "№ 3-1/77, 15.04.2026")
    refused.refresh_from_db()
    assert refused.state == "opinions_in"
    clock = refused.deadlines.running().get(rule="deferral.decide")
    assert refused.time.local(clock.due_at).date() == date(2026, 4, 22)  # two working days from Mon 20 April
    assert Notice.objects.filter(case=complaint.pk, letter="complaint_their_answer", recipient=user).exists()
    assert clock_of(complaint, "their_5").ended_at <= clock_of(complaint, "their_5").due_at  # answered on Wed 15


@pytest.mark.norm("LAW-5-2-9")
def test_a_term_of_execution_beyond_the_calendar_is_told_at_its_field(client, confirmed, place):
    client.force_login(place.clerk)
    said = {**ANSWER, "ordered": "Қайта қарау.", "reopen": "on", "within": "366"}
    with world.at("2026-11-10 10:00"):
        answer = client.post(reverse("admin:move", args=[confirmed.ref, "record_answer"]), said)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"within"}
    assert fresh(confirmed).state == "forwarded"
