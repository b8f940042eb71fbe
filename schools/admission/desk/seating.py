"""The seats of the grades: opened for a year, changed with a reason, never below those given and offered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazservices.flow.deskpages import Asked, Done, Shown
from schools.admission import seats
from schools.admission.models.pools import FIRST_GRADE, LAST_GRADE, Language

from .pools import chosen, pools_of

TEMPLATE = "schools/admission/seats.html"


class NewForm(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2020, max_value=2100)
    grade = forms.IntegerField(label=gettext_lazy("Grade"), min_value=FIRST_GRADE, max_value=LAST_GRADE)
    language = forms.ChoiceField(label=gettext_lazy("Language of instruction"), choices=Language.choices)
    seats = forms.IntegerField(label=gettext_lazy("Seats in all parallel classes"), min_value=0, max_value=2000)
    reason = forms.CharField(label=gettext_lazy("Reason (act, number)"), max_length=500)


class ChangeForm(forms.Form):
    seats = forms.IntegerField(label=gettext_lazy("Seats in all parallel classes"), min_value=0, max_value=2000)
    reason = forms.CharField(label=gettext_lazy("Reason (act, number)"), max_length=500)


def answer(asked: Asked):
    pools = pools_of(asked)
    pool = chosen(asked, pools) if asked.query.get("pool") else None
    new = {"year": asked.office.today().year, "grade": FIRST_GRADE}
    form = (ChangeForm if pool else NewForm)(asked.data, initial={"seats": pool.seats} if pool else new)
    if asked.data is not None and form.is_valid():
        try:
            return _done(asked, pool, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error) if not hasattr(error, "error_dict") else _at_fields(form, error)
    context = {"pools": pools, "pool": pool, "form": form, "changes": list(pool.changes.all()) if pool else []}
    return Shown(TEMPLATE, context, wrong=asked.data is not None)


def _at_fields(form, error):
    for name, faults in error.error_dict.items():
        form.add_error(name if name in form.fields else None, faults)


def _done(asked, pool, said) -> Done:
    if pool is None:
        made = seats.open_pool(asked.office, by=asked.user, **said)
        return Done(_("The seats are opened."), f"pool={made.pk}&office={asked.office.pk}")
    seats.set_seats(pool, said["seats"], by=asked.user, reason=said["reason"])
    return Done(_("The number of seats is changed."), f"pool={pool.pk}&office={asked.office.pk}")
