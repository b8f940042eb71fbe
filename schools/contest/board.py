"""The public page of the contests: schedules, results, reserve, free places; registration numbers, never names.

Norms: ADM-C28, ADM-C37, ADM-C41, ADM-C43, ADM-C44.
"""

from datetime import datetime

from schools.contest.models import ContestCampaign, Publication
from schools.contest.tables import TESTS


def board(query) -> dict:
    """The contest of the school and year that are asked for; the newest first."""
    campaigns = list(ContestCampaign.objects.exclude(responsible=None).select_related("office").order_by("-year", "pk"))
    wanted = str(query.get("contest", ""))
    chosen = next((one for one in campaigns if str(one.ref) == wanted), campaigns[0] if campaigns else None)
    return {"campaigns": campaigns, "chosen": chosen, **(_published(chosen) if chosen else {})}


def _published(campaign) -> dict:
    """The newest publication of each kind, in its very words; of own selections every one."""
    newest: dict[str, Publication] = {}
    for one in campaign.publications.all():
        newest[one.kind] = one
    return {
        "places": list(campaign.places.all()),
        "tests": [TESTS[row.grade] for row in campaign.places.all()],
        "newest": newest,
        "sittings": _sittings(newest.get(Publication.Kind.SCHEDULE)),
        "own": list(campaign.publications.filter(kind=Publication.Kind.OWN)),
    }


def _sittings(publication) -> list[dict]:
    """The published days as instants."""
    rows = publication.content["sittings"] if publication else []
    return [{**row, "starts_at": datetime.fromisoformat(row["at"])} for row in rows]
