"""The interface describes itself, and does what it says."""

import pytest
from drf_spectacular.drainage import GENERATOR_STATS

from kazservices.api.views.pages import described

pytestmark = pytest.mark.django_db


def operations():
    return [
        (path, verb, operation)
        for path, verbs in described()["paths"].items()
        for verb, operation in verbs.items()
        if verb in ("get", "post", "put", "patch", "delete")
    ]


def test_the_description_is_made_without_a_warning(capsys):
    with GENERATOR_STATS.silence():
        described()
        assert not GENERATOR_STATS._warn_cache
        assert not GENERATOR_STATS._error_cache


def test_every_operation_says_what_it_answers_and_what_a_token_needs():
    for path, verb, operation in operations():
        assert operation["summary"], path
        assert all(answer["description"] or "content" in answer for answer in operation["responses"].values()), path
        assert operation.get("security") == ([{"token": []}] if operation.get("x-scope") else None), (path, verb)
        assert {"400", "401", "429"} <= set(operation["responses"])
