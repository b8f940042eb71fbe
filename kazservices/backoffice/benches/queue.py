"""The first page of an office's queue, with the office's cases grown twentyfold.

The cases are those of the demo's office, copied with their clocks, hearings, votes and journals; three quarters of
them are open, which is harder than any office has it. ``growth``: the middle time of the page at the larger number
against the smaller; ``queries``: of one page, the same at both.
"""

from statistics import median
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kazservices.benches.crowd import multiply, of_cases
from kazservices.benches.place import circumstances
from kazservices.benches.timing import p95, seconds
from kazservices.cases.models import Case
from kazservices.offices.models import Staff
from kazservices.offices.roles import Role

ON_POSTGRES = True
CASES = {"small": (10_000, 200_000), "national": (200_000, 2_000_000)}
PAGES = 40


def run(size: str) -> dict:
    began = perf_counter()
    call_command("demo", "--short", verbosity=0)
    chair = Staff.objects.filter(role=Role.CHAIR).order_by("pk").first()
    page = _Page(chair.user)
    cases = list(Case.objects.filter(office=chair.office_id).values_list("pk", flat=True))
    few, many = (goal // len(cases) for goal in CASES[size])
    multiply(cases, few - 1, beside=of_cases())
    quick, queries = seconds(page.open, PAGES), page.queries()
    multiply(cases, many - few, beside=of_cases(), first=few)
    slow = seconds(page.open, PAGES)
    if page.queries() != queries:
        raise AssertionError("the number of queries has grown with the number of cases")
    return {
        **circumstances(),
        "rows": Case.objects.filter(office=chair.office_id).count(),
        "open": Case.objects.filter(office=chair.office_id).open().count(),
        "growth": round(median(slow) / median(quick), 2),
        "p50_ms": round(median(slow) * 1000, 1),
        "p95_ms": round(p95(slow) * 1000, 1),
        "queries": queries,
        "seconds": round(perf_counter() - began, 1),
    }


class _Page:
    """The queue as its reader opens it, through all of the product but the web server."""

    def __init__(self, user):
        self.client, self.address = Client(HTTP_HOST="localhost"), reverse("admin:queue")
        self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def open(self) -> None:
        if self.client.get(self.address).status_code != 200:
            raise AssertionError("the queue did not open: the times would mean nothing")

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as caught:
            self.open()
        return len(caught)
