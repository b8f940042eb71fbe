"""owe(): the only way in which a letter comes into being."""

from functools import partial

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from kazservices.cases import representation

from .models import Channel, Notice
from .tasks import deliver


def owe(letter: str, *, to, at, case=None, context=None) -> Notice:
    """Write a letter to a person, in the caller's transaction; returns the one in the cabinet.

    It is served by lying in the cabinet (GAP-40); copies by SMS and e-mail leave after the commit. An SMS is the
    subject, with the ``link`` of the context when the letter is about following it.
    """
    context = context or {}
    subject, body = compose(letter, to.language, {"case": case, "to": to, **context})
    owed = partial(
        Notice.objects.create, case=case, recipient=to, letter=letter, language=to.language, subject=subject, owed_at=at
    )
    served = owed(channel=Channel.CABINET, body=body, served_at=at)
    for channel, address, text in _copies(to, subject, body, context.get("link", "")):
        copy = owed(channel=channel, address=address, body=text)
        transaction.on_commit(partial(deliver.delay, copy.pk), robust=True)
    return served


def compose(letter: str, language: str, context: dict) -> tuple[str, str]:
    """Subject (the template's first line) and body of a letter; English readers get the Kazakh one."""
    written_in = language if language in ("kk", "ru") else "kk"
    with translation.override(written_in):
        text = render_to_string(f"letters/{letter}.{written_in}.txt", {**context, "language": written_in})
    text += _acted_for(context.get("case"), context.get("to"), written_in)
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


def _acted_for(case, to, language) -> str:
    """Letters to citizens say who acts in the case for its applicant, and on which ground."""
    power = representation.standing_in(case) if case and to.is_recipient else None
    return f"\n\n{representation.told(power, language)}" if power else ""


def _copies(to, subject, body, link):
    if to.phone:
        yield Channel.SMS, to.phone, f"{subject} {link}".strip()
    if to.email:
        yield Channel.EMAIL, to.email, body
