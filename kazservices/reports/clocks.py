"""Deadline alone: how each clock stands is read from its due moment, its end and its outcome, in one query."""

from django.db.models import Case, CharField, Count, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncMonth, TruncWeek

from kazservices.deadlines.models import Deadline, Outcome
from kazservices.offices.models import Staff

from .scope import OF_ROLE, Scope

ON_TIME, LATE, RUNNING, VOID = "on_time", "late", "running", "void"
COUNTED = (ON_TIME, LATE)
GROUPED = (
    "service", "office_id", "rule", "norm", "length", "unit", "official", "responsible_role", "standing", "week",
    "month",
)  # fmt: skip


def clocks(scope: Scope) -> QuerySet[Deadline]:
    """The provider's clocks of a scope, each with ``ended``, ``standing`` and ``official``.

    What was not ended at the instant was running then; what is of no account (cancelled in time, or a duty that never
    arose) stands as ``void``. Norms: GAP-39, LAW-11.
    """
    ended = Case(When(ended_at__lte=scope.as_of, then=F("ended_at")), default=None)
    rows = (
        Deadline.objects.ours()
        .filter(office__in=scope.office_ids, due_on__range=(scope.since, scope.until), started_at__lte=scope.as_of)
        .annotate(ended=ended)
        .annotate(standing=_standing(scope.as_of), official=_official())
        .order_by()
    )
    return _chosen(rows, scope)


def theirs(scope: Scope) -> QuerySet[Deadline]:
    """Terms of applicants and of bodies outside: shown apart, never a breach of ours."""
    rows = Deadline.objects.filter(ours=False, office__in=scope.office_ids, started_at__lte=scope.as_of)
    return rows.filter(due_on__range=(scope.since, scope.until), **_plain(scope)).order_by()


def sums(scope: Scope):
    """How many clocks there are of each kind, by all that a report groups by."""
    rows = clocks(scope).exclude(standing=VOID).annotate(week=TruncWeek("due_on"), month=TruncMonth("due_on"))
    return rows.values(*GROUPED).annotate(number=Count("pk")).values_list(*GROUPED, "number", named=True)


def spent(scope: Scope):
    """Start and end of every clock that was met: what medians are made of. Read as a stream."""
    fields = ("service", "office_id", "rule", "norm", "official", "responsible_role", "schedule", "started_at", "ended")
    rows = clocks(scope).filter(standing__in=COUNTED, outcome=Outcome.MET, ended__isnull=False)
    return rows.values_list(*fields, named=True).iterator(chunk_size=2000)


def standing(rows: QuerySet[Deadline], which: str) -> QuerySet[Deadline]:
    """Those that stand so: counted (on time or late), on time, late, or still running."""
    return rows.filter(standing__in=COUNTED) if which == "counted" else rows.filter(standing=which)


def _standing(as_of):
    """Late: ended after it was due, or not ended and due before the instant, whatever became of the case."""
    done = Q(outcome=Outcome.MET, ended__isnull=False)
    return Case(
        When(Q(conditional=True) & ~done, then=Value(VOID)),
        When(outcome=Outcome.TRANSFERRED, ended__isnull=False, then=Value(VOID)),
        When(ended__isnull=True, due_at__lt=as_of, then=Value(LATE)),
        When(ended__isnull=True, then=Value(RUNNING)),
        When(ended__gt=F("due_at"), then=Value(LATE)),
        When(done, then=Value(ON_TIME)),
        default=Value(VOID),
        output_field=CharField(),
    )


def _official():
    """Who answers for a clock: the one who ended it, else the only holder of the responsible role on its due day."""
    holders = Staff.objects.filter(
        Q(until=None) | Q(until__gte=OuterRef("due_on")),
        office=OuterRef("office_id"),
        role=OuterRef("responsible_role"),
        since__lte=OuterRef("due_on"),
    )
    only = holders.order_by().values("office").annotate(n=Count("user_id", distinct=True), who=Min("user_id"))
    by_hand = Case(When(outcome=Outcome.MET, ended__isnull=False, then=F("ended_by_id")), default=None)
    return Coalesce(by_hand, Subquery(only.filter(n=1).values("who")[:1]), output_field=IntegerField())


def _chosen(rows, scope: Scope):
    rows = rows.filter(**_plain(scope))
    if scope.official.startswith(OF_ROLE):
        return rows.filter(official=None, responsible_role=scope.official.removeprefix(OF_ROLE))
    return rows.filter(official=int(scope.official)) if scope.official else rows


def _plain(scope: Scope) -> dict:
    chosen = {"service": scope.service, "norm": scope.norm}
    return {name: value for name, value in chosen.items() if value}
