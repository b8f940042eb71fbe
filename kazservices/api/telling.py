"""What is told of each thing: plain values under the names of the shapes, in the reader's language."""

from calendars import words
from calendars.arithmetic import ExplainedDay
from kazservices import clock
from kazservices.cases import representation
from kazservices.cases.permission import is_applicant
from kazservices.deadlines.models import Deadline
from kazservices.deadlines.service import working_minutes_left
from kazservices.design.languages import active_language, in_language
from kazservices.flow import filing, particulars, representing
from kazservices.flow.lists import glances
from kazservices.flow.manifest import Glance, manifest_of
from kazservices.passports import service as passports
from kazservices.passports.models import Question
from kazservices.passports.reckoning import hours_of, window_of
from kazservices.reports.words import rule_name


def named(thing, name="name") -> dict:
    return {"code": thing.code, "name": in_language(thing, name)}


def service(row, edition, at) -> dict:
    window = window_of(edition, at, hours_of(edition)) if edition else None
    names = {"name": in_language(row, "name"), "alias": in_language(row, "alias")}
    return {"code": row.code, **names, "edition": edition and edition.code, "window": window}


def passport(edition, at) -> dict:
    return {
        **service(edition.service, edition, at),
        "term_length": edition.term_length,
        "term_unit": edition.term_unit,
        "valid_from": edition.valid_from,
        "valid_to": edition.valid_to,
        "act": in_language(edition, "act"),
        "windows": [str(window) for window in edition.windows.all()],
        "categories": [
            category(row) for row in edition.categories.prefetch_related("variants", "questions", "requirements")
        ],
    }


def category(row) -> dict:
    return {
        **named(row, "plain"),
        "hint": in_language(row, "hint"),
        "norm": row.norm,
        "variants": [named(variant, "plain") for variant in row.variants.all()],
        "questions": [
            {"code": q.code, "text": in_language(q, "text"), "closes": q.on_yes == Question.OnYes.CLOSES}
            for q in row.questions.all()
        ],
        "documents": [document(requirement) for requirement in row.requirements.all()],
    }


def document(requirement) -> dict:
    return {
        **named(requirement, "plain"),
        "norm": requirement.norm,
        "only_if": requirement.condition,
        "may_expire": requirement.expires,
    }


def reckoning(found) -> dict:
    return {
        "submitted_at": found.submitted,
        "accepted_on": found.accepted,
        "due_at": found.due,
        "window": found.window,
        "days": days(found.days),
    }


def days(explained: list[ExplainedDay]) -> list[dict]:
    """Each day of a term, counted or not, and by which act."""
    language = active_language()
    return [
        {
            "date": day.date,
            "counted": day.counted,
            "ordinal": day.ordinal,
            "kind": day.kind,
            "why": words.explained_words(day, language),
            "act": words.act_words(day.act, language) if day.act else "",
            "provisional": day.provisional,
        }
        for day in explained
    ]


def office(row) -> dict:
    return {
        **named(row),
        "territory": in_language(row, "territory"),
        "address": in_language(row, "address"),
        "phone": row.phone,
        "services": sorted(service for service in row.services if row.provides(service)),
    }


def token(row, roles) -> dict:
    shown = {name: getattr(row, name) for name in ("name", "prefix", "scopes", "expires_at")}
    return {**shown, "office": row.office and named(row.office), "roles": sorted(roles)}


def file(attachment) -> dict:
    plain = ("requirement", "name", "size", "sha256", "valid_until")
    return {"id": attachment.pk, "type": attachment.content_type, **{name: getattr(attachment, name) for name in plain}}


def power(row) -> dict:
    """For whom a draft is written; nobody's name by an IIN alone."""
    told = {name: getattr(row, name) for name in ("basis", "proof", "since", "until")}
    return {**told, "name": row.shown_name, "number": row.document_number}


def draft(progress: filing.Progress, reckoned) -> dict:
    """All that a draft still wants; ``reckoned``: what its submission now would give, if that is known."""
    row, chosen = progress.draft, progress.category
    given, closing = progress.consent, chosen and progress.closed_by
    unanswered = [q.code for q in passports.questions_to_ask(chosen, progress.answers)] if chosen else []
    if chosen and chosen.variants.all() and progress.variant is None:
        unanswered.insert(0, passports.VARIANT)
    missing = progress.missing(reckoned["accepted_on"]) if chosen and reckoned else []
    lacking = [{**named(lack.requirement, "plain"), "reason": lack.reason} for lack in missing]
    if progress.lacks_proof:
        lacking.insert(0, {**named(representing.PowerPaper(), "plain"), "reason": "missing"})
    return {
        **{name: getattr(row, name) for name in ("ref", "key", "service", "updated_at")},
        "office": row.office and named(row.office),
        "category": chosen.code if chosen else "",
        "answers": progress.answers,
        "unanswered": unanswered,
        "form": [form_field(field) for field in passports.fields_of(chosen)] if chosen else [],
        "particulars": progress.particulars,
        "closed_by": in_language(closing, "told") if closing else "",
        "consent": _consent(progress, given),
        "documents": [document(requirement) for requirement in progress.papers] if chosen else [],
        "files": [file(attachment) for attachment in row.attachments.all()],
        "missing": lacking,
        "reckoning": reckoned,
        "previous": row.previous and row.previous.ref,
        "power": progress.power and power(progress.power),
    }


def _consent(progress, given) -> dict | None:
    """What is asked before a register is; nothing where none is asked."""
    if progress.category is None or not progress.wants_consent:
        return None
    return {"text": filing.consent_text(progress), "given": given and given.given}


def form_field(field) -> dict:
    """A field of the form; its choices in the reader's language."""
    choices = [{"code": choice["code"], "name": particulars.choice_in_words(choice)} for choice in field.choices]
    if field.kind == field.Kind.OFFICE:
        choices = [{"code": code, "name": name} for code, name in particulars.offered(field)]
    told = {"code": field.code, "name": in_language(field, "label"), "hint": in_language(field, "hint")}
    return {**told, "kind": field.kind, "required": field.required, "choices": choices}


def cases(rows, viewer) -> list[dict]:
    """The rows of a list; the number of queries does not depend on how many there are."""
    seen, known = glances(rows, viewer), {}
    for case in rows:  # the same office keeps the same hours
        key = (case.office_id, case.service)
        if key not in known:
            known[key] = case.time
        case.time = known[key]
    return [case_row(case, viewer, seen.get(case.pk, Glance())) for case in rows]


def case_row(case, viewer, glance: Glance) -> dict:
    plain = ("ref", "number", "service", "stage", "status", "submitted_at", "accepted_on", "decided_at", "next_due_at")
    return {
        **{name: getattr(case, name) for name in plain},
        "office": named(case.office),
        "status_name": str(status_name(case)),
        "applicant": representation.name_for(case, viewer),
        "subject": glance.subject,
        "working_minutes_left": _left(case),
        "appointed_at": glance.appointed_at,
    }


def case(found, viewer) -> dict:
    """One case: its cover sheet, its clocks, its papers as this reader may have them."""
    glance = glances([found], viewer).get(found.pk, Glance())
    return {
        **case_row(found, viewer, glance),
        "channel": found.channel,
        "language": found.language,
        "place": glance.place,
        "previous": found.previous and found.previous.ref,
        "seen": found.journal_count,
        "clocks": [clock_of(row) for row in found.deadlines.select_related("office").order_by("started_at", "pk")],
        "documents": [file(attachment) for attachment in found.attachments.all()],
        "papers": [paper(row) for row in papers_for(found, viewer)],
    }


def status_name(case) -> str:
    states = dict(manifest_of(case.service).model._meta.get_field("state").flatchoices)
    return states.get(case.status, case.status)


def clock_of(row: Deadline) -> dict:
    plain = (
        "rule", "norm", "length", "unit", "ours", "conditional", "started_at", "base_on", "due_on", "due_at",
        "ended_at", "outcome", "provisional", "external", "extended_by", "source",
    )  # fmt: skip
    left = working_minutes_left(row, clock.now()) if row.is_running else None
    told = {"id": row.pk, "label": rule_name(row.rule), "breach": row.breach_noted_at is not None}
    return {**told, **{name: getattr(row, name) for name in plain}, "working_minutes_left": left}


def papers_for(case, viewer):
    """To the applicant what has been given to him, in force or not; to staff all but void drafts."""
    found = case.papers.order_by("pk")
    return found.given() if viewer.is_recipient else found.standing()


def paper(row) -> dict:
    plain = ("number", "kind", "state", "sha256", "prepared_at", "issued_at")
    return {"id": row.pk, "kind_name": row.kind_name, **{name: getattr(row, name) for name in plain}}


def person(case, viewer) -> dict:
    """Who applies; his number is not his representative's to read."""
    row = case.applicant
    told = {name: getattr(row, name) for name in ("full_name", "iin", "birth_date")}
    return {**told, "phone": "" if viewer.is_recipient and not is_applicant(case, viewer) else row.phone}


def line(case, entry, viewer) -> dict:
    """A line of the journal; to a citizen officials are named by what they are, not by who."""
    said = {move.name: move.done or move.label for move in manifest_of(case.service).moves}
    plain = ("number", "at", "move", "norm", "hash")
    return {
        **{name: getattr(entry, name) for name in plain},
        "words": str(said.get(entry.move, "")),
        "by": _actor(case, entry, viewer),
        "by_system": entry.actor_id is None,
    }


def letter(row) -> dict:
    plain = ("key", "letter", "subject", "served_at", "read_at", "body")
    return {**{name: getattr(row, name) for name in plain}, "case": row.case and row.case.ref}


def breach(row) -> dict:
    return {
        "case": row.ref,
        "number": row.number,
        "service": row.service,
        "office": row.office,
        "rule": row.rule,
        "norm": row.norm,
        "started_at": row.started,
        "due_at": row.due,
        "ended_at": row.ended,
        "working_minutes_late": row.minutes_late,
        "responsible": row.responsible,
        "cause": row.cause,
        "note": row.note,
    }


def figures(table: str, name: str, tally) -> dict:
    counts = {field: getattr(tally, field) for field in ("counted", "on_time", "late", "running", "share")}
    spent = {"median_minutes": tally.median, "percentile_90_minutes": tally.percentile_90}
    return {"table": table, "line": name, **counts, **spent}


def _left(case) -> int | None:
    return None if case.next_due_at is None else case.time.working_minutes_between(clock.now(), case.next_due_at)


def _actor(case, entry, viewer) -> str:
    if entry.actor is None:
        return "system"
    if is_applicant(case, entry.actor):
        return "applicant"
    if entry.actor.is_recipient:
        return "representative"
    return "office" if viewer.is_recipient else entry.actor.full_name
