import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case, Draft
from kazservices.leases import free
from kazservices.signing.models import Signature

from .codes import in_groups, new_code
from .kinds import label_of


def random_name(attachment, name) -> str:
    """Where a file lies says nothing of whose it is, nor of what it is."""
    random = uuid.uuid4().hex
    return f"attachments/{random[:2]}/{random}"


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Attachment(models.Model):
    """A file that an applicant gives for one required document: of a draft, then of its case. Norm: CONS-S8-1."""

    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="attachments")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="attachments")
    requirement = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    #: The copy in a case that was not taken shares the file with the draft that lives on.
    file = models.FileField(upload_to=random_name, max_length=120)
    valid_until = models.DateField(null=True, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_belongs_to_a_draft_or_to_a_case",
                condition=Q(draft__isnull=False, case=None) | Q(draft=None, case__isnull=False),
            ),
            models.CheckConstraint(name="attachment_is_not_empty", condition=Q(size__gt=0) & ~Q(sha256="")),
        ]

    def __str__(self):
        return f"attachment {self.pk} ({self.requirement})"


#: What two different people sign: papers of a kind that wants it, and every correction.
TWO_HANDS = Q(two_handed=True) | Q(corrects__isnull=False)
#: States of what the applicant has received, in force or not.
GIVEN = ("issued", "replaced", "withdrawn")

#: How often a paper is tried: its facts stay the same, so what cannot be drawn in four hours needs a person.
TRIES = 15


class PaperQuerySet(models.QuerySet):
    def standing(self):
        """Papers that no later draft has made void."""
        return self.exclude(state=Paper.State.VOID)

    def issued(self):
        """Papers in force: a draft is not yet one, a replaced or withdrawn paper no longer."""
        return self.filter(state=Paper.State.ISSUED)

    def given(self):
        """What the applicant has received, in force or not: drafts are nobody's business outside the office."""
        return self.filter(state__in=GIVEN)

    def half_signed(self):
        """Papers that carry one of their two signatures."""
        return self.filter(TWO_HANDS, state=Paper.State.SIGNED, countersigned_by=None)

    def faulty(self):
        """Papers that wait because the last attempt to draw them failed."""
        return self.filter(state=Paper.State.WAITING).exclude(fault="").order_by("created_at", "pk")

    def to_render(self, at):
        """Papers that wait for their bytes, in nobody's hands and not given up; oldest first."""
        return self.undrawn().filter(free(at, TRIES)).order_by("created_at", "pk")

    def undrawn(self):
        """Papers that wait for their bytes."""
        return self.filter(state=Paper.State.WAITING)


class Paper(models.Model):
    """A document of the provider in both languages: waiting -> prepared -> signed -> issued -> replaced | withdrawn.

    A draft that a newer one has made void was never issued. The bytes that were read are the bytes that are signed and
    issued; a paper once issued is never drawn anew: what was wrong in it is put right by another paper that names it.
    """

    class Kind(models.TextChoices):
        """Those that any service may need; a service declares more of its own (``documents.kinds``)."""

        RECEIPT = "receipt", _("receipt")
        NOT_TAKEN_RECEIPT = "not_taken_receipt", _("receipt of refusal to accept")
        PRELIMINARY_DECISION = "preliminary_decision", _("preliminary decision and notice of the hearing")
        HEARING_RECORD = "hearing_record", _("hearing record")
        CONCLUSION = "conclusion", _("conclusion")
        REFUSAL = "refusal", _("notice of refusal")
        WITHDRAWAL = "withdrawal", _("act of withdrawal of the result")

    class State(models.TextChoices):
        WAITING = "waiting", _("being prepared")
        PREPARED = "prepared", _("prepared, not signed")
        SIGNED = "signed", _("signed")
        ISSUED = "issued", _("issued")
        REPLACED = "replaced", _("replaced by another paper")
        WITHDRAWN = "withdrawn", _("in force no longer")
        VOID = "void", _("void")

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    kind = models.SlugField(max_length=40)
    #: As its kind wants it, when it was ordered.
    two_handed = models.BooleanField(default=False, editable=False)
    number = models.CharField(max_length=50)
    #: Printed on the paper and in its QR code: the only name by which a stranger may ask for it.
    public_code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    language = models.CharField(max_length=8, default="kk+ru", editable=False)
    facts = models.JSONField()
    facts_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    sha256 = models.CharField(max_length=64, blank=True)
    #: Made by the system (a receipt): issued as soon as it is drawn, nobody signs it.
    by_system = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    signature = models.ForeignKey(Signature, models.PROTECT, null=True, blank=True, related_name="papers")
    #: The second person under a paper that takes two hands.
    countersignature = models.ForeignKey(Signature, models.PROTECT, null=True, blank=True, related_name="+")
    #: The people of both signatures once more, so that the database itself can tell one from the other.
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    #: The issued paper in whose place this one is given, to put a clerical error right.
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    #: The act that withdrew it; none when a decision on a complaint or of a court did.
    withdrawn_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="withdraws")
    #: The decision on a complaint that did, by its number and day: shown to anyone, it names nobody.
    withdrawn_upon = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    #: Why the last attempt to draw it failed, for the operator.
    fault = models.CharField(max_length=200, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="paper_number_once_a_case", fields=["case", "number"], condition=~Q(state="void")
            ),
            models.UniqueConstraint(
                name="paper_one_draft_of_a_kind",
                fields=["case", "kind"],
                condition=Q(state__in=("waiting", "prepared", "signed"), corrects=None),
            ),
            models.UniqueConstraint(
                name="paper_one_draft_of_a_correction",
                fields=["corrects"],
                condition=Q(state__in=("waiting", "prepared", "signed"), corrects__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_beyond_waiting_has_its_hash",
                condition=Q(state__in=("waiting", "void")) | (~Q(sha256="") & Q(prepared_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="paper_signed_unless_by_the_system",
                condition=~Q(state__in=("signed", *GIVEN))
                | Q(signature__isnull=False, signed_by__isnull=False)
                | Q(state__in=GIVEN, by_system=True),
            ),
            models.CheckConstraint(
                name="paper_two_hands_are_two_people",
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=F("signed_by")),
            ),
            models.CheckConstraint(
                name="paper_of_two_hands_has_both",
                condition=~Q(state__in=GIVEN)
                | ~TWO_HANDS
                | Q(countersignature__isnull=False, countersigned_by__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_issued_has_its_moment",
                condition=Q(state__in=GIVEN, issued_at__isnull=False) | (~Q(state__in=GIVEN) & Q(issued_at=None)),
            ),
            models.CheckConstraint(
                name="paper_replaced_names_the_next",
                condition=~Q(state="replaced") | Q(replaced_by__isnull=False),
            ),
            models.CheckConstraint(
                name="paper_withdrawn_has_its_moment",
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
            ),
        ]
        indexes = [models.Index(name="paper_waiting", fields=["state", "created_at"])]

    def __str__(self):
        return self.number

    @property
    def takes_two_hands(self) -> bool:
        """Signed by two different people, not by one: the same as TWO_HANDS."""
        return self.two_handed or self.corrects_id is not None

    @property
    def in_force(self) -> bool:
        """Neither replaced nor withdrawn; a draft is not struck either."""
        return self.state not in (self.State.REPLACED, self.State.WITHDRAWN)

    @property
    def code(self) -> str:
        """The public code as it is printed."""
        return in_groups(self.public_code)

    @property
    def kind_name(self) -> str:
        return label_of(self.kind)

    @property
    def name(self) -> str:
        """What it is, in words; a paper that puts another right says so."""
        words = capfirst(self.kind_name)
        return words if self.corrects_id is None else str(_("%(paper)s (corrected)") % {"paper": words})

    @property
    def file_name(self) -> str:
        """As it is saved by whoever takes it: one of its own, so that no paper of a case overwrites another."""
        return f"{self.number.replace('/', '-')}.pdf"


class PaperBytes(models.Model):
    """The drawn PDF, beside its paper: lists of papers never carry it, and both are written in one transaction."""

    paper = models.OneToOneField(Paper, models.CASCADE, related_name="drawn")
    content = models.BinaryField()

    class Meta:
        verbose_name_plural = "paper bytes"

    def __str__(self):
        return f"bytes of {self.paper_id}"
