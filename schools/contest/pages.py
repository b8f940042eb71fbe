"""What the faces show of a campaign and of an application beyond the cover sheet, and what goes into the file."""

from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from kazservices.design.templatetags.design import staff_datetime
from kazservices.documents.models import Paper
from kazservices.flow import particulars
from kazservices.flow.bundle import Chapter, chapter
from schools.contest import commission, ordering
from schools.contest.models.results import Score, Standing
from schools.contest.register import rows
from schools.contest.states import RESULTS_OUT, CampaignState, State
from schools.contest.tables import TESTS

SHOWN = 25  # of the register and of the order on the page of the case; the file and the protocol hold all


def campaign(case, viewer) -> dict:
    """The contest at a glance: places, register, tests, schedule, order, reserve, what was published."""
    order = ordering.rankings(case) if case.state in (CampaignState.FIRST_ROUND_HELD, CampaignState.HELD) else {}
    registered = rows(case)
    return {
        "places": list(case.places.all()),
        "tests": [TESTS[row.grade] for row in case.places.all()],
        "responsible": case.responsible,
        "register": registered[:SHOWN],
        "registered": registered.count(),
        "by_class": list(registered.order_by("grade").values("grade").annotate(count=Count("pk", distinct=True))),
        "waiting": case.applications.filter(state=State.SUBMITTED).count(),
        "sittings": list(case.sittings.all()),
        "commission": commission.members(case),
        "commission_is_lawful": commission.is_lawful(case),
        "scored": case.scores.count(),
        "order": _order(case, order),
        "undecided": ordering.undecided(case) if order else [],
        "standings": _standings(case),
        "reserve": list(ordering.reserve(case)),
        "free": sorted(ordering.free_places(case).items()),
        "own": list(case.own_selections.prefetch_related("results")),
        "publications": list(case.publications.order_by("-at", "-pk")),
    }


def _order(case, order) -> list[dict]:
    totals = dict(case.scores.values_list("application__number", "total")) if order else {}
    return [
        {
            "grade": grade,
            "count": len(ranking.placed),
            "rows": [{"placed": placed, "total": totals[placed.number]} for placed in ranking.placed[:SHOWN]],
        }
        for grade, ranking in sorted(order.items(), reverse=True)
    ]


def _standings(case) -> list[dict]:
    if case.state not in RESULTS_OUT:
        return []
    standings = case.standings.select_related("application", "application__score").order_by("-grade", "rank")
    found: dict[int, list] = {}
    for one in standings:
        found.setdefault(one.grade, []).append(one)
    return [{"grade": grade, "count": len(rows), "rows": rows[:SHOWN]} for grade, rows in found.items()]


def application(case, viewer) -> dict:
    """The class, what was filled in, the sitting; to the family also the result once it is public. Norm: ADM-C41."""
    out = case.campaign.state in RESULTS_OUT
    return {
        "category": case.category,
        "state_label": State(case.state).label,
        "filled": particulars.in_words(case.category, case.particulars),
        "test": TESTS[case.grade],
        "sitting": case.campaign.sittings.filter(grade=case.grade).first(),
        "score": Score.objects.filter(application=case.pk).first() if out else None,
        "standing": Standing.objects.filter(application=case.pk).first() if out else None,
        "campaign": case.campaign,
        "late": _late(case),
    }


def _late(case) -> dict | None:
    """The period that it was too late for, by its receipt (ADM-C19)."""
    receipt = case.papers.filter(kind=Paper.Kind.NOT_TAKEN_RECEIPT).order_by("pk").last()
    late = receipt.facts.get("late") if receipt else None
    return late and {name: late[name] and date.fromisoformat(late[name]) for name in ("ended_on", "opens_on")}


def bundle(case) -> tuple[Chapter, ...]:
    """What was filled in, the sitting, and what the answer sheet gave and became."""
    sittings = case.campaign.sittings.filter(grade=case.grade)
    return (
        particulars.chapter_of(case),
        chapter("sittings", "sitting", _("Sitting"), sittings, _sitting),
        chapter("scores", "score", _("Scores"), Score.objects.filter(application=case.pk), _score),
        chapter("standings", "standing", _("Standing"), Standing.objects.filter(application=case.pk), _standing),
    )


def campaign_bundle(case) -> tuple[Chapter, ...]:
    """Places, sittings, scores, the order of the protocol, what was published: some have hundreds of lines."""
    selections = case.own_selections.prefetch_related("results")
    scores, standings = case.scores.select_related("application"), case.standings.select_related("application")
    published = case.publications.order_by("at", "pk")
    return (
        chapter("places", "places", _("Places of the classes"), case.places.all(), _places, together=True),
        chapter("sittings", "sitting", _("Schedule"), case.sittings.all(), _sitting),
        chapter("scores", "scores", _("Scores"), scores.order_by("pk"), _candidate_score, together=True),
        chapter("standings", "standings", _("Order of the protocol"), standings, _candidate_standing, together=True),
        chapter("own_selection", "own selection", _("The school's own selection"), selections),
        chapter("publications", "publication", _("Published"), published, _publication, together=True),
    )


def _places(row):
    yield _("Class"), str(row.grade)
    yield _("Places"), str(row.places)
    yield _("Quota"), str(row.quota)


def _candidate_score(score):
    yield _("Candidate"), score.application.number
    yield from _score(score)


def _candidate_standing(standing):
    yield _("Class"), str(standing.grade)
    yield _("Candidate"), standing.application.number
    yield from _standing(standing)


def _publication(publication):
    yield _("What"), publication.get_kind_display()
    yield _("When"), staff_datetime(publication.at)


def _sitting(sitting):
    yield _("Class"), str(sitting.grade)
    yield _("When"), staff_datetime(sitting.starts_at)
    yield _("Place"), sitting.place


def _score(score):
    yield _("Right answers"), str(score.right)
    yield _("Wrong answers"), str(score.wrong)
    yield _("Total"), str(score.total)


def _standing(standing):
    yield _("Rank"), str(standing.rank)
    yield _("Place in the reserve"), str(standing.reserve_place or "")
