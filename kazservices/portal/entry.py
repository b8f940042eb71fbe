"""Entering the cabinet: the IIN, then the one-time password that went to the number bound to it."""

from django.contrib.auth import login
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from kazservices.addresses import address_of
from kazservices.design.languages import active_language
from kazservices.signing import entry

BACKEND = "django.contrib.auth.backends.ModelBackend"
ENTERING = "entering"
CHOSEN = "language_chosen"


def ask(request, iin: str) -> None:
    """Send the code; what is shown next is the same whatever the IIN. Raises CodeError."""
    challenge = entry.ask_to_enter(iin, address=address_of(request))
    request.session[ENTERING] = {"ref": str(challenge.ref), "iin": iin}


def enter(request, code: str):
    """The account of the person whose code fits, made at his first entry. Raises CodeError, PermissionDenied."""
    asked = request.session.get(ENTERING)
    if asked is None:
        raise ValidationError(_("The code has expired. Ask for a new one."), code="expired")
    user = entry.enter(asked["ref"], code, asked["iin"], language=active_language())
    if not user.is_active:
        raise PermissionDenied
    del request.session[ENTERING]
    if chosen := request.session.pop(CHOSEN, None):
        _speak(user, chosen)
    login(request, user, backend=BACKEND)
    return user


def keep_language(request, language: str) -> None:
    """A language just chosen: kept with the account, or with the session until its person enters."""
    if request.user.is_authenticated:
        _speak(request.user, language)
    else:
        request.session[CHOSEN] = language


def _speak(user, language):
    user.language = language
    user.save(update_fields=["language"])
