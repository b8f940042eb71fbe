"""What the faces show of an application beyond its cover sheet, and what goes into its file."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conscription import age, commission, hearings
from conscription.models import Opinion
from conscription.states import State
from kazservices.cases.models import Case
from kazservices.design.templatetags.design import staff_datetime
from kazservices.flow.bundle import HEARING, VOTES, Chapter, chapter
from kazservices.flow.manifest import specific
from kazservices.gateways.answers import in_words
from kazservices.gateways.service import answers
from kazservices.looking import looking
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of
from kazservices.passports import service as passports


def page(case, viewer) -> dict:
    """Facts of the case for its page; a member sees the others' opinions only after giving his own."""
    with looking(case):
        return _page(case, viewer)


def _page(case, viewer) -> dict:
    common = {
        "category": case.category,
        "variant": passports.chosen_variant(case.category, {passports.VARIANT: case.variant}),
        "hearing": hearings.current(case),
        "hearings": list(case.hearings.all()),
        "state_label": State(case.state).label,
    }
    if viewer.is_recipient:
        return common
    given = commission.opinions(case)
    own = [o for o in given if o.member_id == viewer.pk]
    may_see_all = not roles_of(viewer, case.office) <= {Role.MEMBER} or own or case.state != State.WITH_MEMBERS
    return {
        **common,
        "tally": commission.tally(case),
        "opinions": given if may_see_all else own,
        "opinions_hidden": not may_see_all,
        "silent_members": commission.silent_members(case),
        "registers": registers(case),
        "reaches_age": age.reaches_age(case),
        "recusals": list(case.recusals.select_related("user")),
        "presiding": commission.presiding_post(case),
        "permitted": case.permitted_because,
        "earlier": earlier(case, viewer),
    }


def earlier(case, viewer) -> dict | None:
    """The application before this one, with the grounds and the motive of its refusal as far as the reader may see it.

    The law lets him apply again once the reasons are gone (LAW-19-1-3).
    """
    if case.previous_id is None:
        return None
    if not Case.objects.visible_to(viewer).filter(pk=case.previous_id).exists():
        return {"case": case.previous, "seen": False}
    before = specific(case.previous)
    grounds = before.edition.grounds.filter(code__in=before.refusal_grounds)
    return {"case": before, "seen": True, "grounds": list(grounds), "state_label": State(before.state).label}


def registers(case) -> list[tuple]:
    """(what was asked, what the register said line by line, or none while it is silent)."""
    given, language = answers(case), get_language() or "kk"
    said = {name: None if answer is None else in_words(answer, language) for name, answer in given.items()}
    return [(item, said.get(item.register)) for item in passports.registers_needed(case.category)]


def bundle(case) -> tuple[Chapter, ...]:
    """Every vote that was given, and every hearing that was called. Norm: CONS-14-2."""
    votes = Opinion.objects.filter(case_id=case.pk).select_related("member")
    hearings_of = case.hearings.select_related("called_by")
    return (
        chapter(VOTES, "vote", _("Votes of the commission"), votes, _vote),
        chapter(HEARING, "hearing", _("Hearings"), hearings_of, _hearing),
    )


def _vote(opinion):
    yield _("Member"), opinion.member.full_name
    yield _("Opinion"), opinion.get_decision_display()
    yield _("Ground"), opinion.ground
    yield _("Motive"), opinion.motive
    yield _("Given"), staff_datetime(opinion.at)
    if opinion.round != Opinion.FIRST:
        yield _("Round"), _("after the hearing")


def _hearing(hearing):
    yield _("Appointed for"), staff_datetime(hearing.held_at)
    yield _("Place"), hearing.place
    yield _("How it is held"), hearing.get_method_display()
    yield _("Notice served"), staff_datetime(hearing.served_at)
    yield _("State"), hearing.get_status_display()
    yield _("Called by"), hearing.called_by.full_name
    yield _("Grounds"), ", ".join(hearing.grounds)
    yield _("Motive"), hearing.motive
    yield _("Wish of the applicant"), hearing.wish
    yield _("Why another time was declined"), hearing.wish_declined_because
    yield _("Position in writing"), hearing.position
    yield _("Why it was postponed"), hearing.postponed_because
