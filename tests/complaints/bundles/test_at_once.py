"""Two hands at once on real locks: one order, one archive."""

import pytest

from complaints.bundles import making, service
from complaints.bundles.models import CaseBundle
from tests import world
from tests.flow.test_concurrency import at_once

from .conftest import content_of, run

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_two_orders_at_once_are_one_and_two_workers_make_one_archive(place, user, tmp_path):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    people = (place.clerk, place.head)
    orders = at_once("2026-03-24 10:00", [lambda by=by: service.order(case, by=by).pk for by in people])
    assert len(set(orders)) == CaseBundle.objects.count() == 1
    made = at_once("2026-03-24 10:01", [lambda: making.make(orders[0])] * 2)
    assert sorted(made) == [False, True]
    bundle = CaseBundle.objects.get()
    assert case.journal.filter(move="file_made").count() == 1
    content = content_of(bundle)
    (tmp_path / "file.zip").write_bytes(content)
    assert run(tmp_path, content, "file.zip").returncode == 0
