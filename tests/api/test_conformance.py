"""schemathesis asks every operation what its description allows, and what it forbids, as each kind of person.

The examples are the same each time. The longer run is a command of docs/api.md.
"""

from dataclasses import dataclass

import hypothesis
import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from kazservices.api.views.pages import described
from kazservices.documents import papers
from kazservices.gateways import registers, sms
from kazservices.wsgi import application
from tests import world
from tests.api.conftest import Program, program
from tests.conftest import on
from tests.ground.sources import ROOT as FOLDER

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
    checks.unsupported_method,
    checks.missing_required_header,
]
SCOPES = {"nobody": (), "citizen": ("read", "file", "move"), "clerk": ("read", "move"), "auditor": ("read", "report")}
#: The first example of each kind is the plainest there is; the second is drawn.
EXAMPLES = 2
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE


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


def described_by(description):
    """The operations of a description, asked of the program itself."""
    config = SchemathesisConfig.from_path(FOLDER / "schemathesis.toml")
    schema = schemathesis.openapi.from_dict(description, config=config)
    schema.app = application
    return schema


@dataclass
class Asking:
    """One operation, to be asked by several people with the same examples; each time everything is put back."""

    operation: object
    people: dict[str, Program]

    def objection(self, mode, given, examples=EXAMPLES) -> str:
        """What schemathesis has against it; an operation that takes nothing cannot be asked wrongly."""
        try:
            self._ask(mode, given, examples)
        except hypothesis.errors.Unsatisfiable:
            return "" if mode.is_negative else "nothing fits its description"
        except BaseExceptionGroup as failures:
            return "\n".join(map(str, failures.exceptions))
        return ""

    def _ask(self, mode, given, examples):
        @hypothesis.seed(20260320)
        @hypothesis.settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(case=self.operation.as_strategy(generation_mode=mode, **given))
        def ask(case):
            for person in self.people.values():
                with transaction.atomic():
                    case.call_and_validate(headers=person.headers, checks=CHECKS)
                    transaction.set_rollback(True)

        ask()


def known(operation, scene) -> dict:
    """The parameters of an address by which it is found."""
    names = [parameter.name for parameter in operation.path_parameters]
    owner = "draft" if "/drafts/" in operation.path else "case"
    return {name: str(scene[owner if name == "ref" else name]) for name in names}


def objections(operation, scene, everybody) -> dict:
    """Whoever may use it asks rightly, wrongly, and at an address that is none; whoever may not is turned away once."""
    scope = operation.definition.raw.get("x-scope")
    may = {who: asking for who, asking in everybody.items() if scope is None or scope in SCOPES[who]}
    may_not = {who: asking for who, asking in everybody.items() if who not in may}
    if scope is None:
        may = {who: may[who] for who in ("nobody", "citizen")}
    found = {"path_parameters": known(operation, scene)}
    asked = {
        "rightly": Asking(operation, may).objection(POSITIVE, found),
        "wrongly": Asking(operation, may).objection(NEGATIVE, found),
    }
    if found["path_parameters"]:
        asked["astray"] = Asking(operation, may).objection(NEGATIVE, {}, 1)
    if may_not:
        asked["without the right"] = Asking(operation, may_not).objection(POSITIVE, found, 1)
    return {(operation.label, how): said for how, said in asked.items() if said}


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
def test_every_operation_does_what_its_description_says(place, user, scene):
    cache.clear()
    everybody = {
        "nobody": Program(language="kk"),
        "citizen": program(user, language="kk"),
        **{who: program(place.staff[who], place.office, language="kk") for who in ("clerk", "auditor")},
    }
    faults = {}
    with on("2026-03-31 12:00"):  # Tue, the day before the hearing
        for operation in described_by(described()).get_all_operations():
            faults |= objections(operation.ok(), scene, everybody)
    assert faults == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
def test_an_operation_that_does_not_keep_its_word_is_seen(place):
    """Were the description to promise a number where a text comes, the same asking would object."""
    description = described()
    description["components"]["schemas"]["OfficeShape"]["properties"]["code"] = {"type": "integer"}
    lying = described_by(description)["/api/v1/offices/"]["GET"]
    with on("2026-03-31 12:00"):
        assert "integer" in Asking(lying, {"nobody": Program()}).objection(POSITIVE, {})
