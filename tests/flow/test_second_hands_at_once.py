"""Two second persons press at once: one confirms, the other is told; the result is withdrawn once."""

import pytest

from kazservices.documents import papers
from kazservices.documents.models import Paper
from kazservices.flow.door import prepare
from kazservices.flow.making import sign_and_make
from tests import world
from tests.flow.test_concurrency import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_of_two_second_persons_one_confirms(place, user):
    case = world.to_refused(user, place)
    with world.at("2026-04-06 10:00"):
        paper = prepare(case, "withdraw_result", by=place.head, because="Сот шешімі № 5, 03.04.2026")
        papers.render(paper.pk)
        paper.refresh_from_db()
        papers.sign(paper, by=place.head, sha256=paper.sha256)
    jobs = [
        lambda by=by: sign_and_make(case, "withdraw_result", paper, by=by, sha256=paper.sha256)
        for by in (place.chair, place.secretary)
    ]
    results = at_once("2026-04-06 10:05", jobs)
    assert results.count(True) == 1
    assert sum(isinstance(result, Exception) for result in results) == 1
    paper.refresh_from_db()
    assert (paper.state, paper.signed_by) == (Paper.State.ISSUED, place.head)
    assert case.papers.filter(state=Paper.State.WITHDRAWN).count() == 1
    assert case.journal.filter(move="withdraw_result").count() == 1
