import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMFieldMixin

from kazservices import clock
from kazservices.masks import initials
from kazservices.offices.models import Office
from kazservices.offices.roles import Role
from kazservices.offices.service import offices_of
from kazservices.passports.models import Edition

SEEING_ROLES = tuple(role for role in Role if role is not Role.OPERATOR)


class Stage(models.TextChoices):
    """Where a case stands, coarsely: the same few words for every service."""

    RECEIVED = "received", _("received")
    IN_WORK = "in_work", _("in work")
    DECIDED = "decided", _("decided")
    CLOSED = "closed", _("closed")


class Channel(models.TextChoices):
    """By which way an application came. Norm: LAW-18."""

    PORTAL = "portal", _("portal")
    OFFICE = "office", _("office counter")
    STATE_CORPORATION = "state_corporation", _("State Corporation")


class Applicant(models.Model):
    """A service recipient as the cases know him."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="applicant"
    )
    iin = models.CharField(max_length=12, blank=True, db_index=True)
    #: Who has no IIN is known by the document of a foreigner or of a stateless person. Norm: LAW-4-2.
    document_kind = models.SlugField(max_length=30, blank=True)
    document_number = models.CharField(max_length=40, blank=True)
    full_name = models.CharField(max_length=200)
    birth_date = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="kk")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="applicant_iin_stands_for_one_person", fields=["iin"], condition=~Q(iin="")),
            models.UniqueConstraint(
                name="applicant_document_stands_for_one_person",
                fields=["document_kind", "document_number"],
                condition=~Q(document_number=""),
            ),
        ]

    def __str__(self):
        return f"applicant {self.pk}"


class RepresentationQuerySet(models.QuerySet):
    def standing(self):
        """Those by which somebody may act for another today."""
        today = localtime(clock.now()).date()
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today, revoked_at=None)


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The cases a person may see: his own, those he acts in for another, those of his offices.

        The only manager method by which a face reaches a case.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_recipient:
            return self.own(user)
        return self._of_parties(offices_of(user, *SEEING_ROLES))

    def seen_in_part(self, user):
        """The cases of which a person's office sees a part only: a page of its own shows that part and nothing else.

        What was not taken, or was withdrawn, concerns it no longer.
        """
        if not user.is_authenticated or not user.is_active or user.is_recipient:
            return self.none()
        parties = CaseParty.objects.current().filter(office__in=offices_of(user, *SEEING_ROLES))
        return self.filter(pk__in=parties.in_part().values("case_id")).exclude(stage=Stage.CLOSED)

    def _of_parties(self, offices):
        """Where no other office's case is theirs to see, naming the office lets the index of the queue serve."""
        parties = CaseParty.objects.current().in_full().filter(office__in=offices)
        visible = self.filter(pk__in=parties.values("case_id"))
        elsewhere = parties.exclude(part=CaseParty.Part.PROVIDER).exists()
        return visible if elsewhere else visible.filter(office__in=offices)

    def own(self, user):
        """Those of a recipient, and those in which he acts for another today; found by two indexes, never by a scan."""
        acted_in = Representation.objects.standing().filter(representative=user, case__isnull=False)
        others = list(acted_in.values_list("case_id", flat=True))
        if not others:
            return self.filter(applicant__user=user)
        himself = list(Applicant.objects.filter(user=user).values_list("pk", flat=True))
        return self.filter(Q(applicant_id__in=himself) | Q(pk__in=others))

    def open(self):
        return self.filter(stage__in=(Stage.RECEIVED, Stage.IN_WORK))

    def by_urgency(self):
        """The least working time left first; cases without a running clock last."""
        return self.order_by(F("next_due_at").asc(nulls_last=True), "pk")


class Case(models.Model):
    """The cover sheet: what every service has in common.

    Stage and status are written only by ``flow.enter``.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    service = models.SlugField(max_length=40)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="cases")
    office = models.ForeignKey(Office, models.PROTECT, related_name="cases")
    applicant = models.ForeignKey(Applicant, models.PROTECT, null=True, blank=True, related_name="cases")
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="re_applications")
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.PORTAL)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="kk")
    number = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.RECEIVED, editable=False)
    status = models.CharField(max_length=40, blank=True, editable=False)
    submitted_at = models.DateTimeField()
    accepted_on = models.DateField()
    registered_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    idempotency_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    journal_count = models.PositiveIntegerField(default=0, editable=False)
    journal_head = models.CharField(max_length=64, blank=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="case_number_once_an_office", fields=["office", "number"], condition=~Q(number="")
            ),
            models.CheckConstraint(
                name="case_number_comes_with_its_registration",
                condition=Q(number="", registered_at=None) | (~Q(number="") & Q(registered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(name="case_queue", fields=["office", "stage", "next_due_at"]),
            models.Index(
                name="case_open_queue",
                fields=["office", "next_due_at", "id"],
                condition=Q(stage__in=(Stage.RECEIVED, Stage.IN_WORK)),
            ),
            models.Index(name="case_by_number", fields=["number"]),
            models.Index(name="case_by_status", fields=["service", "status"]),
        ]

    def __str__(self):
        return self.number or f"case {self.pk}"

    @cached_property
    def time(self):
        """The working time by which this case is counted."""
        return self.office.time_for(self.service)


@dataclass(frozen=True)
class Execution:
    """A case is opened again by the decision on a complaint: in how many working days it is to be carried out.

    None: the decision set no term, the case is counted as a new one. ``decision``: its number and day, no names.
    """

    working_days: int | None = None
    decision: str = ""


class ServiceManager(models.Manager.from_queryset(CaseQuerySet)):
    """Children of one service: filtering on the parent's own column keeps their lists fast."""

    def get_queryset(self):
        return super().get_queryset().filter(service=self.model.service_code)


class ServiceCase(Case):
    """A case with the life of one service: its states, its moves, its typed columns."""

    service_code = ""
    stages: dict = {}
    #: The moment of a move that is being made, and when what it records really happened (a hearing), if earlier.
    moment = happened_at = None
    #: With which marks it carries clocks that other cases of the service do not (``Rule.marks``).
    marks: frozenset[str] = frozenset()
    #: How the decision on a complaint is to be carried out, in the move that opens the case again.
    execution: Execution | None = None

    objects = ServiceManager()

    class Meta:
        abstract = True

    def refresh_from_db(self, using=None, fields=None, **kwargs):
        """Read anew without opening the protected state for other threads, as the library's own does."""
        for field in self._meta.concrete_fields:
            if isinstance(field, FSMFieldMixin) and (fields is None or field.name in fields):
                self.__dict__.pop(field.attname, None)
        models.Model.refresh_from_db(self, using=using, fields=fields, **kwargs)


class CasePartyQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until=None)

    def in_part(self):
        """Those that see a part of the case only: what the manifest of its service shows them."""
        return self.filter(part__in=CaseParty.LIMITED)

    def in_full(self):
        return self.exclude(part__in=CaseParty.LIMITED)


class Representation(models.Model):
    """Who acts for another person, on which ground and until when: in a draft, then in the case filed from it.

    While it belongs to a draft the represented person is only named here; filing makes him the applicant.
    A power stands from its first day to its last; one that was revoked stands no more from that instant.
    """

    class Basis(models.TextChoices):
        PARENT = "parent", _("parent of a minor")
        GUARDIAN = "guardian", _("guardian")
        ATTORNEY = "attorney", _("power of attorney")

    class Proof(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed by the state register")
        NOT_FOUND = "not_found", _("the state register does not know it")
        SILENT = "silent", _("not confirmed: the state register was silent")

    draft = models.OneToOneField("Draft", models.CASCADE, null=True, blank=True, related_name="representation")
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="representation")
    representative = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="representations")
    represented = models.ForeignKey(Applicant, models.PROTECT, null=True, blank=True, related_name="represented_in")
    basis = models.CharField(max_length=10, choices=Basis.choices)
    proof = models.CharField(max_length=10, choices=Proof.choices)
    iin = models.CharField(max_length=12)
    full_name = models.CharField(max_length=200)
    birth_date = models.DateField()
    #: The act that appoints the guardian, or the power of attorney: number, date, who certified it.
    document_number = models.CharField(max_length=60, blank=True)
    document_date = models.DateField(null=True, blank=True)
    issued_by = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    stated_at = models.DateTimeField()

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="representation_belongs_to_a_draft_or_to_a_case",
                condition=Q(draft__isnull=False, case=None)
                | Q(draft=None, case__isnull=False, represented__isnull=False),
            ),
            models.CheckConstraint(
                name="representation_by_document_names_it",
                condition=Q(basis="parent") | (~Q(document_number="") & Q(document_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="representation_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self):
        return f"representation {self.pk} ({self.basis})"

    @property
    def shown_name(self) -> str:
        """The person represented, to his representative: an IIN that nobody has confirmed opens no name."""
        return self.full_name if self.is_confirmed else initials(self.full_name)

    @property
    def representative_initials(self) -> str:
        return initials(self.representative.full_name)

    @property
    def is_confirmed(self) -> bool:
        return self.proof == self.Proof.CONFIRMED

    def stands(self, on) -> bool:
        """Whether it lets the representative act on a day."""
        return self.revoked_at is None and self.since <= on and (self.until is None or on <= self.until)


class CaseParty(models.Model):
    """An office that sees a case, in which part, and by which norm."""

    class Part(models.TextChoices):
        PROVIDER = "provider", _("provider")
        LEAVING_SCHOOL = "leaving_school", _("leaving school")
        SUPERIOR_BODY = "superior_body", _("superior body")
        QUALITY_AUTHORITY = "quality_authority", _("authority for the quality of services")
        STATE_CORPORATION = "state_corporation", _("State Corporation")

    #: The school that a child leaves learns of the child, the coupon and the dates, and of nothing else.
    LIMITED = (Part.LEAVING_SCHOOL,)

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=Part.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    norm = models.CharField(max_length=20)

    objects = CasePartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "case parties"
        constraints = [
            models.UniqueConstraint(
                name="case_party_once_at_a_time", fields=["case", "office", "part"], condition=Q(until=None)
            )
        ]
        indexes = [
            models.Index(
                name="case_party_elsewhere",
                fields=["office"],
                condition=Q(until=None) & ~Q(part="provider"),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.part}"


class Recusal(models.Model):
    """A person who takes no part in a case, by the record. Norm: GAP-13."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="recusal_once_a_person", fields=["case", "user"])]

    def __str__(self):
        return f"{self.case_id} {self.user_id}"


class JournalEntry(models.Model):
    """One line of a case's journal; each carries the hash of the one before it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="journal")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    move = models.CharField(max_length=60)
    norm = models.CharField(max_length=20, blank=True)
    facts_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "journal entries"
        ordering = ["case_id", "number"]
        constraints = [models.UniqueConstraint(name="journal_numbers_are_unique_in_a_case", fields=["case", "number"])]

    def __str__(self):
        return f"{self.case_id}/{self.number}"


class JournalFacts(models.Model):
    """The facts of an entry, beside the chain: erasing them (``journal.erase``) leaves the chain provable.

    A row is written once and erased at most once; the database itself refuses anything else.
    """

    entry = models.OneToOneField(JournalEntry, models.CASCADE, related_name="kept")
    salt = models.CharField(max_length=32)
    facts = models.JSONField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "journal facts"
        constraints = [
            models.CheckConstraint(
                name="journal_facts_stand_or_are_erased",
                condition=Q(erased_at=None, facts__isnull=False)
                | Q(erased_at__isnull=False, facts__isnull=True, salt=""),
            )
        ]

    def __str__(self):
        return f"facts of {self.entry_id}"


class CaseReading(models.Model):
    """A member of staff has opened a case: who, when, which part."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    part = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(name="reading_of_a_case", fields=["case", "at"])]

    def __str__(self):
        return f"{self.case_id} {self.user_id}"


class RegistrationCounter(models.Model):
    """The last number given in a register (series), office and year: numbers have no gaps."""

    series = models.CharField(max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_counter_a_register", fields=["series", "office", "year"])]

    def __str__(self):
        return f"{self.series} {self.office_id} {self.year}"


class Draft(models.Model):
    """An application being written: kept until it is taken. ``key`` makes its filing happen once.

    ``user``: the citizen who writes it, or the clerk who takes down what was brought on paper.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    service = models.SlugField(max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="kk")
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.PORTAL)
    #: For whom a clerk writes it at a counter; on the portal it is the user himself, or whom he represents.
    recipient = models.ForeignKey(Applicant, models.PROTECT, null=True, blank=True, related_name="+")
    previous = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+")
    case = models.OneToOneField(Case, models.SET_NULL, null=True, blank=True, related_name="draft")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draft_of_a_counter_names_its_recipient",
                condition=Q(channel="portal") | Q(recipient__isnull=False),
            )
        ]

    def __str__(self):
        return f"draft {self.pk}"
