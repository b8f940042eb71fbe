"""No office, and no stranger, sees another's case by any address: every route against every person (matrix.txt).

200 shown, 302 led away (to enter, or on), 403 his role lacks it, 404 not his to know of, 405 sent, never opened.
A route without a row fails; so does a row without a route.
"""

from pathlib import Path

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from kazservices.cases.models import Case
from kazservices.documents import papers
from tests import world

MATRIX = Path(__file__).with_name("matrix.txt")
PEOPLE = ("anonymous", "owner", "citizen", "chair", "operator", "auditor", "other_chair")
DRAFT_PAGES = {"draft", "category", "details", "consent", "papers", "review", "sign", "take-away", "discard"}


def routes(patterns=None, namespace=""):
    """(name, its parameters) of every route of the product."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(entry, URLPattern):
            yield from routes(entry.url_patterns, entry.namespace or namespace)
        elif entry.name:
            keys = tuple(entry.pattern.converters) or tuple(entry.pattern.regex.groupindex)
            yield f"{namespace}:{entry.name}".lstrip(":"), keys


def rows():
    lines = (line.split() for line in MATRIX.read_text().splitlines() if not line.startswith("#"))
    return {name: [int(code) for code in codes] for name, *codes in lines}


@pytest.fixture
def scene(place, user):
    """(people, address of a route) around one case at its hearing and one draft."""
    other = world.build_place("07", "Басқа аудан әкімдігі")
    case = world.to_hearing(user, place)
    papers.render_waiting()
    with world.at("2026-03-30 12:30"):
        draft = world.build_draft(user, place.office)
        upload = world.attach(draft, "study_certificate", world.picture(), by=user)
    citizen = world.build_recipient("000101100006")
    staff = (place.chair, place.operator, place.auditor, other.chair)
    people = dict(zip(PEOPLE, (None, user, citizen, *staff), strict=True))
    paper = case.papers.filter(state="issued").last()
    letter = case.notices.filter(recipient=user, channel="cabinet").first()
    known = {
        "ref": case.ref, "code": "deferral", "move": "record_no_show", "name": "give_position", "pk": paper.pk,
        "paper_id": paper.pk, "attachment_id": case.attachments.get().pk, "attachment": upload.pk, "key": letter.key,
        "clock_id": case.deadlines.get(rule="deferral.decide").pk, "object_id": "1", "content_type_id": "1",
        "app_label": "offices",
    }  # fmt: skip

    def address(name, keys):
        special = {
            "admin:file": {"pk": known["attachment_id"]},
            "admin:sign": {"move": "record_hearing"},
            **{f"portal:{page}": {"ref": draft.ref} for page in DRAFT_PAGES},
        }.get(name, {})
        return reverse(name, kwargs={key: special.get(key, known[key]) for key in keys})

    return people, address, case


def test_every_route_has_a_row_and_every_row_a_route():
    assert {name for name, _ in routes()} == set(rows())


def test_every_person_is_answered_as_the_matrix_says(client, scene):
    people, address, _ = scene
    answered = {}
    with world.at("2026-04-01 12:00"):
        for name, keys in routes():
            answered[name] = []
            for person in people.values():
                client.logout()
                if person is not None:
                    client.force_login(person)
                answered[name].append(client.get(address(name, keys)).status_code)
    wanted = rows()
    assert {n: codes for n, codes in answered.items() if codes != wanted.get(n)} == {}


def test_a_move_sent_by_hand_without_the_role_is_403_and_writes_nothing(client, scene):
    people, address, case = scene
    before = Case.objects.values_list("status", "journal_count", "journal_head").get(pk=case.pk)
    with world.at("2026-04-01 12:00"):
        for name in ("operator", "auditor", "other_chair"):
            client.force_login(people[name])
            for move in ("record_no_show", "withdraw", "grant"):
                url = reverse("admin:move", kwargs={"ref": case.ref, "move": move})
                sent = client.post(url, {"note": "…"})
                assert sent.status_code == 403, (name, move)
    assert Case.objects.values_list("status", "journal_count", "journal_head").get(pk=case.pk) == before
