"""The small form of a move: it checks shape, and hands the facts over as plain JSON values."""

import datetime as dt

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from kazservices.design.templatetags.design import staff_date

from .mending import LONGEST, correctable


class MoveForm(forms.Form):
    """Asks for the facts of one lawful move in one case; the law itself is checked by the door."""

    def __init__(self, *args, case, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.by = case, by
        self.prepare()

    def prepare(self):
        """Choices and smart defaults that depend on the case."""

    def facts(self) -> dict:
        """What goes through the door; moments as ISO 8601 with offset, days as ISO dates."""
        return {name: plain(value) for name, value in self.cleaned_data.items()}

    def local(self, day, hour):
        """An instant from a local day and hour of the case's office."""
        return make_aware(dt.datetime.combine(day, hour), self.case.time.zone)

    def take_errors(self, error):
        """Put the law's objections at the fields they concern."""
        if hasattr(error, "error_dict"):
            for name, messages in error.error_dict.items():
                self.add_error(self.field_of(name), messages)
        else:
            self.add_error(None, error)

    def field_of(self, name):
        return name if name in self.fields else None


class SignedForm(MoveForm):
    """A move whose paper names the person who makes it."""

    def facts(self):
        return {**super().facts(), "signed_by": self.by.pk}


class CorrectionForm(MoveForm):
    """An erratum: in this paper, instead of these words, read those."""

    paper = forms.TypedChoiceField(label=_("Paper with the error"), coerce=int, widget=forms.RadioSelect)
    wrong = forms.CharField(
        label=_("Instead of"), max_length=LONGEST, help_text=_("The words that are wrong, exactly as they are printed.")
    )
    right = forms.CharField(label=_("Read"), max_length=LONGEST)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is printed on the corrected paper. The decision, its grounds and its votes are not changed."),
    )  # fmt: skip

    def prepare(self):
        papers = correctable(self.case)
        self.fields["paper"].choices = [
            (paper.pk, f"{paper.name} № {paper.number}, {staff_date(paper.issued_at)}") for paper in papers
        ]
        if len(papers) == 1:
            self.fields["paper"].initial = papers[0].pk


class WithdrawalForm(MoveForm):
    """Why the body withdraws its own result."""

    because = forms.CharField(
        label=_("Decision on the complaint, court act, or what is unlawful in the result"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With number, date and body. The applicant reads this in the act of withdrawal."),
    )  # fmt: skip


def plain(value):
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return list(value) if isinstance(value, tuple | set) else value
