"""All that a clerk fills in for one application on paper, as one page: questions, form, documents, consent."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from kazservices.design import forms as design
from kazservices.design.pieces import PaperPiece
from kazservices.design.templatetags.design import file_size
from kazservices.flow import counter, filing, taking
from kazservices.flow.asked import DetailsForm, PaperForm
from kazservices.flow.particulars import NO, YES, ParticularsForm, as_typed

from .forms import PackageForm


@dataclass
class Scan:
    """One document with the scans that lie there and the form for another."""

    asked: object
    form: PaperForm
    papers: list


class Package:
    """The forms of the page, filled with what the draft keeps or with what was just posted."""

    def __init__(self, progress, data=None, *, scanned=None):
        self.progress = progress
        draft = progress.draft
        said = {name: {True: YES, False: NO}.get(value, value) for name, value in progress.answers.items()}
        given = progress.consent
        kept = {
            "handed_in": taking.handed_in(draft),
            "ticket": draft.data.get(counter.TICKET),
            "consent": given and (YES if given.given else NO),
        }
        category = progress.category
        self.details = DetailsForm(data, category=category, initial=said) if progress.has_details else None
        typed = as_typed(progress.particulars)
        self.form = ParticularsForm(data, category=category, office=draft.office, initial=typed)
        self.arrival = counter.arrival_form(draft, data)
        self.package = PackageForm(data, progress=progress, initial=kept)
        self.scanned = scanned

    @property
    def forms(self) -> list:
        return [form for form in (self.details, self.form, self.arrival, self.package) if form is not None]

    @property
    def wrong(self) -> list:
        return design.summary([*self.forms, *([self.scanned] if self.scanned else [])])

    @property
    def scans(self) -> list[Scan]:
        """The documents that may be scanned; an original that is only shown is not."""
        return [self._scan(asked) for asked in self.progress.papers if not getattr(asked, "shown", False)]

    def is_kept(self) -> bool:
        """Keep whatever is right, and say whether all of it is."""
        right = [form.is_valid() for form in self.forms]
        draft = self.progress.draft
        if self.details is not None and self.details.is_valid():
            filing.answer(draft, self.details.answers())
        filing.fill_in(draft, self.form.particulars())
        if self.arrival is not None and self.arrival.is_valid():
            counter.note_arrival(draft, self.arrival.said())
        data = self.package.cleaned_data
        counter.note_documents(draft, data.get("handed_in", ()))
        if "ticket" in self.package.fields:
            counter.note_ticket(draft, data.get("ticket"))
        if data.get("consent"):
            counter.note_consent(self.progress, given=data["consent"] == YES)
        return all(right)

    def is_lawful(self) -> bool:
        """Whether the service takes what is written down so far; its objections stand at the fields."""
        try:
            filing.demand_lawful(self.progress, self.form.particulars())
        except ValidationError as error:
            self.take_errors(error)
        return not self.wrong

    def take_errors(self, error) -> None:
        """Put the law's objections at the fields they concern."""
        if not hasattr(error, "error_dict"):
            return self.package.add_error(None, error)
        for name, messages in error.error_dict.items():
            holder = next((form for form in self.forms if name in form.fields), self.package)
            holder.add_error(name if name in holder.fields else None, messages)
        return None

    def _scan(self, asked) -> Scan:
        here = self.scanned is not None and self.scanned.asked.code == asked.code
        form = self.scanned if here else PaperForm(asked=asked)
        files = self.progress.draft.attachments.filter(requirement=asked.code)
        return Scan(asked, form, [self._paper(file) for file in files])

    def _paper(self, file) -> PaperPiece:
        away = reverse("admin:counter-away", args=[self.progress.draft.ref, file.pk])
        return PaperPiece(file.name, "", meta=file_size(file.size), remove_url=away, action=_("Take away"))
