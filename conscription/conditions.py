"""What the law wants before a move, each with the words that say why not."""

from django.utils.translation import gettext_lazy as _

from conscription import commission, hearings
from conscription.age import is_about_age, reaches_age
from conscription.models.hearing import Hearing
from kazservices.flow.conditions import because
from kazservices.flow.manifest import manifest_of
from kazservices.flow.mending import correctable
from kazservices.notices.models import Notice


@because(_("Not available: the office has not opened on the acceptance date yet."))
def office_has_opened(case):
    """Handed over at the opening of the acceptance date, never before it. Norms: CONS-10-1, CLK-0."""
    return case.moment >= case.time.opening(case.accepted_on)


@because(_("Not available: acceptance may be refused only on the acceptance date."))
def still_the_acceptance_day(case):
    """After the day of arrival only ground 1 with a hearing remains. Norm: LAW-19."""
    return case.moment < case.time.closing(case.accepted_on)


@because(_("Not available: the members' working day for their opinions is over."))
def round_still_runs(case):
    """An opinion not given by its clock counts for nobody. Norms: CONS-10-3, GAP-13."""
    clock = case.deadlines.running().filter(rule=f"{case.service}.members").first()
    return clock is not None and case.moment <= clock.due_at


@because(_("Not available: members may still give their opinion."))
def opinions_complete_or_round_over(case):
    return not round_still_runs(case) or not commission.silent_members(case)


@because(_("Not available: the register has not confirmed that the applicant had turned 27 on the acceptance date."))
def age_is_proved(case):
    """Exemption at 27 follows the register's date of birth on the acceptance date. Norm: CONS-E-C2."""
    return not is_about_age(case) or reaches_age(case) is True


@because(_("Not available: the last day for the notice has passed. The head must allow it in writing first."))
def notice_in_time_or_permitted(case):
    """Three working days of the term must remain, unless the head overrides with a reason. Norms: CONS-10-6, 10-8."""
    return hearings.LATE in case.permitted_for or hearings.LATE not in hearings.lacking(case)


@because(_("Not available: there is no quorum. The head must allow the hearing in writing first."))
def quorum_or_permitted(case):
    return hearings.QUORUM in case.permitted_for or commission.tally(case).has_quorum


@because(_("Not available: the hearing has not begun."))
def hearing_has_begun(case):
    """An appointed hearing is not a hearing. Norm: CONS-10-7."""
    return case.moment >= hearings.current(case).held_at


@because(_("Not available: the day of the hearing is a working day."))
def hearing_day_is_off(case):
    """Its day became a day off by an act. Norm: GAP-35."""
    return not case.time.days.is_working(case.time.local(hearings.current(case).held_at).date())


@because(_("Not available: the day of the hearing has become a day off. The hearing must be set anew."))
def hearing_day_is_working(case):
    """Nobody is absent on a day on which nobody has to come. Norm: CONS-10-7."""
    return not hearing_day_is_off(case)


@because(_("Not available: the hearing has been held."))
def hearing_was_not_held(case):
    return hearings.current(case).status in (Hearing.Status.APPOINTED, Hearing.Status.NO_SHOW)


@because(_("Not available: the hour of the hearing has come."))
def hearing_has_not_begun(case):
    return not hearing_has_begun(case)


@because(_("Not available: there is no proof that the notice of this time was served."))
def notice_was_served(case):
    """An absent applicant without proof of service, of this very time, cannot be refused. Norms: CONS-10-5, GAP-35."""
    told = Notice.objects.filter(case_id=case.pk, letter__in=("hearing_notice", "hearing_moved"))
    return told.filter(served_at=hearings.current(case).notified_at).exists()


@because(_("Not available: the applicant has not asked for another time."))
def wish_is_open(case):
    hearing = hearings.current(case)
    return bool(hearing.wish) and not hearing.wish_declined_because


@because(_("Not available: the applicant asked for another time and has no answer. Set it, or decline with a reason."))
def no_wish_unanswered(case):
    """Silence is no answer to a reasoned wish. Norm: GAP-35."""
    return not wish_is_open(case)


@because(_("Not available: the applicant has not given a written position in place of coming."))
def position_replaces_attendance(case):
    hearing = hearings.current(case)
    return bool(hearing.position and hearing.instead_of_coming)


@because(_("Not available: the hearing has not been held."))
def heard_or_absent_with_proof(case):
    """No one is refused unheard, nor for his absence on a day that became a day off. Norms: CONS-10-5, CONS-10-7."""
    hearing = hearings.current(case)
    if hearing.status == Hearing.Status.NO_SHOW:
        return notice_was_served(case) and hearing_day_is_working(case)
    return hearing.status in (Hearing.Status.HELD, Hearing.Status.IN_WRITING)


@because(_("Not available: the applicant may still object."))
def objection_time_over(case):
    """Two working days from service, unless he has objected or waived it in the record. Norms: CONS-10-5, GAP-35."""
    hearing = hearings.current(case)
    if hearing.objection_waived or hearing.position:
        return True
    return case.moment > hearings.objection_ends(case, hearing)


@because(_("Not available: a refusal may follow from the third working day after the notice was served."))
def third_day_after_service(case):
    """Field act_not_before of the edition. Norm: GAP-35."""
    return case.time.local(case.moment).date() >= hearings.refusal_from(case, hearings.current(case))


@because(_("Not available: no result of this case is in force."))
def result_is_in_force(case):
    return case.papers.issued().filter(kind__in=manifest_of(case.service).results).exists()


@because(_("Not available: no paper in force here can hold a clerical error."))
def a_paper_can_be_corrected(case):
    return correctable(case).exists()


@because(_("Not available: too few members have given an opinion for a refusal."))
def quorum_has_spoken(case):
    """The chair may not refuse without a quorum. Norm: GAP-13."""
    return commission.tally(case).has_quorum
