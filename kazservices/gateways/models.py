import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case, Draft, Representation
from kazservices.leases import free

from .registers import Register


class Consent(models.Model):
    """A person's consent, or refusal, to have registers asked about him. Norm: LAW-5-2-12."""

    class Method(models.TextChoices):
        WEB = "web", _("on the web form, confirmed by one-time password")
        ENTRY = "entry", _("on entering the cabinet")
        WRITTEN = "written", _("in writing")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents")
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, blank=True, related_name="consents")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="consents")
    #: Given for the person represented, to have his own data asked; no answer to the questions of the case.
    representation = models.ForeignKey(Representation, models.SET_NULL, null=True, blank=True, related_name="consents")
    given = models.BooleanField()
    purpose = models.CharField(max_length=300)
    scope = models.JSONField()
    method = models.CharField(max_length=10, choices=Method.choices)
    text = models.TextField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"consent {self.pk}"


#: How often a question is repeated: about an hour with growing pauses, then every half-hour for about three days.
TRIES = 150


class RegisterRequestQuerySet(models.QuerySet):
    def to_ask(self, at):
        """Requests without an answer, in nobody's hands and not given up; oldest first."""
        return self.unanswered().filter(free(at, TRIES)).order_by("asked_at", "pk")

    def unanswered(self):
        """Requests that wait for an answer, whose consent stands. Norm: LAW-5-2-12."""
        return self.filter(consent__given=True, consent__withdrawn_at=None, answered_at=None)


class RegisterRequest(models.Model):
    """A question to a register for one case, with its answer and the moment it came. Norms: CONS-S8-2, CONS-S8-3."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="register_requests")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="requests")
    register = models.CharField(max_length=20, choices=Register.choices)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = RegisterRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="register_asked_once_a_case", fields=["case", "register"]),
            models.CheckConstraint(
                name="register_answer_has_its_time",
                condition=Q(answered_at=None, answer=None) | Q(answered_at__isnull=False, answer__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.register} for case {self.case_id}"
