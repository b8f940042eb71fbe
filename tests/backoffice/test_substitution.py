"""Substitution during leave: the posts of who is away are held for those days, votes never are."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.urls import reverse

from kazservices.api import tokens
from kazservices.api.models import Scope
from kazservices.backoffice import history
from kazservices.cases.models import Case
from kazservices.cases.permission import standing
from kazservices.documents import checking, papers
from kazservices.flow import sweeps
from kazservices.flow.door import advance, prepare
from kazservices.notices.models import Notice
from kazservices.offices.absences import end_absence, note_absence
from kazservices.offices.models import Absence, Staff
from kazservices.offices.roles import Role
from kazservices.offices.service import holders, in_place_of, is_absent, offices_of, posts_of, roles_of
from tests import world

ABSENCES = "/admin/commission/absences/"
FIRST, LAST = date(2026, 3, 30), date(2026, 4, 3)  # Mon to Fri
ACT = "№ 41-ж, 27.03.2026"


@pytest.fixture
def helper(place):
    """A member of the staff of another office, without a post here."""
    return world.build_place("05", "Басқа аудан әкімдігі").clerk


def away(place, user, substitute=None, *, since=FIRST, until=LAST, act=ACT):
    return note_absence(
        user=user, office=place.office, since=since, until=until, reason="Еңбек демалысы", by=place.head,
        substitute=substitute, act=act,
    )  # fmt: skip


def fault_of(refusal) -> set:
    return set(refusal.value.message_dict)


DAYS = {
    "2026-03-29 23:59": False,  # Sun, the day before
    "2026-03-30 00:00": True,  # Mon, the first day
    "2026-04-03 23:59": True,  # Fri, the last day
    "2026-04-04 00:00": False,  # Sat, the day after
}


@pytest.mark.parametrize("moment", DAYS)
@pytest.mark.parametrize("role", ["secretary", "clerk", "head"])
def test_the_posts_are_held_from_the_first_day_to_the_last(place, user, helper, role, moment):
    case, held = world.to_hearing(user, place), DAYS[moment]
    away(place, getattr(place, role), helper)
    with world.at(moment):
        case = Case.objects.get(pk=case.pk)
        assert roles_of(helper, place.office) == ({role} if held else set())
        assert (place.office.pk in offices_of(helper)) is held
        assert Case.objects.visible_to(helper).filter(pk=case.pk).exists() is held
        assert standing(case, helper) == (frozenset({role}) if held else frozenset())
        assert (helper in {post.user for post in holders(place.office, role)}) is held
        assert role in roles_of(getattr(place, role), place.office)  # who is away keeps his post


def test_every_page_of_a_case_opens_to_the_substitute_on_those_days_only(place, user, helper, desk):
    case = world.to_hearing(user, place)
    away(place, place.secretary, helper)
    answered = {}
    for moment in ("2026-03-27 12:00", "2026-03-31 12:00", "2026-04-06 12:00"):
        with world.at(moment):
            client = desk(helper)
            answered[moment[:10]] = [
                client.get(address).status_code
                for address in (
                    reverse("admin:case", args=[case.ref]),
                    reverse("admin:file", args=[case.ref, case.attachments.get().pk]),
                    reverse("admin:paper", args=[case.ref, case.papers.filter(state="issued").last().pk]),
                    reverse("admin:move", args=[case.ref, "record_no_show"]),
                )
            ]
    assert answered == {
        "2026-03-27": [404, 404, 404, 403],  # Fri, before
        "2026-03-31": [200, 200, 200, 200],  # Tue, during
        "2026-04-06": [404, 404, 404, 403],  # Mon, after
    }


@pytest.mark.parametrize("role", ["chair", "deputy", "member1"])
def test_a_voting_seat_is_never_substituted(place, helper, role):
    with pytest.raises(ValidationError) as refusal:
        away(place, getattr(place, role), helper)
    assert fault_of(refusal) == {"substitute"}
    assert not Absence.objects.exists()


def test_the_database_itself_refuses_a_substitute_with_a_vote(place, helper):
    absence = away(place, place.secretary, helper)
    seat = place.member1.posts.get()
    with pytest.raises(IntegrityError):
        Staff.objects.create(
            user=helper, office=place.office, role=Role.MEMBER, commission=seat.commission, since=FIRST, until=LAST,
            stands_for=seat, absence=absence,
        )  # fmt: skip


def test_who_both_votes_and_keeps_an_office_is_substituted_in_the_office_alone(place, helper):
    place.member1.posts.create(office=place.office, role=Role.CLERK, since=world.SINCE)
    away(place, place.member1, helper)
    with world.at("2026-03-31 12:00"):
        assert roles_of(helper, place.office) == {"clerk"}


def test_nobody_stands_in_for_himself_nor_while_away_himself(place, helper):
    with pytest.raises(ValidationError) as refusal:
        away(place, place.secretary, place.secretary)
    assert fault_of(refusal) == {"substitute"}
    away(place, helper, since=LAST, until=LAST + timedelta(days=3))  # one day in common
    with pytest.raises(ValidationError) as refusal:
        away(place, place.secretary, helper)
    assert fault_of(refusal) == {"substitute"}
    away(place, place.secretary, helper, until=LAST - timedelta(days=1))


def test_no_chain_and_no_circle(place, helper):
    away(place, place.secretary, place.clerk)
    for substitute in (place.secretary, helper, None):
        with pytest.raises(ValidationError) as refusal:
            away(place, place.clerk, substitute)
        assert fault_of(refusal) == {"user"}
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(("since", "until"), [(FIRST, FIRST), (LAST, LAST + timedelta(days=5))])
def test_absences_of_one_person_do_not_overlap(place, since, until):
    away(place, place.secretary)
    with pytest.raises(ValidationError) as refusal:
        away(place, place.secretary, since=since, until=until)
    assert fault_of(refusal) == {"since"}


@pytest.mark.parametrize("who", ["chair", "deputy"])
@pytest.mark.parametrize("absent", ["secretary", "head"])
def test_who_presides_does_not_stand_in_for_the_second_hand(place, who, absent):
    with pytest.raises(ValidationError) as refusal:
        away(place, getattr(place, absent), getattr(place, who))
    assert fault_of(refusal) == {"substitute"}


def test_no_order_no_substitute(place, helper):
    with pytest.raises(ValidationError) as refusal:
        away(place, place.secretary, helper, act=" ")
    assert fault_of(refusal) == {"act"}


def test_a_closed_account_or_a_citizen_stands_in_for_nobody(place, user, helper):
    helper.is_active = False
    helper.save()
    for person in (helper, user):
        with pytest.raises(ValidationError) as refusal:
            away(place, place.secretary, person)
        assert fault_of(refusal) == {"substitute"}


def test_whoever_is_recused_from_a_case_does_not_act_in_it_as_a_substitute_either(place, user, helper):
    case = world.to_hearing(user, place)
    away(place, place.secretary, helper)
    case.recusals.create(user=helper, reason="Туысы", noted_by=place.head, noted_at=case.submitted_at)
    with world.at("2026-04-01 11:40"), pytest.raises(PermissionDenied):
        advance(case, "record_no_show", by=helper, note="…")


def test_letters_and_warnings_go_to_the_substitute_as_well(place, user, helper):
    away(place, place.secretary, helper)
    away(place, place.head, place.clerk)
    case = world.to_hearing(user, place, when="2026-03-30 12:00")
    told = Notice.objects.filter(case=case.pk, letter="staff_hearing", channel="cabinet")
    assert {notice.recipient for notice in told} == {place.secretary, helper}
    with world.at("2026-04-03 10:00"):  # Fri: the term ended on Thursday
        sweeps.run("breaches")
    told = Notice.objects.filter(case=case.pk, letter="breach", channel="cabinet")
    assert {notice.recipient for notice in told} == {place.head, place.clerk}


def test_the_journal_says_who_acted_and_in_whose_place(place, user, helper):
    away(place, place.secretary, helper)
    case = world.to_hearing(user, place)
    with world.at("2026-04-01 11:40"):
        world.make(case, "record_no_show", helper, note="Келмеді")
        entry = case.journal.get(move="record_no_show")
        assert (entry.actor, entry.kept.facts["in_place_of"]) == (helper, place.secretary.pk)
        line = next(event for event in history.story(case) if event.at == entry.at and helper.full_name in event.by)
        assert place.secretary.full_name in line.by
        assert in_place_of(posts_of(place.secretary, place.office), Role.SECRETARY) is None


def test_a_record_signed_by_the_substitute_still_takes_the_hand_of_another(place, user, helper):
    away(place, place.secretary, helper)
    case = world.to_hearing(user, place)
    record = world.RECORD | {
        "started_at": world.local("2026-04-01 11:00"), "ended_at": world.local("2026-04-01 11:30"),
    }  # fmt: skip
    with world.at("2026-04-01 11:40"):
        paper = prepare(case, "record_hearing", by=helper, **record)
        papers.render(paper.pk)
        paper.refresh_from_db()
        for _twice in range(2):
            papers.sign(paper, by=helper, sha256=paper.sha256)
        assert not papers.fully_signed(paper)
        papers.sign(paper, by=place.chair, sha256=paper.sha256)
        assert papers.fully_signed(paper)


def test_the_substitution_ends_with_the_absence(place, helper):
    absence = away(place, place.secretary, helper)
    with world.at("2026-04-01 09:00"):
        end_absence(absence, by=place.head)
        assert roles_of(helper, place.office) == set()
    with world.at("2026-03-31 09:00"):
        assert roles_of(helper, place.office) == {"secretary"}  # what was, was
    later = away(place, place.secretary, helper, since=date(2026, 5, 4), until=date(2026, 5, 8))
    with world.at("2026-04-01 09:00"):
        end_absence(later, by=place.head)
    assert Staff.objects.filter(user=helper, office=place.office).count() == 1


WEDNESDAY = date(2026, 4, 1)  # the day of the hearing


@pytest.fixture
def signed(place, user, helper):
    """A substitution whose first day it is, with a record signed in it and a program that works by its post."""
    case = world.to_hearing(user, place)
    absence = away(place, place.secretary, helper, since=WEDNESDAY)
    with world.at("2026-04-01 10:00"):
        post = absence.substitutions.get()
        _token, secret = tokens.make(helper, name="…", scopes=[Scope.READ], lives=timedelta(days=9), post=post)
    record = world.RECORD | {
        "started_at": world.local("2026-04-01 11:00"), "ended_at": world.local("2026-04-01 11:30"),
    }  # fmt: skip
    with world.at("2026-04-01 11:40"):
        world.make(case, "record_hearing", helper, **record)
    return absence, case, secret


def test_a_substitution_ended_on_its_first_day_gives_nothing_from_that_instant_and_stays_written(
    place, helper, desk, signed
):
    absence, case, secret = signed
    with world.at("2026-04-01 11:59"):
        assert roles_of(helper, place.office) == {"secretary"}
        assert tokens.find(secret) is not None
        client = desk(place.head)
    with world.at("2026-04-01 12:00"):
        assert client.post(reverse("admin:absence-end", args=[absence.pk])).status_code == 302
        assert roles_of(helper, place.office) == set()
        assert standing(Case.objects.get(pk=case.pk), helper) == frozenset()
        assert not Case.objects.visible_to(helper).filter(pk=case.pk).exists()
        assert desk(helper).get(reverse("admin:case", args=[case.ref])).status_code == 404
        assert tokens.find(secret) is None
        post = Staff.objects.get(absence=absence)
        assert (post.since, post.until, post.ended_by) == (WEDNESDAY, WEDNESDAY, place.head)
        assert not post.covers(WEDNESDAY)
    absence.refresh_from_db()
    assert (absence.ended_by, absence.ended_at, absence.until) == (place.head, post.ended_at, LAST)


@pytest.mark.parametrize("moment", ["2026-04-01 12:30", "2026-04-02 09:00", "2027-04-01 09:00"])
def test_the_public_page_names_the_post_in_which_a_substitute_signed_whenever_it_is_asked(
    place, helper, signed, moment
):
    absence, case, _secret = signed
    with world.at("2026-04-01 12:00"):
        end_absence(absence, by=place.head)
    helper.is_active = False  # he has left since
    helper.save()
    with world.at(moment):
        paper = case.papers.get(kind="hearing_record")
        assert {paper.signed_by, paper.countersigned_by} == {helper, place.chair}
        assert "—" not in checking.find(paper.public_code).signed_by


def test_who_is_back_before_noon_votes_in_the_afternoon_and_may_leave_again(place, helper):
    absence = away(place, place.member1, since=WEDNESDAY)
    with world.at("2026-04-01 11:00"):
        assert is_absent(place.member1, place.office)
        end_absence(absence, by=place.secretary)
        assert not is_absent(place.member1, place.office)
        again = away(place, place.member1, since=WEDNESDAY)
        assert is_absent(place.member1, place.office)
    assert Absence.objects.count() == 2
    with world.at("2026-04-01 12:00"):
        end_absence(again, by=place.secretary)
        end_absence(again, by=place.head)  # a second press
    again.refresh_from_db()
    assert again.ended_by == place.secretary


def test_what_was_called_off_before_its_first_day_leaves_a_line(place, helper, desk):
    absence = away(place, place.secretary, helper)
    with world.at("2026-03-29 23:59"):  # Sun
        end_absence(absence, by=place.head)
        assert "отменено" in desk(place.head).get(ABSENCES).content.decode()
    with world.at("2026-03-31 12:00"):
        assert not is_absent(place.secretary, place.office)
        assert roles_of(helper, place.office) == set()
    absence.refresh_from_db()
    assert (absence.was_called_off, absence.ended_by, absence.until) == (True, place.head, LAST)


def test_no_post_that_has_begun_goes_with_its_absence(signed):
    absence, _case, _secret = signed
    with pytest.raises(ProtectedError):
        absence.delete()


def test_the_page_of_tokens_says_that_a_post_has_ended(place, helper, desk, signed):
    absence, _case, _secret = signed
    with world.at("2026-04-01 12:00"):
        client = desk(helper)
        assert "срок должности истёк" not in client.get(reverse("tokens:list")).content.decode()
        end_absence(absence, by=place.head)
        assert "срок должности истёк" in client.get(reverse("tokens:list")).content.decode()


def test_the_substitution_ends_with_the_post_itself(place, helper):
    away(place, place.secretary, helper)
    place.secretary.posts.update(until=date(2026, 3, 31))
    with world.at("2026-03-31 12:00"):
        assert roles_of(helper, place.office) == {"secretary"}
    with world.at("2026-04-01 12:00"):
        assert roles_of(helper, place.office) == set()
        assert place.office.pk not in offices_of(helper)


# --- at the desk ---


def written(person, **other):
    known = {"user": person.pk, "since": FIRST.isoformat(), "until": LAST.isoformat(), "reason": "Еңбек демалысы"}
    return known | other


@pytest.mark.parametrize("who", ["head", "operator"])
def test_head_and_operator_name_a_substitute_at_the_desk(place, desk, who):
    client = desk(getattr(place, who))
    with world.at("2026-03-27 10:00"):
        assert client.get(ABSENCES).status_code == 200
        sent = client.post(ABSENCES, written(place.secretary, substitute=place.clerk.pk, act=ACT))
        assert sent.status_code == 302
        row = Absence.objects.get()
        assert (row.substitute, row.act, row.entered_by) == (place.clerk, ACT, getattr(place, who))
        assert place.clerk.full_name in client.get(ABSENCES).content.decode()
        client.post(reverse("admin:absence-end", args=[row.pk]))
    row.refresh_from_db()
    assert row.ended_by == getattr(place, who)
    assert not Staff.objects.exclude(stands_for=None).exists()


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize(
    ("other", "field"),
    [
        (lambda place: {"substitute": place.clerk.pk}, "act"),
        (lambda place: {"substitute": place.chair.pk, "act": ACT}, "substitute"),
        (lambda place: {"substitute": place.secretary.pk, "act": ACT}, "substitute"),
        (lambda place: {"substitute": "999999", "act": ACT}, "substitute"),
    ],
)
def test_a_wrong_substitute_is_refused_at_his_field(place, desk, other, field, language):
    answer = desk(place.head, language).post(ABSENCES, written(place.secretary, **other(place)))
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in answer.content.decode()
    assert not Absence.objects.exists()


def test_the_secretary_writes_absences_of_the_commission_and_names_nobody(place, desk):
    client = desk(place.secretary)
    with world.at("2026-03-27 10:00"):
        assert b'name="substitute"' not in client.get(ABSENCES).content
        client.post(ABSENCES, written(place.member1, substitute=place.clerk.pk, act=ACT))
        assert Absence.objects.get().substitute is None
        assert client.post(ABSENCES, written(place.clerk)).status_code == 422  # not of the commission
        named = away(place, place.head, place.clerk)
        assert client.post(reverse("admin:absence-end", args=[named.pk])).status_code == 403
    assert Absence.objects.filter(pk=named.pk, until=LAST).exists()


def test_the_old_form_writes_no_absences(place, desk):
    assert desk(place.operator).get("/admin/offices/absence/add/").status_code == 403
    absence = away(place, place.secretary)
    answer = desk(place.operator).post(f"/admin/offices/absence/{absence.pk}/change/", {"until": "2027-01-01"})
    assert answer.status_code == 403
