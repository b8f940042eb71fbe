"""The book of blanks: received in lots, put aside, used, spoilt; a number is never given twice. Norm: DUP-10."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.flow.objections import demand_words, fault
from schools.duplicates.models.blanks import Blank

MOST_IN_A_LOT = 500
LONGEST_REASON = 500


@transaction.atomic
def receive(office, form, *, series: str, first: str, last: str, note: str, by) -> list[Blank]:
    """Enter a lot of blanks. Raises ValidationError with every number that is in the book already; nothing is entered.

    Norm: DUP-10.
    """
    numbers = _numbers(first, last)
    known = Blank.objects.filter(series=series, number__in=numbers).values_list("number", flat=True)
    if known := sorted(known):
        raise fault(
            "first",
            _("In the book already: series %(series)s № %(numbers)s. A number exists once; nothing was entered."),
            "known_number", series=series, numbers=", ".join(known[:10]),
        )  # fmt: skip
    today = office.today()
    lot = [
        Blank(office=office, form=form, series=series, number=number, received_on=today, received_by=by, note=note)
        for number in numbers
    ]
    return Blank.objects.bulk_create(lot)


def fit(case, key: int | None) -> Blank:
    """The blank of this number, if it may carry the document today. Norm: DUP-10. Raises ValidationError."""
    blank = Blank.objects.select_related("form").filter(pk=key, office=case.office).first()
    if blank is None or blank.form.document != case.document:
        raise fault("blank", _("There is no such blank for this document at this school."), "blank")
    if not blank.form.in_force(case.office.today()):
        raise fault("blank", _("This sample of blanks is not in force today."), "sample")
    return blank


def put_aside(case, key: int | None) -> Blank:
    """One blank in stock for one case; the second who wants the same number is told so.

    Norm: DUP-10. Raises ValidationError.
    """
    blank = fit(case, key)
    if not Blank.objects.in_stock().filter(pk=key).update(state=Blank.State.ASSIGNED, case=case.pk):
        raise fault("blank", _("This blank number is taken already: %(blank)s."), "taken", blank=str(blank))
    return blank


def use(case, at) -> Blank:
    """What was put aside is used. Raises ValidationError when nothing was."""
    blank = Blank.objects.filter(case=case.pk, state=Blank.State.ASSIGNED).first()
    if blank is None:
        raise ValidationError(_("No blank has been put aside for this document."), code="no_blank")
    Blank.objects.filter(pk=blank.pk).update(state=Blank.State.USED, used_at=at)
    return blank


def give_back(case) -> None:
    """Put aside and not written on: in stock again."""
    Blank.objects.filter(case=case.pk, state=Blank.State.ASSIGNED).update(state=Blank.State.IN_STOCK, case=None)


def annul(case, *, by, reason: str, at) -> None:
    """The blanks of a document that stands no longer are spoilt; their numbers stay in the book. Norm: DUP-10."""
    for blank in Blank.objects.filter(case=case.pk, state=Blank.State.USED):
        spoil(blank, by=by, reason=reason[:LONGEST_REASON], at=at)


@transaction.atomic
def spoil(blank: Blank, *, by, reason: str, at=None) -> None:
    """A spoilt blank stays in the book with its reason and is never used. Norm: DUP-10."""
    demand_words("reason", reason, _("Write how the blank was spoilt: it goes into the book."))
    rows = Blank.objects.filter(pk=blank.pk).exclude(state=Blank.State.SPOILT)
    changed = rows.update(
        state=Blank.State.SPOILT, used_at=None, spoilt_at=at or clock.now(), spoilt_by=by, spoilt_because=reason.strip()
    )
    if not changed:
        raise fault("reason", _("This blank is entered as spoilt already."), "spoilt")


def _numbers(first: str, last: str) -> list[str]:
    """The numbers of a lot with their leading noughts. Raises ValidationError."""
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last)):
        raise fault("last", _("Write both numbers with the same count of digits, as on the blanks."), "digits")
    if not 0 <= int(last) - int(first) < MOST_IN_A_LOT:
        raise fault("last", _("A lot goes from the smaller number to the greater one, 500 blanks at most."), "lot")
    return [str(number).zfill(len(first)) for number in range(int(first), int(last) + 1)]
