"""The measures on one thing, as every page shows them: a list, the form of a new one, the form of what was done."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from complaints.registers import service
from complaints.registers.forms import DoneForm, MeasureForm
from complaints.registers.models import Measure
from kazservices.design.pieces import ChipPiece


@dataclass
class Measures:
    """The measures on a source, with the forms as they were sent, if they were."""

    source: object
    form: MeasureForm | None
    done: dict

    @property
    def wrong(self) -> bool:
        return any(form.errors for form in (self.form, *self.done.values()) if form)

    def rows(self) -> list[dict]:
        found = Measure.objects.filter(**{service.link(self.source): self.source.pk})
        return [row_of(one, self.done.get(one.pk)) for one in found.select_related("office", "responsible", "done_by")]


def of_source(source, data, user, *, may_take: bool) -> tuple[Measures, str]:
    """(the measures, what was done in words); nothing was done while the words are empty."""
    act = (data or {}).get("act", "")
    form = MeasureForm(data if act == "take" else None, office=source.office) if may_take else None
    shown = Measures(source, form, {})
    if form is not None and act == "take" and _taken(form, source, user):
        return shown, _("The measure has been entered.")
    if act == "done" and (measure := _of(source, data.get("measure", ""))):
        shown.done[measure.pk] = DoneForm(data, prefix=f"m{measure.pk}")
        if _closed(shown.done[measure.pk], measure, user):
            return shown, _("The measure has been closed.")
    _offer_closing(shown, user, source)
    return shown, ""


def row_of(measure: Measure, form=None) -> dict:
    return {"measure": measure, "chip": chip_of(measure), "form": form}


def chip_of(measure: Measure) -> ChipPiece:
    if measure.done_on:
        return ChipPiece("ok", _("Done"))
    return ChipPiece("bad", _("Overdue")) if measure.is_overdue else ChipPiece("wait", _("To be done"))


def _offer_closing(shown: Measures, user, source) -> None:
    """The form of closing at each open measure that is his to close."""
    for measure in Measure.objects.open().filter(**{service.link(source): source.pk}).select_related("office", "case"):
        if measure.pk not in shown.done and service.may_close(measure, user):
            shown.done[measure.pk] = DoneForm(prefix=f"m{measure.pk}")


def _of(source, key: str) -> Measure | None:
    found = Measure.objects.filter(**{service.link(source): source.pk}).select_related("office", "case")
    return found.filter(pk=key).first() if key.isdecimal() and len(key) < 12 else None


def _taken(form: MeasureForm, source, user) -> bool:
    if not form.is_valid():
        return False
    try:
        service.take_measure(source, form.said(), by=user)
    except ValidationError as error:
        form.take_errors(error)
        return False
    return True


def _closed(form: DoneForm, measure: Measure, user) -> bool:
    if not form.is_valid():
        return False
    try:
        service.close_measure(measure, **form.cleaned_data, by=user)
    except ValidationError as error:
        form.take_errors(error)
        return False
    return True
