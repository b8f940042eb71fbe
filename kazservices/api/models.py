import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.offices.models import Office, Staff


class Scope(models.TextChoices):
    """What a token lets a program do; never more than its owner may do himself."""

    READ = "read", _("read cases, papers and letters")
    FILE = "file", _("file applications")
    MOVE = "move", _("make moves in cases")
    REPORT = "report", _("read reports")


class ApiTokenQuerySet(models.QuerySet):
    def alive(self):
        """Neither revoked nor expired; whether its post and account still stand is asked at each use."""
        return self.filter(revoked_at=None, expires_at__gt=clock.now())

    def of_person(self, user):
        return self.filter(user=user)

    def of_office(self, office: Office):
        """The tokens by which programs act in an office."""
        return self.filter(post__office=office)


class ApiToken(models.Model):
    """The right of a program to act as a person: a citizen, or one post of a member of staff in its one office.

    Of the secret only its hash is kept; the public prefix tells tokens apart.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_tokens")
    post = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="api_tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    sha256 = models.CharField(max_length=64)
    scopes = models.JSONField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="api_token_expires_after_it_is_made", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(
                name="api_token_is_revoked_by_somebody",
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
            models.CheckConstraint(name="api_token_keeps_a_hash", condition=~Q(sha256="") & ~Q(prefix="")),
        ]

    def __str__(self):
        return f"token {self.prefix}"

    @property
    def office(self) -> Office | None:
        return self.post.office if self.post else None

    @property
    def is_alive(self) -> bool:
        return self.revoked_at is None and self.expires_at > clock.now()
