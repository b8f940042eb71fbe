"""owe(), and owe_many() for a crowd: the only way in which a letter comes into being."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.template.loader import render_to_string
from django.utils import translation

from kazservices.bells import ring
from kazservices.cases import representation
from kazservices.cases.models import Case
from kazservices.offices.models import User

from .models import Channel, Notice
from .tasks import deliver


@dataclass(frozen=True)
class Letter:
    """A letter to a person that is to be owed together with others."""

    name: str
    to: User
    case: Case | None = None
    context: Mapping = field(default_factory=dict)


def owe(letter: str, *, to, at, case=None, context=None) -> Notice:
    """Write a letter to a person, in the caller's transaction; returns the one in the cabinet.

    It is served by lying in the cabinet (GAP-40); copies by SMS and e-mail leave after the commit. An SMS is the
    subject, with the ``link`` of the context when the letter is about following it.
    """
    return owe_many([Letter(letter, to, case, context or {})], at=at)[0]


def owe_many(letters: Iterable[Letter], *, at) -> list[Notice]:
    """The same for many letters, in one statement; returns those in the cabinets, in their order."""
    notices = [notice for letter in letters for notice in _written(letter, at)]
    Notice.objects.bulk_create(notices)
    ring(deliver, *(notice.pk for notice in notices if notice.channel != Channel.CABINET))
    return [notice for notice in notices if notice.channel == Channel.CABINET]


def _written(letter: Letter, at) -> Iterator[Notice]:
    """The letter in the cabinet, and its copies in the channels by which the person is reached."""
    to = letter.to
    subject, body = compose(letter.name, to.language, {"case": letter.case, "to": to, **letter.context})
    notice = partial(
        Notice, case=letter.case, recipient=to, letter=letter.name, language=to.language, subject=subject, owed_at=at
    )  # fmt: skip
    yield notice(channel=Channel.CABINET, body=body, served_at=at)
    for channel, address, text in _copies(to, subject, body, letter.context.get("link", "")):
        yield notice(channel=channel, address=address, body=text)


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
