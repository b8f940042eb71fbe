"""What a complaint says in its form: judged before it is taken in, and put into its columns."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.cases import representation
from kazservices.cases.models import Applicant, Case, Channel, Stage
from kazservices.design.languages import in_language
from kazservices.flow.counter import ARRIVAL
from kazservices.flow.manifest import manifest_of
from kazservices.flow.objections import fault
from kazservices.offices.models import Office

from . import bodies
from .models import Complaint
from .states import OPEN

#: The field that says against whom, where one complains to a body that stands above others.
AGAINST = "against"


def check(filing, accepted_on) -> None:
    """What cannot be true is told at its field, before anything is written. Raises ValidationError."""
    about = case_named(filing)
    demand_against_whom(filing, about)
    if about is not None:
        demand_the_right_office(about, filing.draft.office)
        demand_none_open(about)
    route_of(filing, about, accepted_on)


def offices_of_field(code, office) -> list | None:
    """Against whom one may complain to an office: itself, and all that it stands above."""
    if code != AGAINST:
        return None
    return list(Office.objects.order_by("code")) if office is None else [office, *bodies.below(office)]


def columns(filing, accepted_on) -> dict:
    """The typed columns of a new complaint: who considers it is resolved at arrival. Norm: GAP-34."""
    about = case_named(filing)
    found, arrived = route_of(filing, about, accepted_on), filing.draft.data.get(ARRIVAL, {})
    brought = "" if filing.draft.channel == Channel.PORTAL else Complaint.Arrival.IN_PERSON
    return {
        "about": about,
        "against": against_of(filing, about),
        "person": None if filing.category.code == bodies.CORPORATION_STAFF else official_of(about),
        "capacity": Complaint.Capacity.BODY if found.is_body else Complaint.Capacity.PROVIDER,
        "profile": found.profile,
        "considered_by": found.body,
        "arrival": arrived.get("how", brought),
        "sender": arrived.get("sender", ""),
        "sender_number": arrived.get("number", ""),
        "sender_date": date.fromisoformat(arrived["date"]) if arrived.get("date") else None,
    }


def received(filing) -> datetime | None:
    """When a complaint on paper arrived that is only now written down."""
    at = filing.draft.data.get(ARRIVAL, {}).get("at")
    return min(datetime.fromisoformat(at), clock.now()) if at else None


def case_named(filing) -> Case | None:
    """The case that the complaint names, if it is the complainant's own. Raises ValidationError at ``about``."""
    number = filing.particulars.get("about", "").strip()
    if not number:
        return None
    own = Case.objects.select_related("office", "edition").filter(number__iexact=number, applicant__in=people(filing))
    found = own.filter(office=filing.draft.office).first() or own.first()
    if found is None:
        message = _("The complainant has no case with this number. Check it, or leave the field empty.")
        raise fault("about", message, "not_own")
    return found


def people(filing):
    """The complainant, as the cases may know him."""
    draft, applicants = filing.draft, Applicant.objects
    if draft.recipient_id:
        return applicants.filter(pk=draft.recipient_id)
    power = representation.of(draft)
    return applicants.filter(iin=power.iin) if power else applicants.filter(user=draft.user)


def against_of(filing, about) -> Office:
    """Whose decision, act or omission it is: that of the case, or the one named, or the office applied to itself."""
    if about is not None:
        return about.office
    named = filing.particulars.get(AGAINST)
    return Office.objects.get(code=named) if named else filing.draft.office


def demand_against_whom(filing, about) -> None:
    """A body above others is told of whom one complains; a case says it by itself. Norm: ADM-47-1."""
    named, office = filing.particulars.get(AGAINST, ""), filing.draft.office
    if filing.category.code == bodies.CORPORATION_STAFF:
        return
    if about is not None and named not in ("", about.office.code):
        raise fault(AGAINST, _("The case that you name is of another office. Leave this empty."), "other_office")
    if about is None:
        offered = {one.code for one in offices_of_field(AGAINST, office)}
        if named not in offered and (named or len(offered) > 1):
            raise fault(AGAINST, _("Choose whose decision, act or omission you complain of."), "against")


def demand_the_right_office(about, office) -> None:
    """With the office whose case it is, or with a body above it."""
    if about.office_id != office.pk and not bodies.is_above(office, about.office):
        message = _("This case is of another office: %(office)s. Choose that office, or a body above it.")
        raise fault("about", message, "other_office", office=in_language(about.office, "name"))


def demand_none_open(about) -> None:
    """One complaint on a case at a time: what is added to it belongs to the one that runs."""
    if other := running_on(about).first():
        message = _("Your complaint № %(number)s on this case is being considered. You get an answer to it first.")
        raise fault("about", message, "second", number=other.number)


def route_of(filing, about, accepted_on) -> bodies.Route:
    said, office = filing.particulars, filing.draft.office
    return bodies.route(
        office=office,
        against=against_of(filing, about),
        person=official_of(about),
        category=filing.category.code,
        addressee=said.get("corporation") or said.get("addressee") or bodies.SUPERIOR,
        profile=bodies.profile_of(about.edition if about else None, _decided_on(about, accepted_on)),
    )


def official_of(about):
    """Who has signed the result that the case has; None while it has none."""
    if about is None:
        return None
    kinds = manifest_of(about.service).results
    paper = about.papers.issued().filter(kind__in=kinds).select_related("signed_by").order_by("pk").last()
    return paper.signed_by if paper else None


def begun_from(case) -> dict:
    """What a complaint begins with that is filed from the page of a case."""
    subject = "decision" if case.stage == Stage.DECIDED else "omission"
    return {"category": "PROVIDER", "particulars": {"about": case.number, "subject": subject}}


def label(case, user) -> str:
    """The button on the page of a case; none while a complaint on it runs, nor on a complaint itself."""
    if case.service == bodies.SERVICE or not case.number:
        return ""
    return "" if running_on(case).exists() else _("Complain about this case")


def running_on(case):
    """The complaint on a case that still owes an answer: one at a time, as the table itself has it."""
    return Complaint.objects.filter(about=case.pk, state__in=OPEN, forwarded_from=None)


def _decided_on(about, accepted_on) -> date:
    """The day of the decision complained of; of an omission, or of none, the day of the complaint."""
    if about is None or about.decided_at is None:
        return accepted_on
    return about.time.local(about.decided_at).date()
