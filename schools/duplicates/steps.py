"""What the moves of an application for a duplicate write down."""

from django.utils.translation import gettext_lazy as _

from kazservices.documents.models import Paper
from kazservices.flow.mending import corrected_facts
from kazservices.flow.objections import demand_offered, demand_words, fault
from schools.duplicates import blanks, handing, papers
from schools.duplicates.models.books import Book, next_in
from schools.duplicates.states import State

#: In these cases the original is given back to the school. Norm: DUP-7-2.
GIVES_ORIGINAL_BACK = ("DAMAGED", "NAME_CHANGED")


def written_out(case, at, *, blank):
    """The number of the register is taken once and kept, however many blanks are spoilt. Norm: DUP-12."""
    blanks.put_aside(case, blank)
    if not case.register_number:
        case.register_number = next_in(Book.Kind.DUPLICATES, case.office, case.time.local(at).year)


def blank_spoilt(case, by, at, *, reason):
    blank = case.blanks.get(state="assigned")
    blanks.spoil(blank, by=by, reason=reason, at=at)


def blank_given_back(case):
    blanks.give_back(case)


def issued(case, by, at):
    blanks.use(case, at)
    case.outcome, case.decided_by = "duplicate", by
    case.original_taken = "original" in case.handed_in


def refused(case, by, *, grounds, motive):
    """Only on a ground of the Law, and with its reasons. Norms: GAP-17, LAW-19-1-1."""
    demand_offered(case, "grounds", grounds)
    demand_words("motive", motive)
    blanks.give_back(case)
    case.outcome, case.refusal_grounds, case.motive, case.decided_by = "refusal", list(grounds), motive, by


def where_offered(case, **facts):
    return State.REFUSED if case.outcome == "refusal" else State.OFFERED


def handed_over(case, at, *, original_given, **received):
    """Against an identity document; who keeps a damaged or outdated original gives it back first. Norm: DUP-7-2."""
    if case.outcome == "duplicate" and case.category.code in GIVES_ORIGINAL_BACK and not case.original_taken:
        if not original_given:
            raise fault(
                "original_given",
                _("The original is given back before the duplicate is handed over: ask for it."), "original",
            )  # fmt: skip
        case.original_taken = True
    handing.handed_over(case, at, handing.Hands(**received), notarised=True)


def reopened(case, because):
    """The blank of the withdrawn duplicate stays used: another one is written. Norm: LAW-5-2-9."""
    demand_words("because", because, _("Name the decision, the court act, or what is unlawful in the result."))
    case.reopened_because, case.outcome, case.motive, case.refusal_grounds = because, "", "", []
    case.decided_by, case.register_number = None, ""


def result_withdrawn(case, by, at, because):
    """The blank of an unlawful duplicate is spoilt, its entry in the register annulled. Norm: LAW-5-2-9."""
    reopened(case, because)
    blanks.annul(case, by=by, reason=because, at=at)
    handing.taken_back(case)


def corrected(case, by, at, *, paper, wrong, right, reason, blank):
    """A slip of the pen: a duplicate is written anew, a refusal has its motive put right."""
    facts, old = corrected_facts(case, paper=paper, wrong=wrong, right=right, reason=reason, blank=blank), _paper(paper)
    if old.kind == papers.DUPLICATE:
        _written_anew(case, by, at, reason=reason, blank=blank)
    elif old.facts["motive"] == case.motive:
        case.motive = facts["motive"]


def _written_anew(case, by, at, *, reason, blank):
    """Under the same number, on another blank; the first one is spoilt, and comes back if it was out. Norm: DUP-10."""
    blanks.annul(case, by=by, reason=reason, at=at)
    blanks.put_aside(case, blank)
    blanks.use(case, at)
    handing.taken_back(case)


def where_corrected(case, *, paper, **facts):
    """What was handed over is exchanged at the school; anything else stays where it is."""
    is_duplicate = _paper(paper).kind == papers.DUPLICATE
    return State.OFFERED if is_duplicate and case.state == State.HANDED_OVER else State(case.state)


def _paper(key) -> Paper:
    return Paper.objects.get(pk=key)
