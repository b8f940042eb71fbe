"""What an application is asked page by page, the same on the portal and at the counter: details, and files."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazservices.design.forms import DayInput
from kazservices.design.languages import in_language

from .particulars import NO, YES


class DetailsForm(forms.Form):
    """The variant of the category and its yes-or-no questions."""

    def __init__(self, *args, category, **kwargs):
        super().__init__(*args, **kwargs)
        self.category = category
        if variants := list(category.variants.all()):
            self.fields["variant"] = forms.ChoiceField(
                label=_("Which of these are you?"),
                choices=[(variant.code, in_language(variant, "plain")) for variant in variants],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose the line that fits you.")},
            )
        for question in category.questions.all():
            self.fields[question.code] = forms.ChoiceField(
                label=in_language(question, "text"),
                choices=[(YES, _("Yes")), (NO, _("No"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer yes or no.")},
            )

    def answers(self) -> dict:
        """Yes and no as true and false; the variant by its code."""
        return {name: {YES: True, NO: False}.get(value, value) for name, value in self.cleaned_data.items()}


class PaperForm(forms.Form):
    """One file for one required document."""

    requirement = forms.CharField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPG or PNG."),
        allow_empty_file=True,  # the room of documents says in words what is wrong with an empty one
        error_messages={"required": _("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=DayInput,
        help_text=_("If the paper names the last day of its validity."),
    )

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, auto_id=f"{asked.code}-%s", **kwargs)
        self.asked = asked
        self.initial.setdefault("requirement", asked.code)
        if not asked.expires:
            del self.fields["valid_until"]
