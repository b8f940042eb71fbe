"""Entering proposals and conclusions, taking measures on them and on complaints, and closing what was done."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.cases.models import Case, CaseParty
from kazservices.cases.permission import may
from kazservices.documents.checks import checked
from kazservices.documents.models import hash_of
from kazservices.flow.door import record
from kazservices.offices.models import Office
from kazservices.offices.roles import Role
from kazservices.offices.service import holders, roles_of

from .models import Conclusion, Direction, Measure, Proposal

#: Who keeps the registers of an office, and who reads them beside those.
KEEPERS = (Role.CLERK, Role.HEAD)
READERS = (*KEEPERS, Role.AUDITOR)
MAY_TAKE = may(*KEEPERS)
MAY_READ = may(*READERS)
#: Lines of the journal of a case.
TAKEN, DONE = "measure_taken", "measure_done"
RESTORING = "LAW-5-2-9"


@dataclass(frozen=True)
class Proposed:
    """A proposal as it is entered; ``numbers``: of the complaints and cases that it rests on."""

    day: date
    body: str
    text: str
    their_number: str = ""
    direction: str = Direction.RECEIVED
    numbers: tuple[str, ...] = ()
    answer_by: date | None = None


@dataclass(frozen=True)
class Concluded:
    """The conclusion of a public monitoring as it is entered, in words, as a file, or both."""

    day: date
    body: str
    text: str = ""
    service: str = ""
    upload: object = None


@dataclass(frozen=True)
class Promised:
    """A measure as it is taken: what, who answers for it, by which day."""

    what: str
    responsible: int
    due_on: date


@transaction.atomic
def enter_proposal(office, said: Proposed, *, by) -> Proposal:
    """Enter a proposal under the next number of the year. Raises PermissionDenied, ValidationError. Norm: LAW-25-3."""
    _demand_keeper(office, by)
    _demand_past(office, said.day)
    _demand_order(said)
    cases = _cases(office, said.numbers)
    row = Proposal.objects.create(
        **_numbered(Proposal, office), day=said.day, body=said.body, text=said.text, their_number=said.their_number,
        direction=said.direction, answer_by=said.answer_by, entered_by=by, entered_at=clock.now(),
    )  # fmt: skip
    row.cases.set(cases)
    return row


@transaction.atomic
def answer_proposal(proposal: Proposal, *, on: date, words: str, by) -> Proposal:
    """Write down what was answered to the body, and when. Raises PermissionDenied, ValidationError. Norm: LAW-25-3."""
    _demand_keeper(proposal.office, by)
    _demand_past(proposal.office, on, "on")
    if on < proposal.day:
        raise ValidationError({"on": _("It cannot be answered before the day of the proposal.")})
    row = Proposal.objects.filter(pk=proposal.pk, answered_on=None)
    if not row.update(answered_on=on, answer=words, answered_by=by):
        raise ValidationError(_("This proposal has been answered already."))
    proposal.refresh_from_db()
    return proposal


@transaction.atomic
def enter_conclusion(office, said: Concluded, *, by) -> Conclusion:
    """Enter what a public monitoring has concluded. Raises PermissionDenied, ValidationError. Norm: LAW-29-4."""
    _demand_keeper(office, by)
    _demand_past(office, said.day)
    if not said.text.strip() and not said.upload:
        raise ValidationError({"text": _("Write down what was concluded, or add its file.")})
    return Conclusion.objects.create(
        **_numbered(Conclusion, office), **_kept(said.upload), day=said.day, body=said.body, text=said.text,
        service=said.service, entered_by=by, entered_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def take_measure(source, said: Promised, *, by) -> Measure:
    """Promise what is done on a proposal, on a conclusion, or in a case; a case has it in its journal.

    Raises PermissionDenied, ValidationError. Norms: LAW-25-3, LAW-29-4, LAW-5-2-9.
    """
    is_case = isinstance(source, Case)
    if not (MAY_TAKE(source, by) if is_case else bool(set(KEEPERS) & roles_of(by, source.office))):
        raise PermissionDenied("measure")
    if said.due_on < source.office.today():
        raise ValidationError({"due_on": _("This day has passed. Choose today or a later day.")})
    _demand_in_office(source.office, said.responsible)
    measure = Measure.objects.create(
        office=source.office, **{link(source): source.pk}, what=said.what, responsible_id=said.responsible,
        due_on=said.due_on, taken_by=by, taken_at=clock.now(),
    )  # fmt: skip
    if is_case:
        record(source, TAKEN, by=by, facts={"measure": measure.pk, "due_on": said.due_on}, norm=RESTORING)
    return measure


@transaction.atomic
def close_measure(measure: Measure, *, on: date, proof: str, by) -> Measure:
    """Done on a day, with what shows it: a promise is not kept by saying so.

    Raises PermissionDenied, ValidationError. Norms: LAW-25-3, LAW-29-4, LAW-5-2-9.
    """
    if not may_close(measure, by):
        raise PermissionDenied("measure")
    _demand_past(measure.office, on, "on")
    if not proof.strip():
        raise ValidationError({"proof": _("Write down by what it can be seen that it was done.")})
    if not Measure.objects.open().filter(pk=measure.pk).update(done_on=on, proof=proof.strip(), done_by=by):
        raise ValidationError(_("This measure has been closed already."))
    if measure.case_id:
        record(measure.case, DONE, by=by, facts={"measure": measure.pk, "done_on": on}, norm=RESTORING)
    measure.refresh_from_db()
    return measure


def responsible_of(office) -> list:
    """Who may answer for a measure: whoever holds a post in the office today, each once."""
    people = {post.user_id: post.user for post in holders(office, *Role.values)}
    return sorted(people.values(), key=lambda person: person.full_name)


def may_close(measure: Measure, person) -> bool:
    """Whoever answers for it, while he holds a post in the office; else who keeps its registers."""
    held = roles_of(person, measure.office)
    keeps = MAY_TAKE(measure.case, person) if measure.case_id else bool(set(KEEPERS) & held)
    return keeps or (bool(held) and measure.responsible_id == person.pk)


def _demand_keeper(office, by) -> None:
    if not set(KEEPERS) & roles_of(by, office):
        raise PermissionDenied("register")


def _demand_past(office, day, field="day") -> None:
    if day > office.today():
        raise ValidationError({field: _("This day has not come yet. Choose today or an earlier day.")})


def _demand_order(said: Proposed) -> None:
    if said.answer_by and said.answer_by < said.day:
        raise ValidationError({"answer_by": _("The day of the answer stands before the day of the proposal.")})


def _demand_in_office(office, person) -> None:
    if person not in {one.pk for one in responsible_of(office)}:
        raise ValidationError({"responsible": _("Whoever answers for it must hold a post in this office today.")})


def _cases(office, numbers) -> list[Case]:
    """The cases of these numbers that the office sees in full; one that is not there is told by its number."""
    seen = CaseParty.objects.current().in_full().filter(office=office)
    found = {case.number: case for case in Case.objects.filter(pk__in=seen.values("case_id"), number__in=numbers)}
    if missing := [number for number in numbers if number not in found]:
        message = _("There is no such case in this office: %(numbers)s")
        raise ValidationError({"numbers": ValidationError(message, params={"numbers": ", ".join(missing)})})
    return list(found.values())


def _numbered(model, office) -> dict:
    """The next number of the office's register in this year; the office's row is locked until it is kept."""
    Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    year = office.today().year
    last = model.objects.filter(office=office, year=year).order_by("-serial").values_list("serial", flat=True).first()
    return {"office": office, "year": year, "serial": (last or 0) + 1}


def _kept(upload) -> dict:
    """A file is judged by its content, as every other file is. Raises ValidationError."""
    if not upload:
        return {}
    try:
        content, content_type = checked(upload)
    except ValidationError as fault:
        raise ValidationError({"upload": fault}) from fault
    name = upload.name.replace("\\", "/").rpartition("/")[2][-200:]
    return {"file": ContentFile(content, name="file"), "file_name": name, "file_type": content_type,
            "sha256": hash_of(content)}  # fmt: skip


def link(source) -> str:
    """The column by which a measure names what it answers."""
    return {Proposal: "proposal_id", Conclusion: "conclusion_id"}.get(type(source), "case_id")
