"""What the papers of the contest say: the head's orders, the receipt of the materials, the commission's protocol."""

from django.utils.translation import gettext_lazy as _

from kazservices.documents.kinds import declare
from kazservices.documents.models import Paper
from kazservices.flow import paper_facts
from kazservices.flow.paper_facts import both, local, today
from kazservices.offices.models import User
from kazservices.offices.roles import Role
from kazservices.offices.service import holders
from schools.contest import commission, decisions, ordering, own
from schools.contest.dates import ENROLLED_FROM, day_of
from schools.contest.models.results import Standing
from schools.contest.ranking import SEATED, Outcome
from schools.contest.tables import GRADES, TESTS

APPOINTMENT, MATERIALS, PROTOCOL = "contest_appointment", "contest_materials", "contest_protocol"
ENROLMENT, RESERVE, PROMOTION, OWN = "contest_enrolment", "contest_reserve", "contest_promotion", "contest_own"
KINDS = (
    (APPOINTMENT, _("order on the responsible person"), ("person", "places", "signer")),
    (MATERIALS, _("receipt of the test materials"), ("received_at", "packages", "seals_whole", "signer")),
    (PROTOCOL, _("protocol of the contest"), ("classes", "commission", "ties", "signer")),
    (ENROLMENT, _("order of enrolment"), ("classes", "enrolled_from", "signer")),
    (RESERVE, _("order on the reserve"), ("classes", "signer")),
    (PROMOTION, _("order of enrolment from the reserve"), ("row", "signer")),
    (OWN, _("order on the school's own selection"), ("rows", "grade", "capacity", "signer")),
)


def declare_kinds():
    """Make the kinds known to the platform."""
    for code, label, wanted in KINDS:
        declare(code, label, wanted=wanted)


def facts(case, kind: str, inputs: dict) -> dict:
    """The facts of a campaign's paper; a campaign has no applicant and no category."""
    return {**_cover(case), **_OF[kind](case, inputs), "inputs": inputs}


def application_facts(application, kind: str, inputs: dict) -> dict:
    """The receipts of an application. Norms: ADM-C18, ADM-C19."""
    own_facts = {Paper.Kind.RECEIPT: paper_facts.receipt, Paper.Kind.NOT_TAKEN_RECEIPT: paper_facts.not_taken}
    said = own_facts[Paper.Kind(kind)](application, inputs)
    return {**paper_facts.cover(application), **said, "inputs": inputs}


def _cover(case) -> dict:
    return {
        "number": case.number,
        "year": case.year,
        "service": both(case.edition, "name"),
        "service_code": case.service,
        "act": both(case.edition, "act"),
        "office": both(case.office, "name"),
        "office_address": both(case.office, "address"),
        "office_phone": case.office.phone,
        "applicant": None,
        "category": None,
        "submitted_at": case.time.local(case.submitted_at).isoformat(),
        "accepted_on": case.accepted_on.isoformat(),
        "made_on": today(case),
    }


def _appointment(case, inputs) -> dict:
    person = User.objects.filter(pk=inputs["person"]).first()
    return {"person": person.full_name if person else "", "places": _places(case), "signer": _head(case)}


def _places(case) -> list[dict]:
    return [{"grade": row.grade, "places": row.places, "quota": row.quota} for row in case.places.all()]


def _materials(case, inputs) -> dict:
    return {
        "received_at": local(case, inputs["received_at"]),
        "brought_by": inputs["brought_by"],
        "packages": inputs["packages"],
        "seals_whole": bool(inputs["seals_whole"]),
        "remark": inputs.get("remark", ""),
        "contest_from": case.contest_from.isoformat(),
        "signer": case.responsible.full_name,
    }


def _protocol(case, inputs) -> dict:
    """Everybody's number, score and outcome, as it will be published. Norm: ADM-C41."""
    scores = {number: row for number, *row in case.scores.values_list("application__number", "right", "wrong", "total")}
    classes = [
        {
            "grade": grade,
            "questions": TESTS[grade].questions,
            "rows": [
                [placed.rank, placed.number, *scores[placed.number], placed.outcome.value, placed.reserve_place]
                for placed in ranking.placed
            ],
        }
        for grade, ranking in ordering.rankings(case).items()
    ]
    return {
        "made_on": today(case),
        "places": _places(case),
        "classes": classes,
        "ties": case.tie_motives,
        "second_round": case.second_round,
        "commission": [member.full_name for member in commission.members(case)],
        "held": [case.contest_from.isoformat(), case.contest_until.isoformat()],
        "signer": next((chair.full_name for chair in commission.chairs(case)), ""),
    }


def _enrolment(case, inputs) -> dict:
    """Who is enrolled from 1 September of the next school year. Norm: ADM-C42."""
    outcomes = [one.value for one in SEATED]
    return {
        "classes": _named(case.standings.filter(outcome__in=outcomes)),
        "enrolled_from": day_of(case.year, ENROLLED_FROM).isoformat(),
        "signer": _head(case),
    }


def _reserve(case, inputs) -> dict:
    """The reserve by its places. Norms: ADM-C42, ADM-C43."""
    kept = case.standings.filter(outcome=Outcome.RESERVE.value)
    return {"classes": _named(kept), "signer": _head(case)}


def _named(standings) -> list[dict]:
    found: dict[int, list] = {grade: [] for grade in GRADES}
    for one in standings.select_related("application__applicant", "application__score").order_by("grade", "rank"):
        found[one.grade].append(_named_row(one))
    return [{"grade": grade, "rows": rows} for grade, rows in found.items() if rows]


def _named_row(one: Standing) -> list:
    application = one.application
    return [application.number, application.applicant.full_name, application.score.total, one.outcome]


def _promotion(case, inputs) -> dict:
    """The first of the reserve. Norm: ADM-C44."""
    first = decisions.next_of_reserve(case, inputs["grade"])
    place = first.reserve_place if first else 0
    row = _named_row(first) if first else []
    return {"grade": inputs["grade"], "reserve_place": place, "row": row, "signer": _head(case)}


def _own(case, inputs) -> dict:
    """Within the sanitary capacity. Norm: ADM-C45."""
    rows = decisions.ranks(own.read_kept(case, inputs["file"]))
    places = inputs["places"]
    return {
        **{name: inputs[name] for name in ("grade", "capacity", "studying", "places")},
        "rows": [[rank, row.number, row.full_name, row.points, rank <= places] for rank, row in rows],
        "signer": _head(case),
    }


def _head(case) -> str:
    head = holders(case.office, Role.HEAD).first()
    return head.user.full_name if head else ""


_OF = {
    APPOINTMENT: _appointment,
    MATERIALS: _materials,
    PROTOCOL: _protocol,
    ENROLMENT: _enrolment,
    RESERVE: _reserve,
    PROMOTION: _promotion,
    OWN: _own,
}
