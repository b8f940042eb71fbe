"""What the moves of votes and decisions write down, and what they will not accept."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conscription import commission, hearing_steps, hearings
from conscription.models.commission import Opinion
from kazservices.cases.models import Recusal
from kazservices.documents.models import Paper
from kazservices.flow.mending import corrected_facts
from kazservices.flow.objections import demand_offered, demand_words, fault
from kazservices.offices.roles import COMMISSION_ROLES, Role
from kazservices.offices.service import holders, roles_of


def opinion(case, by, at, *, decision, ground, motive, after_hearing):
    """Each member speaks once, and against only on a lawful ground and with a motive. Norm: CONS-10-3."""
    if decision == Opinion.Decision.REFUSE:
        demand_offered(case, "ground", [ground])
        demand_words("motive", motive)
    else:
        ground = ""
    round_ = Opinion.AFTER_HEARING if after_hearing else Opinion.FIRST
    if not after_hearing and case.opinions.filter(member=by, round=round_).exists():
        raise ValidationError(_("You have already given your opinion on this application."), code="voted")
    Opinion.objects.create(
        case_id=case.pk, member=by, round=round_, decision=decision, ground=ground, motive=motive, at=at
    )


def granted(case, by, *, motive, valid_until):
    """Open on every day: a hearing that was appointed is no longer needed. Norms: CONS-10-4, CONS-10-8."""
    tally = commission.tally(case)
    if tally.majority == Opinion.Decision.REFUSE or not tally.has_quorum:
        demand_words(
            "motive", motive, _("The members' majority is against it, or there is no quorum: write your motive.")
        )
    hearing_steps.not_needed(case)
    case.decided_by, case.motive = by, motive
    case.valid_until = datetime.fromisoformat(valid_until).date() if valid_until else None
    case.refusal_grounds = []


def refused(case, by, *, grounds, motive, chair_motive):
    """Only on a ground that was heard and is still lawful on this day. Norms: CONS-10-4, CONS-10-5, LAW-5-1-2."""
    if not grounds or not set(grounds) <= set(hearings.current(case).grounds):
        raise fault("grounds", _("Only a ground of the preliminary decision has been heard."), "heard")
    demand_offered(case, "grounds", grounds)
    demand_words("motive", motive)
    if commission.tally(case).majority == Opinion.Decision.APPROVE:
        demand_words(
            "chair_motive", chair_motive, _("The members' majority would approve: write why you decide otherwise.")
        )
    case.refusal_grounds, case.motive, case.decided_by = list(grounds), motive, by


def reopened(case, at, because):
    demand_words("because", because, _("Name the decision, the court act, or what is unlawful in the result."))
    case.reopened_at, case.reopened_because = at, because
    case.decided_by = case.permitted_by = case.valid_until = None
    case.permitted_because, case.permitted_for, case.refusal_grounds = "", [], []


def corrected(case, *, paper, wrong, right, reason):
    """What the case itself shows of a text reads as the corrected paper does."""
    facts = corrected_facts(case, paper=paper, wrong=wrong, right=right, reason=reason)
    kind = Paper.objects.get(pk=paper).kind
    if kind in (Paper.Kind.CONCLUSION, Paper.Kind.REFUSAL):
        case.motive = facts["motive"]
    elif kind == Paper.Kind.PRELIMINARY_DECISION:
        case.hearings.filter(motive=Paper.objects.get(pk=paper).facts["motive"]).update(motive=facts["motive"])


def recused(case, by, at, *, person, reason):
    """Anyone recuses himself; another is recused by the head alone."""
    if person != by.pk and Role.HEAD not in roles_of(by, case.office):
        raise fault("person", _("You may record your own recusal; another's is recorded by the head."), "not_yours")
    if not holders(case.office, *COMMISSION_ROLES, Role.HEAD).filter(user_id=person).exists():
        raise fault("person", _("This person does not sit in the commission."), "not_seated")
    if case.recusals.filter(user_id=person).exists():
        raise fault("person", _("This person is already recused."), "recused")
    user = get_user_model().objects.get(pk=person)
    Recusal.objects.create(case_id=case.pk, user=user, reason=reason, noted_by=by, noted_at=at)


def recusal_lifted(case, *, person, reason):
    demand_words("reason", reason, _("Write the reason: it goes into the file."))
    if not case.recusals.filter(user_id=person).delete()[0]:
        raise fault("person", _("This person is not recused."), "not_recused")
