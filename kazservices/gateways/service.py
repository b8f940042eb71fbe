"""Consents and register answers: nothing is fetched without a consent that was given and stands."""

from kazservices import clock
from kazservices.bells import ring

from .models import Consent, RegisterRequest
from .tasks import fetch_answer


def record_consent(user, *, given, purpose, scope, text, method, draft=None) -> Consent:
    """Keep a person's answer to "may we ask these registers?"; a new answer to a draft replaces the one before."""
    if draft is not None:
        draft.consents.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    return Consent.objects.create(
        user=user,
        draft=draft,
        given=given,
        purpose=purpose,
        scope=list(scope),
        text=text,
        method=method,
        at=clock.now(),
    )


def consents_to_case(draft, case) -> None:
    """The consent that stood when the draft was filed belongs to the case."""
    draft.consents.filter(withdrawn_at=None).update(case_id=case.pk)


def request_registers(case, names) -> list[RegisterRequest]:
    """Write down the questions to registers that the case's consent covers; they are asked after the commit."""
    consent = standing_consent(case)
    if consent is None:
        return []
    at = clock.now()
    asked = [
        RegisterRequest.objects.create(case_id=case.pk, consent=consent, register=name, asked_at=at)
        for name in names
        if name in consent.scope
    ]
    ring(fetch_answer, *(request.pk for request in asked))
    return asked


def standing_consent(case) -> Consent | None:
    return Consent.objects.filter(case_id=case.pk, given=True, withdrawn_at=None).order_by("-at").first()


def answers(case) -> dict:
    """{register: its answer, or None while it is silent} for all that was asked in a case."""
    return dict(RegisterRequest.objects.filter(case_id=case.pk).values_list("register", "answer"))
