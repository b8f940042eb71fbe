"""What the letters of an application for a place may say: dates already in words, each in both languages."""

from kazservices.flow.letter_facts import cover, days, mended, moments, refused_to_accept
from schools.admission import conditions, steps
from schools.admission.papers import LANGUAGES


def context(case, move, facts) -> dict:
    """The context of a letter owed by a move. Norms: ADM-9-3, ADM-9-4, ADM-S5-4."""
    return {
        **cover(case, rule="answer"),
        **refused_to_accept(case, facts),
        **mended(case, move, facts),
        "child": case.child.full_name,
        "grade": case.pool.grade,
        "year": case.pool.year,
        "taught_in": LANGUAGES[case.pool.language],
        "queues": steps.queues(case),
        "offer_until": moments(case.time.local(conditions.offer_ends(case))) if move == "offer" else None,
        "health_until": _health(case) if move == "ask_health_documents" else None,
        "order": _order(case) if move == "enrol" else None,
    }


def order_context(order, move, facts) -> dict:
    return {"office": order.office, "grade": order.pool.grade}


def _health(case) -> dict:
    clock = case.deadlines.filter(rule=f"{case.service}.health").latest("started_at")
    return days(clock.due_on)


def _order(case) -> dict:
    return {"number": case.order.order_number, "on": days(case.order.order_date)}
