"""What the contest decides: ties, results, reserve, free places, and the school's own selection."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from schools.contest import ordering, own, steps
from schools.contest.models.plan import Publication
from schools.contest.models.results import FreedPlace, OwnResult, OwnSelection, Score, Standing
from schools.contest.ranking import SEATED, Outcome
from schools.contest.tables import OWN_GRADES


def tie_decided(case, *, grade, order, motive):
    """Exactly one group of equals, every one of them once, with a motive. Norm: GAP-38."""
    groups = {frozenset(group) for group_grade, group in ordering.undecided(case) if group_grade == grade}
    if frozenset(order) not in groups or len(set(order)) != len(order):
        raise ValidationError({"order": _("Name each of the equal candidates once, the first of them first.")})
    if not motive.strip():
        raise ValidationError({"motive": _("Write why: it stands in the protocol.")})
    words = {number: place for place, number in enumerate(order, start=1)}
    case.ties = {**case.ties, str(grade): {**case.ties.get(str(grade), {}), **words}}
    case.tie_motives = [*case.tie_motives, {"grade": grade, "order": list(order), "motive": motive}]


def results_published(case, by, at):
    """The order is written down as the protocol has it, and lies before the public. Norms: ADM-C40, ADM-C41."""
    keys = dict(case.applications.values_list("number", "pk"))
    case.standings.all().delete()
    for grade, ranking in ordering.rankings(case).items():
        Standing.objects.bulk_create(
            Standing(
                campaign=case, application_id=keys[one.number], grade=grade, rank=one.rank, outcome=one.outcome.value,
                reserve_place=one.reserve_place,
            )
            for one in ranking.placed
        )  # fmt: skip
    steps.publish(case, Publication.Kind.RESULTS, {"classes": public_results(case)}, by=by, at=at)


def public_results(case) -> list[dict]:
    """Number, score and outcome, class by class; nobody's name. Norm: ADM-C41."""
    scores = dict(Score.objects.filter(campaign=case).values_list("application_id", "total"))
    found: dict[int, list] = {}
    for one in case.standings.select_related("application").order_by("grade", "rank"):
        row = {
            "rank": one.rank, "number": one.application.number, "total": scores[one.application_id],
            "outcome": one.outcome, "reserve_place": one.reserve_place,
        }  # fmt: skip
        found.setdefault(one.grade, []).append(row)
    return [{"grade": grade, "rows": rows} for grade, rows in sorted(found.items())]


def reserve_published(case, by, at):
    """The reserve in falling order, at most ten a class. Norm: ADM-C43."""
    kept = [
        {**part, "rows": [row for row in part["rows"] if row["outcome"] == Outcome.RESERVE]}
        for part in public_results(case)
    ]
    steps.publish(case, Publication.Kind.RESERVE, {"classes": kept}, by=by, at=at)


def place_freed(case, by, at, *, grade, reason, left):
    """A place of somebody enrolled, or a new one; published as a vacancy. Norm: ADM-C44."""
    if not case.places.filter(grade=grade).exists():
        raise ValidationError({"grade": _("The contest was not held for this class.")})
    who = _who_left(case, grade, left) if left else None
    try:
        with transaction.atomic():
            FreedPlace.objects.create(campaign=case, grade=grade, reason=reason, left=who, freed_at=at)
    except IntegrityError:
        raise ValidationError({"left": _("The place of this candidate is free already.")}) from None
    vacancies_published(case, by, at)


def _who_left(case, grade, number):
    held = Standing.objects.filter(application__place_taken__isnull=False) | Standing.objects.filter(
        outcome__in=[one.value for one in SEATED]
    )
    standing = held.filter(campaign=case, grade=grade, application__number=number).select_related("application").first()
    if standing is None:
        raise ValidationError({"left": _("Nobody with this number has a place in this class.")})
    return standing.application


def vacancies_published(case, by, at):
    """How many places are free, by class; also that none is. Norm: ADM-C44."""
    free = [{"grade": grade, "places": number} for grade, number in sorted(ordering.free_places(case).items())]
    steps.publish(case, Publication.Kind.VACANCIES, {"free": free}, by=by, at=at)


def next_of_reserve(case, grade) -> Standing | None:
    """The first who still waits; whoever gave up is passed over. Norm: ADM-C44."""
    return ordering.reserve(case, grade).first()


def promoted(case, by, at, *, grade):
    """The oldest free place of the class goes to the first of its reserve. Norm: ADM-C44."""
    place = FreedPlace.objects.filter(campaign=case, grade=grade, taken_by=None).first()
    first = next_of_reserve(case, grade)
    if place is None or first is None:
        raise ValidationError({"grade": _("No place is free in this class, or nobody waits for it.")})
    place.taken_by, place.taken_at = first.application, at
    place.save(update_fields=["taken_by", "taken_at"])
    first.promoted_at = at
    first.save(update_fields=["promoted_at"])
    vacancies_published(case, by, at)


def own_selected(case, by, at, *, grade, capacity, studying, places, file):
    """Never more pupils than the sanitary rules let the class hold. Norms: ADM-C45, GAP-12."""
    if grade not in OWN_GRADES:
        raise ValidationError({"grade": _("The school selects by itself for classes 8 to 11.")})
    if studying + places > capacity:
        message = _("The class may hold %(capacity)s pupils and has %(studying)s: %(free)s places can be given.")
        numbers = {"capacity": capacity, "studying": studying, "free": max(capacity - studying, 0)}
        raise ValidationError({"places": ValidationError(message, params=numbers)})
    rows = own.read_kept(case, file)
    selection = OwnSelection.objects.create(
        campaign=case, grade=grade, capacity=capacity, studying=studying, places=places, at=at, file_id=file
    )
    OwnResult.objects.bulk_create(_own_results(selection, rows))
    public = [{"rank": n, "number": row.number, "points": row.points, "taken": n <= places} for n, row in ranks(rows)]
    content = {"grade": grade, "places": places, "rows": public}
    steps.publish(case, Publication.Kind.OWN, content, by=by, at=at)


def _own_results(selection, rows) -> Iterable[OwnResult]:
    for rank, row in ranks(rows):
        yield OwnResult(
            selection=selection, number=row.number, full_name=row.full_name, points=row.points, rank=rank,
            is_taken=rank <= selection.places,
        )  # fmt: skip


def ranks(rows):
    """(rank, row) by falling points; equals stand as the school lists them."""
    return enumerate(sorted(rows, key=lambda row: (-row.points, row.line)), start=1)
