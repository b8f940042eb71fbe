"""The book of blanks: what is in stock, a lot received, a blank spoilt, the book as a table."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazservices.design.languages import in_language
from kazservices.flow.deskpages import Asked, Done, Shown, TableFile
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of
from schools.duplicates import blanks
from schools.duplicates.models.blanks import Blank, BlankForm

TEMPLATE = "schools/duplicates/desk/blanks.html"
PER_PAGE = 50
KEEPERS = {Role.CLERK, Role.ACADEMIC_DEPUTY}


class LotForm(forms.Form):
    """A lot of numbered blanks as its delivery note names it."""

    form = forms.ModelChoiceField(label=gettext_lazy("Sample"), queryset=BlankForm.objects.none())
    series = forms.CharField(label=gettext_lazy("Series"), max_length=10)
    first = forms.CharField(label=gettext_lazy("First number"), max_length=20)
    last = forms.CharField(label=gettext_lazy("Last number"), max_length=20)
    note = forms.CharField(
        label=gettext_lazy("Delivery note"), max_length=200, help_text=gettext_lazy("Number and date.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].queryset = BlankForm.objects.all()


class SpoiltForm(forms.Form):
    """A blank in stock that cannot be used any more."""

    series = forms.CharField(label=gettext_lazy("Series"), max_length=10)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=20)
    reason = forms.CharField(
        label=gettext_lazy("How it was spoilt"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


def answer(asked: Asked):
    """The book of one school (DUP-10)."""
    if asked.query.get("file") == "csv":
        return _table(asked.office)
    act = asked.data.get("act") if asked.data is not None else None
    if act is not None and not KEEPERS & roles_of(asked.user, asked.office):
        raise Http404("act")
    lot = LotForm(asked.data if act == "receive" else None, auto_id="lot_%s")
    spoilt = SpoiltForm(asked.data if act == "spoil" else None, auto_id="spoilt_%s")
    for name, form, deed in (("receive", lot, _receive), ("spoil", spoilt, _spoil)):
        if act == name and form.is_valid():
            try:
                return Done(deed(asked, form.cleaned_data), query=f"office={asked.office.pk}")
            except ValidationError as objection:
                take_errors(form, objection)
    return _shown(asked, lot, spoilt)


def _receive(asked, data) -> str:
    lot = blanks.receive(asked.office, data.pop("form"), by=asked.user, **data)
    return _("Entered in the book: %(count)s blanks, %(first)s to %(last)s.") % {
        "count": len(lot), "first": lot[0].number, "last": lot[-1].number,
    }  # fmt: skip


def _spoil(asked, data) -> str:
    blank = Blank.objects.in_stock().filter(office=asked.office, series=data["series"], number=data["number"]).first()
    if blank is None:
        raise ValidationError({"number": _("No such blank is in stock here. One put aside is spoilt in its case.")})
    blanks.spoil(blank, by=asked.user, reason=data["reason"])
    return _("Entered as spoilt: %(blank)s.") % {"blank": blank}


def take_errors(form, objection):
    if not hasattr(objection, "error_dict"):
        form.add_error(None, objection)
        return
    for name, messages in objection.error_dict.items():
        form.add_error(name if name in form.fields else None, messages)


def _shown(asked, lot, spoilt) -> Shown:
    of_office = Blank.objects.filter(office=asked.office)
    state = asked.query.get("state", "")
    listed = of_office.filter(state=state) if state in Blank.State.values else of_office
    listed = listed.select_related("form", "case", "spoilt_by", "received_by")
    counts = dict(of_office.order_by().values_list("state").annotate(n=Count("pk")))
    context = {
        "lot": lot, "spoilt": spoilt, "may_keep": bool(KEEPERS & roles_of(asked.user, asked.office)),
        "counts": [(value, label, counts.get(value, 0)) for value, label in Blank.State.choices],
        "state": state, "book": Paginator(listed, PER_PAGE).get_page(asked.query.get("page")),
    }  # fmt: skip
    return Shown(TEMPLATE, context, wrong=bool(lot.errors or spoilt.errors))


def _table(office) -> TableFile:
    head = [_("Series"), _("Number"), _("Sample"), _("State"), _("Received"), _("Case"), _("Why spoilt")]
    rows = (
        (
            blank.series, blank.number, in_language(blank.form, "name"), blank.get_state_display(),
            blank.received_on.strftime("%d.%m.%Y"), blank.case.number if blank.case else "", blank.spoilt_because,
        )
        for blank in Blank.objects.filter(office=office).select_related("form", "case")
    )  # fmt: skip
    return TableFile("blanks", [(_("Book of blanks"), office.name_kk)], head, rows)
