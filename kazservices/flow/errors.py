from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.offices.roles import Role


class MoveNotAllowed(Exception):
    """The law does not allow this move now; ``reason`` says why in the reader's language."""

    def __init__(self, move, reason):
        super().__init__(move, str(reason))
        self.move, self.reason = move, reason


class PaperMissing(ValidationError):
    def __init__(self):
        super().__init__(_("This move issues a document: prepare it, read it and sign it first."), code="paper_missing")


class HandMissing(ValidationError):
    """Two people have signed, but not the one without whom it cannot be."""

    def __init__(self, role):
        message = _("One of the two signatures must be that of this role: %(role)s.")
        super().__init__(message, code="hand_missing", params={"role": Role(role).label})


class PaperOutdated(ValidationError):
    def __init__(self):
        super().__init__(
            _("The facts have changed since the document was signed. Prepare it anew; what you wrote is kept."),
            code="paper_outdated",
        )
