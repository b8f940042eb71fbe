"""Dates of cases as iCalendar files (RFC 5545), for a citizen's own calendar and for that of the desk.

An entry keeps its UID for good; when the thing moves its SEQUENCE grows, when it is called off its STATUS says so, so
that a calendar that took it in earlier corrects it. Instants stand in UTC: Kazakhstan has changed its offset before.
A case is named by its number alone, a person never.
"""

from datetime import UTC, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vDatetime, vText

from kazservices import clock
from kazservices.deadlines.history import MOVED
from kazservices.deadlines.models import Deadline, Outcome
from kazservices.deadlines.order import clocks_of, main_clock
from kazservices.design.languages import active_language, in_language

from .manifest import Occasion, all_manifests, manifest_of

A_DAY_BEFORE = timedelta(days=-1)
REFRESHED = timedelta(hours=6)


def calendar(events, title: str) -> bytes:
    """One file of entries in the reader's language."""
    file = Calendar()
    file.add("prodid", "-//kazservices//dates of cases//KK")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("name", title)
    file.add("x-wr-calname", title)
    file.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    for event in events:
        file.add_component(event)
    return file.to_ical()


def hearings_of(case) -> list[Event]:
    """The hearings of a case, each moved or called off as it stands now."""
    return [_event(case, occasion) for occasion in occasions_of(case)]


def every_date_of(case, *, for_citizen: bool = True) -> list[Event]:
    """All dates of a case: its hearings, to the citizen the terms that are his own, the answer."""
    clocks = clocks_of(case)
    own = own_terms_of(case, clocks) if for_citizen else []
    return [*hearings_of(case), *own, *result_of(case, main_clock(clocks))]


def occasions_of(case) -> list[Occasion]:
    return manifest_of(case.service).occasions([case.pk]).get(case.pk, [])


def hearings_before(cases, since, until) -> list[Event]:
    """The hearings in which these cases are before a commission in a span; each service is asked once."""
    appointed = set()
    for manifest in all_manifests():
        own = cases.filter(service=manifest.code).order_by().values("pk")
        appointed |= set(manifest.appointments(own, since))
    found = list(cases.filter(pk__in=appointed).select_related("office")) if appointed else []
    return of_desk(found, since, until)


def of_desk(cases, since, until) -> list[Event]:
    """The hearings of many cases that begin in a span, by service; the cases are few: those with a hearing there."""
    found = []
    for service in sorted({case.service for case in cases}):
        own = {case.pk: case for case in cases if case.service == service}
        for key, occasions in manifest_of(service).occasions(list(own)).items():
            found += [(o.begins, _event(own[key], o)) for o in occasions if since <= o.begins < until]
    return [event for _begins, event in sorted(found, key=lambda pair: pair[0])]


def result_of(case, main: Deadline | None) -> list[Event]:
    """The day by which the answer comes: another clock is another entry, a recounted one is the same, moved."""
    if main is None:
        return []
    place = case.deadlines.filter(rule=main.rule, started_at__lt=main.started_at).count() + 1
    off = main.outcome in (Outcome.CANCELLED, Outcome.TRANSFERRED)
    title = _("Result not later than this day, case № %(number)s") % {"number": case.number}
    event = _entry(case, f"result-{place}", title, _changes(case, main), called_off=off)
    _on_day(event, main)
    return [event]


def own_terms_of(case, clocks) -> list[Event]:
    """The terms that are the citizen's own to use; one that has ended, used or not, calls itself off."""
    found = []
    for own in clocks:
        if not own.ours:
            title = _("Last day for your written position, case № %(number)s") % {"number": case.number}
            event = _entry(case, f"term-{own.pk}", title, _changes(case, own), called_off=not own.is_running)
            _on_day(event, own)
            found.append(event)
    return found


def _changes(case, term: Deadline) -> int:
    """How often what a calendar took in of a term may have changed: by each recount, and by its end."""
    recounted = case.journal.filter(move=MOVED, at__gt=term.started_at).count()
    return recounted + (not term.is_running)


def _event(case, occasion: Occasion) -> Event:
    event = _entry(case, occasion.name, occasion.title, occasion.moved, called_off=occasion.called_off)
    event.add("dtstart", vDatetime(_utc(occasion.begins)))
    event.add("dtend", vDatetime(_utc(occasion.ends)))
    if occasion.place:
        event.add("location", _said(occasion.place))
    event.add("description", _said(_described(case, occasion)))
    if not occasion.called_off:
        event.add_component(_alarm(occasion.title, A_DAY_BEFORE))
    return event


def _entry(case, name, title, moved, *, called_off=False) -> Event:
    event = Event()
    event.add("uid", f"{case.ref}-{name}@kazservices")
    event.add("dtstamp", clock.now())
    event.add("sequence", moved)
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    event.add("summary", _said(title))
    return event


def _on_day(event, main) -> None:
    """A whole day, with the reminder at nine in the morning of the day before."""
    event.add("dtstart", main.due_on)
    event.add("dtend", main.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if event["status"] != "CANCELLED":
        event.add_component(_alarm(str(event["summary"]), timedelta(hours=-15)))


def _alarm(words: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", _said(words))
    return alarm


def _described(case, occasion) -> str:
    if occasion.called_off:
        return _("The hearing is called off: it is no longer needed.")
    said = [occasion.way, in_language(case.office, "name"), case.office.phone]
    return "\n".join(line for line in said if line)


def _said(words: str) -> vText:
    text = vText(words)
    text.params["LANGUAGE"] = active_language()
    return text


def _utc(moment):
    return moment.astimezone(UTC)
