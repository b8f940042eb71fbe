from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calendars.arithmetic import SCHEDULES
from calendars.service import office_time
from kazservices import clock
from kazservices.looking import asked_once

from .demands import everywhere
from .opening import is_ready
from .roles import COMMISSION_ROLES, VOTING_ROLES, Role


class User(AbstractUser):
    """A person who enters: a service recipient (has an IIN, enters by one-time password) or staff."""

    first_name = last_name = None
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="kk")
    iin = models.CharField("IIN", max_length=12, blank=True, validators=[RegexValidator(r"^\d{12}$")])
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    REQUIRED_FIELDS = ["full_name"]
    #: The key of the one post by which he is here, as a token of a post has it; None: by all that he holds.
    by_post: int | None = None

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(name="user_iin_belongs_to_one_account", fields=["iin"], condition=~Q(iin=""))
        ]

    def __str__(self):
        return f"user {self.pk}"

    @property
    def is_recipient(self) -> bool:
        """A service recipient's account: known by its IIN, without a place in any office."""
        return bool(self.iin) and not self.is_staff

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.split(" ")[0]


class OfficeQuerySet(models.QuerySet):
    def with_checks(self):
        """With all that the check list looks at, in a fixed number of queries."""
        return self.prefetch_related(
            "hours", "commissions", "letter_proofs", "staff__user", "staff__commission", "staff__stands_for"
        )

    def providing(self, service: str):
        """The offices that take applications for a service today."""
        keeps = Q(hours__isnull=False) if service in everywhere() else Q(hours__service=service)
        offices = self.filter(keeps).distinct().with_checks()
        return self.filter(pk__in=[office.pk for office in offices if office.provides(service)])


class Office(models.Model):
    """A service provider, or a body that considers complaints against one. Norms: CONS-S1, GAP-33."""

    class Kind(models.TextChoices):
        """What it is by law: it decides how long a complaint is considered there, and whether it may be extended."""

        LOCAL_BODY = "local_body", _("local executive body")
        AKIM = "akim", _("akim")
        CENTRAL_BODY = "central_body", _("central state body")
        QUALITY_AUTHORITY = "quality", _("authority for the quality of state services")
        INFORMATIZATION = "informatization", _("authority for informatization")
        STATE_CORPORATION = "corporation", _("State Corporation")
        ORGANISATION = "organisation", _("organisation that provides services")

    code = models.CharField(_("code"), max_length=8, unique=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=300)
    name_ru = models.CharField(_("name in Russian"), max_length=300)
    territory_kk = models.CharField(_("territory in Kazakh"), max_length=200)
    territory_ru = models.CharField(_("territory in Russian"), max_length=200)
    address_kk = models.CharField(_("address in Kazakh"), max_length=300, blank=True)
    address_ru = models.CharField(_("address in Russian"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    bin = models.CharField(_("BIN"), max_length=12, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Almaty")
    superior_body = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subordinates", verbose_name=_("superior body")
    )
    kind = models.CharField(_("kind of body"), max_length=16, choices=Kind.choices, default=Kind.ORGANISATION)
    #: To whom one may complain of this office about the quality of its services; empty: as of its superior body.
    quality_authority = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", limit_choices_to={"kind": "quality"},
        verbose_name=_("authority for the quality of services"),
    )  # fmt: skip
    is_active = models.BooleanField(_("provides services"), default=False)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="office_active_only_with_superior_body",
                condition=Q(is_active=False) | Q(superior_body__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.name_kk}"

    @asked_once
    def time_for(self, service: str):
        """The working time of this office for one service (a Schedule belongs to office and service)."""
        return office_time(self.schedule_for(service), self.zone)

    def schedule_for(self, service: str) -> str:
        """By which hours it keeps a service; one that every office takes goes by the longest of its own hours."""
        kept = {hours.service: hours.schedule for hours in self.hours.all()}
        if service in kept:
            return kept[service]
        if kept and service in everywhere():
            return max(kept.values(), key=_open_longest)
        raise LookupError(f"office {self.code} has no hours for {service}")

    @property
    def services(self) -> list[str]:
        """The services it has working hours for, and those that every office with hours takes."""
        own = [hours.service for hours in self.hours.all()]
        return own + [service for service in everywhere() if own and service not in own]

    def keeps(self, service: str) -> bool:
        """It has working hours for the service."""
        return service in self.services

    @property
    def quality_body(self) -> "Office | None":
        """The authority for the quality of its services: its own, else that of the nearest body above it."""
        seen, office = set(), self
        while office is not None and office.pk not in seen:
            if office.quality_authority_id:
                return office.quality_authority
            seen.add(office.pk)
            office = office.superior_body
        return None

    def local(self, at):
        """An instant by the office's own clock."""
        return at.astimezone(ZoneInfo(self.zone))

    def today(self):
        """The office's own date at this moment."""
        return self.local(clock.now()).date()

    def provides(self, service: str) -> bool:
        """Opened by the operator, with hours for the service, and nothing of its check list missing today.

        What every office takes is taken also by one that lacks something, or was closed: its cases go on.
        """
        if service in everywhere():
            return self.keeps(service) and (self.is_active or self.openings.filter(opened=True).exists())
        return self.is_active and self.keeps(service) and is_ready(self)


def _open_longest(schedule: str):
    """Of several hours those that close last serve who comes, then those that open first."""
    hours = SCHEDULES[schedule]
    return hours.closes, -hours.opens.hour


class OfficeOpening(models.Model):
    """An office began, or ceased, to take applications: who said so, when, and why it closed."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="openings")
    opened = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="office_closes_with_a_reason", condition=Q(opened=True) | ~Q(reason=""))
        ]

    def __str__(self):
        return f"{self.office_id} {'opened' if self.opened else 'closed'}"


class OfficeAlarm(models.Model):
    """Head and operators were told, once, that a check of their open office fails, or will fail after a day.

    ``until``: the last day on which it holds; none: it failed at that moment, until ``over_at``.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="alarms")
    code = models.CharField(max_length=20)
    until = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="office_alarm_once_while_it_lasts", fields=["office", "code"],
                condition=Q(until=None, over_at=None),
            ),
            models.UniqueConstraint(
                name="office_alarm_once_ahead_of_a_day", fields=["office", "code", "until"],
                condition=Q(until__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.office_id} {self.code}"


class LetterProof(models.Model):
    """A test letter to a person of an office; delivered once the gateway took the copy with this key."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="letter_proofs")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.office_id} {self.key}"


class OfficeHours(models.Model):
    """The schedule by which an office keeps one service. Norms: SCHED-1 to SCHED-4."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="hours", verbose_name=_("office"))
    service = models.SlugField(_("service"), max_length=40)
    schedule = models.CharField(_("working hours"), max_length=20, choices=[(code, code) for code in SCHEDULES])

    class Meta:
        verbose_name = _("hours of a service")
        verbose_name_plural = _("hours of services")
        constraints = [models.UniqueConstraint(name="office_hours_once_a_service", fields=["office", "service"])]

    def __str__(self):
        return f"{self.office_id} {self.service}"


class Commission(models.Model):
    """A conscription commission, named by an order for a term."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="commissions", verbose_name=_("office"))
    order_number = models.CharField(_("number of the order"), max_length=40)
    order_date = models.DateField(_("date of the order"))
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    #: When the operator and the head were told that its term is about to end.
    warned_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("commission")
        verbose_name_plural = _("commissions")
        constraints = [
            models.CheckConstraint(
                name="commission_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            )
        ]

    def __str__(self):
        return f"{self.office_id} № {self.order_number}"


def _covering(day, term="") -> Q:
    """The term of a row (or of one that it points to) covers the day."""
    open_ended = Q(**{f"{term}until": None}) | Q(**{f"{term}until__gte": day})
    return Q(**{f"{term}since__lte": day}) & open_ended


def _in_force(day, at, post="") -> Q:
    """The term of a post covers the day, and nobody had ended it by a moment of that day."""
    not_ended = Q(**{f"{post}ended_at": None}) | Q(**{f"{post}ended_at__gt": at}) | Q(**{f"{post}until__gt": day})
    return _covering(day, post) & not_ended


class StaffQuerySet(models.QuerySet):
    def held(self, day, at):
        """The posts held at a moment of a day, whatever has become of them and of their holders since."""
        seated = Q(commission=None) | _covering(day, "commission__")
        in_place = Q(stands_for=None) | _in_force(day, at, "stands_for__")
        return self.filter(_in_force(day, at), seated, in_place)

    def on(self, day):
        """Those whose term of office covers the day, and their commission's term, and that of whom they stand for.

        A post that was ended by hand today is in force no more from that instant.
        """
        return self.held(day, clock.now()).filter(user__is_active=True)

    def with_role(self, *roles):
        return self.filter(role__in=roles)

    def held_by(self, user):
        """The posts by which a person is here: all of his, or the one for which he was let in."""
        posts = self.filter(user=user)
        return posts if user.by_post is None else posts.filter(pk=user.by_post)


class Staff(models.Model):
    """A person in a role of an office, for a term of office; or in the place of one who is away, for those days.

    Terms are days; ``ended_at`` is the instant, on the last of them, from which the post gives nothing any more.
    What has begun is never deleted: who signed in a post that day can be asked for ever. ``entered_by`` is empty only
    of the posts that were there before anybody could enter; ``ended_by`` wrote the last day, or ended it at once.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("person"))
    office = models.ForeignKey(Office, models.PROTECT, related_name="staff", verbose_name=_("office"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    commission = models.ForeignKey(
        Commission, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("commission")
    )
    post_kk = models.CharField(_("post in Kazakh"), max_length=200, blank=True)
    post_ru = models.CharField(_("post in Russian"), max_length=200, blank=True)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    act = models.CharField(_("act"), max_length=200, blank=True)
    stands_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="stood")
    absence = models.ForeignKey(
        "Absence", models.PROTECT, null=True, blank=True, editable=False, related_name="substitutions"
    )
    entered_at = models.DateTimeField(_("entered at"), null=True, blank=True, editable=False)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("entered by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("ended by")
    )

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts of the staff")
        constraints = [
            models.CheckConstraint(
                name="staff_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="staff_commission_seat_names_its_order",
                condition=~Q(role__in=COMMISSION_ROLES) | Q(commission__isnull=False),
            ),
            models.CheckConstraint(
                name="staff_substitute_has_no_vote", condition=Q(stands_for=None) | ~Q(role__in=VOTING_ROLES)
            ),
            models.CheckConstraint(
                name="staff_substitute_comes_with_an_absence",
                condition=Q(stands_for=None, absence=None) | Q(stands_for__isnull=False, absence__isnull=False),
            ),
            models.CheckConstraint(
                name="staff_nobody_gives_a_post_to_himself",
                condition=Q(entered_by=None) | ~Q(entered_by=F("user")),
            ),
            models.CheckConstraint(
                name="staff_is_entered_by_somebody_at_a_moment",
                condition=Q(entered_at=None, entered_by=None) | Q(entered_at__isnull=False, entered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="staff_is_ended_by_somebody_on_its_last_day",
                condition=Q(ended_at=None) | Q(ended_by__isnull=False, until__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.office_id} {self.role} {self.user_id}"

    @property
    def is_own(self) -> bool:
        """Held in one's own right, not in the place of another."""
        return self.stands_for_id is None

    def covers(self, day) -> bool:
        """In force on the day, as ``StaffQuerySet.on`` has it."""
        terms = (self, self.commission, self.stands_for)
        covered = all(t.since <= day and (t.until is None or t.until >= day) for t in terms if t is not None)
        return covered and not any(post.was_ended(day) for post in (self, self.stands_for) if post is not None)

    def was_ended(self, day) -> bool:
        """Ended by hand by now, on this day or before it."""
        return self.ended_at is not None and self.ended_at <= clock.now() and self.until <= day


class AbsenceQuerySet(models.QuerySet):
    def standing(self):
        """Those that nobody has ended, or called off, by now."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=clock.now()))

    def on(self, day):
        """Who is away on a day."""
        return self.standing().filter(since__lte=day, until__gte=day)


class Absence(models.Model):
    """A person away for some days (leave, illness): who is away neither votes nor presides.

    Written by ``absences.note_absence``: a substitute holds the absent person's posts for these days, never a vote.
    Its days stay as they were written; ``ended_at`` says from when he is back, or that all was called off before.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name=_("person"))
    office = models.ForeignKey(Office, models.PROTECT, related_name="absences", verbose_name=_("office"))
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=200)
    substitute = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="substitutions", verbose_name=_("substitute")
    )
    act = models.CharField(_("act"), max_length=200, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(name="absence_ends_after_it_begins", condition=Q(until__gte=F("since"))),
            models.CheckConstraint(
                name="absence_substitute_comes_with_an_act", condition=Q(substitute=None) | ~Q(act="")
            ),
            models.CheckConstraint(
                name="absence_substitute_is_another_person",
                condition=Q(substitute=None) | ~Q(substitute=F("user")),
            ),
            models.CheckConstraint(
                name="absence_is_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.office_id} {self.user_id} {self.since}"

    @property
    def was_called_off(self) -> bool:
        """Ended before its first day: nobody was away, nobody stood in."""
        return self.ended_at is not None and self.ended_at.astimezone(ZoneInfo(self.office.zone)).date() < self.since
