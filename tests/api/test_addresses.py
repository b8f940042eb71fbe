"""Every address under the interface answers in its own shape, whatever it is and however it is asked."""

import pytest
from django.test import Client


@pytest.fixture
def browser():
    """As a browser sends, and as any program does: nothing of Django's test client is passed over."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"])
@pytest.mark.parametrize("address", ["nothing/here", "cases", "cases/not-a-ref/", "drafts/0%0A1/", "%00"])
def test_an_unknown_address_is_a_problem_too_however_it_is_asked(browser, db, method, address):
    answer = browser.generic(method, f"/api/v1/{address}", "{}", "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ["", "schema/", "cases/"])
def test_an_address_that_is_only_read_says_so_in_the_same_shape(browser, db, method, address):
    answer = browser.generic(method, f"/api/v1/{address}", "{}", "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert "GET" in answer["Allow"]
