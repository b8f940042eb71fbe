"""What the rules want before a move of the contest, each with the words that say why not."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kazservices.flow.conditions import because
from schools.contest import commission, ordering
from schools.contest.dates import INTAKE_ENDS, SCHEDULE_FROM, YEAR_ENDS, day_of
from schools.contest.models.results import FreedPlace, Standing
from schools.contest.ranking import SEATED, Outcome
from schools.contest.states import ENROLLING, LIVE, RESULTS_OUT, CampaignState, State


def today(case) -> date:
    return case.time.local(case.moment).date()


@because(_("Not available: the places of the classes are not set yet."))
def places_are_set(case):
    """Nobody is invited to a contest for an unknown number of places. Norm: ADM-C25."""
    return case.places.exists()


@because(_("Not available: documents are still taken in."))
def intake_is_over(case):
    """The register goes out after the intake has ended. Norms: ADM-C16, ADM-C20."""
    return today(case) > day_of(case.year, INTAKE_ENDS)


@because(_("Not available: an application still waits to be entered into the register, or to be refused."))
def nobody_waits_for_the_register(case):
    """Nobody is left behind who applied in time. Norm: ADM-C17."""
    return not case.applications.filter(state=State.SUBMITTED).exists()


@because(_("Not available: the schedule is published from 5 April."))
def schedule_may_be_published(case):
    """From 5 April. Norm: ADM-C28."""
    return today(case) >= day_of(case.year, SCHEDULE_FROM)


@because(_("Not available: the last day of the contest has not come."))
def contest_days_are_over(case):
    """A contest that has been scheduled is not yet a contest. Norm: ADM-C27."""
    return case.contest_until is not None and today(case) >= case.contest_until


@because(_("Not available: the receipt of the sealed materials is not recorded."))
def materials_have_come(case):
    return bool(case.materials)


@because(_("Not available: cameras and sound have not been checked."))
def rooms_are_watched(case):
    """Before the contest the school looks whether all of it is seen and heard. Norm: ADM-C32."""
    return bool(case.rooms)


@because(_("Not available: the charter wants a second round."))
def has_one_round(case):
    """One round, unless the charter has a second one. Norm: ADM-C39."""
    return not case.second_round


@because(_("Not available: the charter has no second round."))
def has_two_rounds(case):
    """Only military, sports and arts schools, by their charter. Norm: ADM-C46."""
    return case.second_round


@because(_("Not available: no scores have been imported."))
def scores_are_in(case):
    """Nothing is ranked that has not been scanned. Norm: ADM-C36."""
    return case.scores.exists()


@because(_("Not available: no equal candidates wait for the commission."))
def a_tie_is_undecided(case):
    return bool(ordering.undecided(case))


@because(_("Not available: equal candidates at the last place wait for the commission's word."))
def no_tie_is_undecided(case):
    """The program draws no lots. Norm: ADM-C38."""
    return not ordering.undecided(case)


@because(_("Not available: the commission must have an odd number of members, at least seven, one of them its chair."))
def commission_is_odd_and_seven(case):
    """Norm: ADM-C24."""
    return commission.is_lawful(case)


@because(_("Not available: no place is free, or nobody waits in the reserve of its class."))
def a_place_is_free_and_somebody_waits(case):
    """Norm: ADM-C44."""
    return bool(ordering.classes_to_fill(case))


@because(_("Not available: the school year has not ended."))
def school_year_is_over(case):
    """The reserve lives through the school year for which it was made. Norm: ADM-C44."""
    return today(case) > day_of(case.year + 1, YEAR_ENDS)


# --- of an application ---


@because(_("Not available: the register of candidates has been handed over."))
def intake_still_open(application):
    """Until the register goes to the Daryn centre. Norm: ADM-C20."""
    return application.campaign.state in (CampaignState.PLANNED, CampaignState.INTAKE)


@because(_("Not available: the child takes part by another application."))
def no_other_application(application):
    others = application.campaign.applications.filter(child=application.child_id, state__in=LIVE)
    return not others.exclude(pk=application.pk).exists()


@because(_("Not available: the schedule has not been published."))
def schedule_is_out(application):
    return application.campaign.sittings.exists()


@because(_("Not available: the results have not been published."))
def results_are_out(application):
    """The protocol first, then the candidate's letter. Norm: ADM-C41."""
    return application.campaign.state in RESULTS_OUT


@because(_("Not available: no order enrols this candidate."))
def order_enrols(application):
    """Only an order enrols: by the protocol, or from the reserve to a free place. Norms: ADM-C42, ADM-C44."""
    seated = Standing.objects.filter(application=application.pk, outcome__in=[one.value for one in SEATED])
    called = FreedPlace.objects.filter(taken_by=application.pk)
    return called.exists() or (application.campaign.state in ENROLLING and seated.exists())


@because(_("Not available: no order puts this candidate into the reserve."))
def order_reserves(application):
    """Norm: ADM-C42."""
    kept = Standing.objects.filter(application=application.pk, outcome=Outcome.RESERVE.value)
    return application.campaign.state in (CampaignState.ORDERED, CampaignState.CLOSED) and kept.exists()


@because(_("Not available: the orders are not both made, or one of them names this candidate."))
def orders_name_him_not(application):
    """Norm: ADM-C42."""
    named = Standing.objects.filter(application=application.pk).exclude(outcome=Outcome.NOT_SELECTED.value)
    return application.campaign.state in (CampaignState.ORDERED, CampaignState.CLOSED) and not named.exists()
