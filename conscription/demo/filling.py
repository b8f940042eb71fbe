"""The offices of the commission with their histories."""

from datetime import timedelta

from django.db.models import F, Value

from kazservices.cases.models import Case
from kazservices.flow.demo import known_people
from kazservices.notices.models import Channel, Notice

from .campaigns import campaigns, seasons
from .offices import build_offices, order_call_ups
from .telling import tell

READ_AFTER = timedelta(hours=3)


def fill(now, short: bool) -> int:
    """How many cases were told; none when the demo's histories are there already."""
    places = build_offices()
    years = sorted({season.opens.year for season in seasons(places[0].office.today())})
    order_call_ups(years, places[0].people["operator"])
    if Case.objects.filter(office__in=[place.office for place in places]).exists():
        return 0
    tellings = campaigns(places, known_people(), now, short=short)
    tell(tellings, now)
    _close_the_past(now)
    return len(tellings)


def _close_the_past(now):
    """Copies of letters went out when they were owed, and what is older than an evening has been read."""
    Notice.objects.exclude(channel=Channel.CABINET).filter(sent_at=None).update(sent_at=F("owed_at"))
    old = Notice.objects.filter(channel=Channel.CABINET, owed_at__lt=now - timedelta(days=1), read_at=None)
    old.update(read_at=F("owed_at") + Value(READ_AFTER))
