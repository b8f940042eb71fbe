"""Repeated applications begun or filed at one moment: one draft a person, one open application, a clear word."""

import pytest
from django.test import Client

from conscription.states import State
from kazservices.cases.journal import first_fault
from kazservices.cases.models import Case, Draft
from kazservices.documents.models import Attachment
from kazservices.flow import again
from kazservices.flow.door import advance
from kazservices.flow.filing import progress_of
from kazservices.flow.manifest import Filing
from kazservices.flow.taking import take as file_application
from kazservices.offices.actors import SYSTEM
from tests import world
from tests.flow.test_concurrency import at_once
from tests.hands import meanwhile

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
FILED, AGAIN = "2026-03-20 17:00", "2026-03-26 12:00"


def filing_of(draft):
    """The repeated application, complete and signed by whoever writes it."""
    world.consent(draft.user, draft)
    progress = progress_of(draft)
    return world.signed(Filing(draft, progress.category, "", progress.answers))


def test_begun_twice_at_once_it_is_one_draft_with_each_paper_once(user, place):
    with world.at(FILED):
        case = world.make(world.apply(user, place.office), "withdraw", user)
    windows = [Client() for _ in range(4)]
    with world.at(AGAIN):
        for window in windows:
            window.force_login(user)
    answers = at_once(AGAIN, [lambda one=one: one.post(f"/cases/{case.ref}/again/") for one in windows])
    draft = Draft.objects.get(previous=case.pk)
    assert {answer.status_code for answer in answers} == {302}
    assert {answer["Location"] for answer in answers} == {f"/drafts/{draft.ref}/category/"}
    assert Attachment.objects.filter(draft=draft).count() == 1


def test_of_an_applicant_and_his_attorney_who_file_at_once_one_is_told_of_the_other(place):
    principal, attorney = world.build_recipient("030411105088"), world.build_recipient("860621105032")
    with world.at(FILED):
        case = world.make(world.apply_for(attorney, place.office, principal.iin), "withdraw", principal)
    with world.at(AGAIN):
        filings = [filing_of(again.begin_again(case, by=who, language="kk")) for who in (principal, attorney)]
    filed = at_once(AGAIN, [lambda one=one: file_application(one) for one in filings])
    (told,) = [one for one in filed if isinstance(one, again.OpenAlready)]
    (new,) = Case.objects.filter(previous=case.pk)
    assert told.case == new
    assert (new.number, first_fault(new)) == ("КҚ-03-2026-000002", "")
    assert sorted(Draft.objects.filter(previous=case.pk).values_list("case", flat=True), key=bool) == [None, new.pk]


def test_one_is_filed_while_the_case_before_it_is_opened_again(user, place):
    refused = world.to_refused(user, place)
    with world.at("2026-04-06 10:00"):
        filing = filing_of(again.begin_again(refused, by=user, language="kk"))
    new, reopened = meanwhile(
        "2026-04-06 10:05", lambda: file_application(filing),
        lambda: advance(refused, "reopen", by=SYSTEM, because="Сот шешімі № 5"), before="kazservices.flow.taking.begin",
    )  # fmt: skip
    assert (new.previous_id, reopened.state) == (refused.pk, State.OPINIONS_IN)
    assert [first_fault(one) for one in Case.objects.all()] == ["", ""]
