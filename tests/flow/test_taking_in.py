"""An office that lacks anything takes no application through any door, says so, and nothing of the draft is lost."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from kazservices.cases.models import Case, Draft
from kazservices.flow import filing
from kazservices.gateways import registers, sms
from kazservices.offices.models import Office, User
from kazservices.offices.opening import checklist, close_office
from tests import world
from tests.api.conftest import program

MOMENT = "2026-03-20 17:00"
YESTERDAY = "2026-03-19"
SAID = "сейчас не принимает заявления"

#: One of each check of the list, and the two acts by which an office ceases to provide a service.
LOST = {
    "name": lambda place: Office.objects.filter(pk=place.office.pk).update(name_ru=""),
    "contact": lambda place: Office.objects.filter(pk=place.office.pk).update(phone=""),
    "hours": lambda place: place.office.hours.filter(service="deferral").delete(),
    "commission": lambda place: place.office.commissions.update(until=YESTERDAY),
    "seats": lambda place: place.secretary.posts.update(until=YESTERDAY),
    "head": lambda place: place.head.posts.update(until=YESTERDAY),
    "clerk": lambda place: User.objects.filter(pk=place.clerk.pk).update(is_active=False),
    "operator": lambda place: place.operator.posts.update(until=YESTERDAY),
    "letter": lambda place: place.office.letter_proofs.update(delivered_at=None),
    "closed": lambda place: close_office(place.office, by=place.operator, reason="…"),
}


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(registers, "ask", lambda register, iin, *, key: {"found": True, "phone": "+77000000000"})
    monkeypatch.setattr(sms, "send", lambda phone, text, *, key: messages.append(text))
    return messages


def complete(user, place) -> Draft:
    made = world.filing(user, place.office)
    made.draft.data = {"category": "STUDY", "answers": {}}
    made.draft.save()
    return made.draft


def by_service(user, place, sent):
    ready = world.filing(user, place.office)
    return lambda: raised(world.file_application, ready)


def by_filing(user, place, sent):
    ready = world.filing(user, place.office)
    ready.draft.data = {"category": "STUDY", "answers": {}}
    ready.draft.save()
    return lambda: raised(filing.file, filing.progress_of(Draft.objects.get(pk=ready.draft.pk)), ready.signature)


def by_portal(user, place, sent):
    """The code has been sent; the citizen types it."""
    draft, client = complete(user, place), entered(user)
    client.post(f"/drafts/{draft.ref}/review/")
    typed = {"code": re.search(r"\d{6}", sent[-1]).group(), "key": draft.key}
    return lambda: words(client.post(f"/drafts/{draft.ref}/sign/", typed, follow=True))


def by_review(user, place, sent):
    """He reads everything once more, and asks for the code."""
    draft, client = complete(user, place), entered(user)
    return lambda: words(client.post(f"/drafts/{draft.ref}/review/", follow=True))


def by_program(user, place, sent):
    citizen = program(user)
    draft = complete(user, place)
    challenge = citizen.post(f"drafts/{draft.ref}/code/").json()["challenge"]
    body = {"challenge": challenge, "code": re.search(r"\d{6}", sent[-1]).group()}
    key = {"Idempotency-Key": str(draft.key)}
    return lambda: told(citizen.post(f"drafts/{draft.ref}/submission/", body, **key))


def by_program_asking_for_a_code(user, place, sent):
    citizen, draft = program(user), complete(user, place)
    return lambda: told(citizen.post(f"drafts/{draft.ref}/code/"))


def by_program_beginning(user, place, sent):
    citizen, draft = program(user), complete(user, place)
    assert draft is not None
    asked = {"service": "deferral", "office": place.office.code, "category": "STUDY"}
    return lambda: told(citizen.post("drafts/", asked))


def entered(user):
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "ru"
    return client


def raised(act, *facts) -> str:
    """What was objected to at the office; empty when nothing was."""
    try:
        with transaction.atomic():
            act(*facts)
    except ValidationError as error:
        return "" if set(error.message_dict) != {"office"} else SAID
    return ""


def words(answer) -> str:
    assert answer.status_code < 500
    return SAID if SAID in answer.content.decode() else ""


def told(answer) -> str:
    if answer.status_code < 400:
        return ""
    assert answer.status_code < 500, answer.content
    return SAID if answer.json()["errors"]["office"] else ""


DOORS = {
    "service": (by_service, True),
    "filing": (by_filing, True),
    "portal": (by_portal, True),
    "review": (by_review, False),
    "submission": (by_program, True),
    "code": (by_program_asking_for_a_code, False),
    "drafts": (by_program_beginning, False),
}


@pytest.mark.norm("CONS-S1", "CONS-10-1")
@pytest.mark.parametrize("door", DOORS)
def test_an_office_that_lacks_something_takes_nothing_through_any_door_and_nothing_is_lost(place, user, sent, door):
    make, files = DOORS[door]
    with world.at(MOMENT):
        knock = make(user, place, sent)
        drafts, kept = Draft.objects.count(), Draft.objects.latest("pk").attachments.count()
        for code, lose in LOST.items():
            with transaction.atomic():
                lose(place)
                assert knock() == SAID, (door, code)
                assert not Case.objects.exists(), (door, code)
                draft = Draft.objects.latest("pk")
                assert (Draft.objects.count(), draft.attachments.count(), draft.case) == (drafts, kept, None), code
                transaction.set_rollback(True)
        assert knock() == ""  # with everything there again: the same draft, the same code
    assert Case.objects.exists() is files


def test_every_check_of_the_list_is_tried(place):
    untried = {check.code for check in checklist(place.office)} - set(LOST)
    assert untried == {"superior"}  # the database itself keeps an open office under one
