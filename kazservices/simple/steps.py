"""What the moves write down, and what they will not accept."""

from django.utils.translation import gettext_lazy as _

from kazservices.documents.models import Paper
from kazservices.flow.mending import corrected_facts
from kazservices.flow.objections import demand_offered, demand_words

from . import papers


def granted(case, by, motive) -> None:
    case.decided_by, case.motive, case.refusal_grounds = by, motive, []


def refused(case, by, grounds, motive) -> None:
    """Only on a ground that is lawful in this case, and with its reasons. Norms: LAW-5-1-2, LAW-19-1-1."""
    demand_offered(case, "grounds", grounds)
    demand_words("motive", motive)
    case.decided_by, case.motive, case.refusal_grounds = by, motive, list(grounds)


def handed_over(case, at, collected_by) -> None:
    demand_words("collected_by", collected_by, _("Write who has collected the paper, and by which document."))
    case.handed_over_at, case.handed_over_to = at, collected_by.strip()


def reopened(case, at, because) -> None:
    demand_words("because", because, _("Name the decision, the court act, or what is unlawful in the result."))
    case.reopened_at, case.reopened_because = at, because
    case.decided_by, case.refusal_grounds, case.motive = None, [], ""
    case.handed_over_at, case.handed_over_to = None, ""


def corrected(case, *, paper, wrong, right, reason) -> None:
    """What the case itself shows of a text reads as the corrected paper does."""
    facts = corrected_facts(case, paper=paper, wrong=wrong, right=right, reason=reason)
    if Paper.objects.get(pk=paper).kind in papers.RESULTS:
        case.motive = facts["motive"]
