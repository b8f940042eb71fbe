"""What the letters of a complaint may say; no letter names anybody else."""

from kazservices.flow.letter_facts import cover, days, moments

from . import bodies


def context(case, move, facts) -> dict:
    """The context of a letter owed by a move."""
    return {
        **cover(case, rule="consider"),
        "about": case.about.number if case.about_id else "",
        "against": case.against,
        "body": case.considered_by,
        "at_the_body": case.capacity == case.Capacity.BODY,
        "longer": bodies.considers_longer(case.considered_by),
        "registered": days(case.registered_on) if case.registered_on else None,
        "forward_by": _due(case, "complaint.forward"),
        "answer_by": _due(case, "complaint.answer_5", "complaint.answer_15", "complaint.their_5", "complaint.their_15"),
        "is_outside": case.is_outside,
        "their_number": case.their_number,
        "their_day": days(case.their_registered_on) if case.their_registered_on else None,
        "granted": case.granted,
        "reason": case.extension_reason,
        "outcome": case.outcome,
        "motive": case.motive,
        "ordered": case.ordered,
        "within": case.execute_within,
        "decision": case.decision,
        "on_paper": not case.is_electronic,
    }


def _due(case, *rules) -> dict | None:
    clock = case.deadlines.filter(rule__in=rules).order_by("-started_at").first()
    return moments(case.time.local(clock.due_at)) if clock else None
