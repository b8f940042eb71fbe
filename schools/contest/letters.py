"""What the letters of the contest may say, each fact in both languages."""

from kazservices.flow import letter_facts
from schools.contest.models.results import Score, Standing
from schools.contest.ranking import Outcome

OUTCOMES = {
    Outcome.GENERAL: {"kk": "орын берілді", "ru": "место предоставлено"},
    Outcome.QUOTA: {"kk": "квота бойынша орын берілді", "ru": "место предоставлено по квоте"},
    Outcome.RESERVE: {"kk": "резервтік тізімде", "ru": "в резервном списке"},
    Outcome.NOT_SELECTED: {"kk": "іріктеуден өтпеді", "ru": "отбор не пройден"},
}
ABSENT = {"kk": "тестке қатыспады", "ru": "не участвовал в тестировании"}


def campaign(case, move, facts) -> dict:
    """The letters to the school's own people."""
    return {"service": case.edition, "office": case.office, "year": case.year}


def application(case, move, facts) -> dict:
    """The letters to the child's parents. Norms: ADM-C28, ADM-C41, ADM-C42."""
    sitting = case.campaign.sittings.filter(grade=case.grade).first()
    return {
        **letter_facts.cover(case),
        **letter_facts.refused_to_accept(case, facts),
        "grade": case.grade,
        "sitting_at": letter_facts.moments(case.time.local(sitting.starts_at)) if sitting else None,
        "place": sitting.place if sitting else "",
        **_result(case),
    }


def _result(case) -> dict:
    score = Score.objects.filter(application=case.pk).first()
    standing = Standing.objects.filter(application=case.pk).first()
    return {
        "total": score.total if score else None,
        "outcome": OUTCOMES[Outcome(standing.outcome)] if standing else ABSENT,
        "rank": standing.rank if standing else None,
        "reserve_place": standing.reserve_place if standing else 0,
    }
