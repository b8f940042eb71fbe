from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may be in an office for a term of office."""

    CLERK = "clerk", _("clerk")
    SECRETARY = "secretary", _("commission secretary")
    CHAIR = "chair", _("commission chair")
    DEPUTY = "deputy", _("deputy chair")
    MEMBER = "member", _("commission member")
    HEAD = "head", _("head")
    ACADEMIC_DEPUTY = "academic", _("deputy head for academic affairs")
    AUDITOR = "auditor", _("auditor")
    OPERATOR = "operator", _("operator")


#: Who votes or presides: such a seat is filled by the order on the commission alone, never by a substitute.
VOTING_ROLES = (Role.CHAIR, Role.DEPUTY, Role.MEMBER)
COMMISSION_ROLES = (Role.SECRETARY, Role.CHAIR, Role.DEPUTY, Role.MEMBER)


class Party(models.TextChoices):
    """Who acts in a case without holding an office."""

    APPLICANT = "applicant", _("applicant")
    SYSTEM = "system", _("the system")
