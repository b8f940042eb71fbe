"""The service area: its editions, a new one from a CSV file, with every wrong line told."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazservices.design.forms import DayInput
from kazservices.flow.deskpages import Asked, Done, Shown
from schools.admission import areas
from schools.admission.models import AreaEdition

TEMPLATE = "schools/admission/area.html"


class AreaForm(forms.Form):
    valid_from = forms.DateField(label=gettext_lazy("In force from"), widget=DayInput)
    act = forms.CharField(label=gettext_lazy("Act that sets the area"), max_length=200)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV in UTF-8: locality; street; from; to; side; border. A town may leave the first column out."
        ),
    )


def answer(asked: Asked):
    form, wrong = AreaForm(asked.data, asked.files), []
    if asked.data is not None and form.is_valid():
        said = form.cleaned_data
        edition, wrong = areas.load(
            asked.office, said["file"].read(), valid_from=said["valid_from"], act=said["act"], by=asked.user
        )
        if edition is not None:
            return Done(_("The service area is loaded."), f"office={asked.office.pk}")
    editions = list(
        AreaEdition.objects.filter(office=asked.office).order_by("-valid_from").prefetch_related("addresses")
    )
    return Shown(TEMPLATE, {"form": form, "wrong_lines": wrong, "editions": editions}, wrong=asked.data is not None)
