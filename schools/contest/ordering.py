"""From the register and the scores of a contest to its order, class by class. Norms: ADM-C38, ADM-C40, ADM-C46."""

from schools.contest.models.results import FreedPlace, Score, Standing
from schools.contest.ranking import Candidate, Olympiad, Outcome, Ranking, ranked
from schools.contest.states import REGISTERED, State


def candidates(case) -> dict[str, int]:
    """The register numbers of the contest with their classes."""
    return dict(case.applications.filter(state__in=REGISTERED).values_list("number", "grade"))


def rankings(case) -> dict[int, Ranking]:
    """The order of each class by what is known now."""
    taking_part = _taking_part(case)
    return {
        row.grade: ranked(
            [one for grade, one in taking_part if grade == row.grade],
            row.places,
            row.quota,
            case.ties.get(str(row.grade), {}),
        )
        for row in case.places.all()
    }


def _taking_part(case) -> list[tuple[int, Candidate]]:
    """Whoever has a score; where the charter has a second round, whoever has passed it too. Norm: ADM-C46."""
    scores = Score.objects.filter(campaign=case, application__state__in=REGISTERED).select_related("application")
    if case.second_round:
        scores = scores.filter(passed=True)
    return [(score.application.grade, _candidate(score)) for score in scores]


def _candidate(score: Score) -> Candidate:
    """Registered when accepted, then when received: a night's application waits for its day. Norm: GAP-38."""
    one = score.application
    registered = (one.accepted_on, one.submitted_at)
    return Candidate(one.number, score.total, registered, Olympiad(one.olympiad), one.in_quota)


def undecided(case) -> list[tuple[int, tuple[str, ...]]]:
    """(class, numbers) of equals whose order only the commission can say."""
    return [(grade, group) for grade, ranking in rankings(case).items() for group in ranking.undecided]


def reserve(case, grade=None):
    """Who waits in the reserve, in order."""
    waiting = Standing.objects.filter(
        campaign=case, outcome=Outcome.RESERVE.value, promoted_at=None, application__state=State.IN_RESERVE
    )
    waiting = waiting.filter(grade=grade) if grade else waiting
    return waiting.select_related("application__applicant").order_by("grade", "reserve_place")


def free_places(case) -> dict[int, int]:
    """How many places are free now, by class."""
    found: dict[int, int] = {}
    for grade in FreedPlace.objects.filter(campaign=case, taken_by=None).values_list("grade", flat=True):
        found[grade] = found.get(grade, 0) + 1
    return found


def classes_to_fill(case) -> list[int]:
    """The classes with a free place for which somebody waits."""
    waiting = set(reserve(case).values_list("grade", flat=True))
    return [grade for grade in sorted(free_places(case)) if grade in waiting]
