"""schemathesis asks every operation what its description allows, and what it forbids, as three kinds of people.

The examples are the same each time. The longer run is a command of docs/api.md.
"""

import hypothesis
import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from kazservices.api.views.pages import described
from kazservices.documents import papers
from kazservices.gateways import registers, sms
from kazservices.wsgi import application
from tests import world
from tests.api.conftest import ROOT, program
from tests.conftest import on

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
    checks.missing_required_header,
]
EXAMPLES = 2


@pytest.fixture
def scene(place, user, settings, monkeypatch):
    """A case at its hearing, a draft with a file, letters; and the addresses by which they are found."""
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_CLASSES": []}
    monkeypatch.setattr(registers, "ask", lambda register, iin, *, key: {"found": True, "phone": "+77000000000"})
    monkeypatch.setattr(sms, "send", lambda phone, text, *, key: None)
    case = world.to_hearing(user, place)
    papers.render_waiting()
    with on("2026-03-30 12:30"):
        draft = world.build_draft(user, place.office, data={"category": "STUDY", "answers": {}})
        world.consent(user, draft)
        kept = world.attach(draft, "study_certificate", world.picture(), by=user)
    return {
        "case": case.ref, "draft": draft.ref, "attachment": kept.pk, "attachment_id": case.attachments.get().pk,
        "paper_id": case.papers.filter(state="issued").last().pk, "clock_id": case.deadlines.first().pk,
        "key": case.notices.filter(recipient=user, channel="cabinet").first().key,
        "code": "deferral", "move": "give_position",
    }  # fmt: skip


@pytest.fixture
def one_connection():
    """The requests share the test's own connection, as those of Django's client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def known(operation, scene) -> dict:
    """The parameters of an address by which it is found."""
    names = [parameter.name for parameter in operation.path_parameters]
    owner = "draft" if "/drafts/" in operation.path else "case"
    return {name: str(scene[owner if name == "ref" else name]) for name in names}


def asked(operation, mode, given, secret):
    """Ask one operation as often as is wanted; each time everything is put back."""
    headers = {"Accept-Language": "kk"} | ({"Authorization": f"Bearer {secret}"} if secret else {})

    @hypothesis.seed(20260320)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode, path_parameters=given))
    def ask(case):
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)

    ask()


def objection(operation, mode, given, secret) -> str:
    """What schemathesis has against an operation; an operation that takes nothing cannot be asked wrongly."""
    try:
        asked(operation, mode, given, secret)
    except hypothesis.errors.Unsatisfiable:
        return "" if mode.is_negative else "nothing fits its description"
    except BaseExceptionGroup as failures:
        return "\n".join(map(str, failures.exceptions))
    return ""


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("who", ["citizen", "clerk", "auditor"])
def test_every_operation_does_what_its_description_says(place, user, scene, who):
    cache.clear()
    asking = program(user) if who == "citizen" else program(place.staff[who], place.office)
    with on("2026-03-31 12:00"):  # Tue, the day before the hearing
        schema = schemathesis.openapi.from_wsgi(f"{ROOT}schema/", application)
        faults = {}
        for found in schema.get_all_operations():
            operation = found.ok()
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                if fault := objection(operation, mode, known(operation, scene), asking.secret):
                    faults[operation.label, mode.value] = fault
    assert faults == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
def test_an_operation_that_does_not_keep_its_word_is_seen(scene):
    """Were the description to promise a number where a text comes, the same asking would object."""
    description = described()
    description["components"]["schemas"]["OfficeShape"]["properties"]["code"] = {"type": "integer"}
    lying = schemathesis.openapi.from_dict(description)
    lying.app = application
    with on("2026-03-31 12:00"):
        assert "integer" in objection(lying["/api/v1/offices/"]["GET"], GenerationMode.POSITIVE, {}, "")
