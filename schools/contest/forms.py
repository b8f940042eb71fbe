"""The facts that the moves of the contest ask for. Shape only: what the rules want stands in steps and conditions."""

from datetime import time

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kazservices.design.forms import DayInput, HourInput
from kazservices.documents.service import keep_file
from kazservices.flow.forms import MoveForm
from kazservices.offices.roles import Role
from kazservices.offices.service import holders
from schools.contest import ordering, own, scorefile
from schools.contest.ranking import Olympiad
from schools.contest.register import DIPLOMA
from schools.contest.steps import CSV, ROOMS
from schools.contest.tables import GRADES, OWN_GRADES

MOST_PLACES = 1000


class PlacesForm(MoveForm):
    """How many are taken into each class; empty where none is."""

    second_round = forms.BooleanField(
        label=_("The charter has a second round"),
        required=False,
        help_text=_("Only military, sports and arts schools (clause 46)."),
    )

    def prepare(self):
        known = dict(self.case.places.values_list("grade", "places"))
        for grade in sorted(GRADES, reverse=True):
            self.fields[f"places_{grade}"] = forms.IntegerField(
                label=format_lazy(_("Places in class {grade}"), grade=grade), required=False, min_value=0,
                max_value=MOST_PLACES, initial=known.get(grade),
                help_text=_("The quota is a tenth of these, rounded down.") if grade == 7 else "",
            )  # fmt: skip
        self.fields["second_round"].initial = self.case.second_round
        self.order_fields([*(f"places_{grade}" for grade in sorted(GRADES, reverse=True)), "second_round"])

    def facts(self):
        places = {str(grade): self.cleaned_data[f"places_{grade}"] or 0 for grade in GRADES}
        return {"places": places, "second_round": self.cleaned_data["second_round"]}


class ResponsibleForm(MoveForm):
    person = forms.TypedChoiceField(label=_("Who takes the documents in"), coerce=int, widget=forms.RadioSelect)

    def prepare(self):
        clerks = holders(self.case.office, Role.CLERK).order_by("pk")
        people = {post.user_id: post.user.full_name for post in clerks}
        self.fields["person"].choices = list(people.items())
        self.fields["person"].initial = next(iter(people), None)


class ScheduleForm(MoveForm):
    """Day, hour and room for each class for which children have applied."""

    place = forms.CharField(label=_("Place: building and room"), max_length=200)

    def prepare(self):
        taken = set(ordering.candidates(self.case).values())
        self.grades = [grade for grade in sorted(GRADES, reverse=True) if grade in taken]
        for grade in self.grades:
            self.fields[f"day_{grade}"] = forms.DateField(
                label=format_lazy(_("Class {grade}: day"), grade=grade), widget=DayInput,
                help_text=_("From 15 to 30 April."),
            )  # fmt: skip
            self.fields[f"hour_{grade}"] = forms.TimeField(
                label=format_lazy(_("Class {grade}: hour"), grade=grade), widget=HourInput, initial=time(10)
            )
        self.order_fields([name for grade in self.grades for name in (f"day_{grade}", f"hour_{grade}")])

    def facts(self):
        said = self.cleaned_data
        rows = [
            {
                "grade": grade,
                "at": self.local(said[f"day_{grade}"], said[f"hour_{grade}"]).isoformat(),
                "place": said["place"],
            }
            for grade in self.grades
        ]
        return {"sittings": rows}


class MaterialsForm(MoveForm):
    """The receipt of the sealed materials."""

    day = forms.DateField(label=_("Day on which they came"), widget=DayInput)
    hour = forms.TimeField(label=_("Hour"), widget=HourInput)
    brought_by = forms.CharField(label=_("Who of the Daryn centre brought them"), max_length=200)
    packages = forms.IntegerField(label=_("Packages"), min_value=1, max_value=1000)
    seals_whole = forms.BooleanField(label=_("All seals are whole"), required=False)
    remark = forms.CharField(
        label=_("What was found"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wanted when a seal is broken, or when it is not the day before the contest."),
    )  # fmt: skip

    def prepare(self):
        here = self.case.time.local(self.case.moment) if self.case.moment else None
        if here:
            self.fields["day"].initial, self.fields["hour"].initial = here.date(), here.time()

    def facts(self):
        said = dict(self.cleaned_data)
        moment = self.local(said.pop("day"), said.pop("hour"))
        return {**said, "received_at": moment.isoformat()}

    def field_of(self, name):
        return "day" if name == "received_at" else super().field_of(name)


class RoomsForm(MoveForm):
    """The check list before the contest: all of it, or the contest is not open to view."""

    def prepare(self):
        for name, label in ROOMS.items():
            self.fields[name] = forms.BooleanField(label=label, required=False)


class FileForm(MoveForm):
    """One file; its lines are read here, so that a wrong one is told before anything is kept.

    A form of its kind says what a file holds: ``reading(content)`` gives the rows and the faults.
    """

    file = forms.FileField(label=_("File (CSV)"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))
    code = "file"

    def clean_file(self):
        upload = self.cleaned_data["file"]
        self.content = upload.read(scorefile.MOST_BYTES + 1)
        try:
            _rows, faults = self.reading(self.content)
        except scorefile.Unreadable as fault:
            raise forms.ValidationError(str(fault)) from None
        if faults:
            raise forms.ValidationError([str(fault) for fault in faults])
        return upload

    def facts(self):
        """The file is kept with its digest, whatever becomes of the move: what was sent can be looked at."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        name = self.cleaned_data["file"].name
        kept = keep_file(self.case, self.code, name, self.content, content_type=CSV, by=self.by)
        return {**said, "file": kept.pk}


class ScoresForm(FileForm):
    code = "scores"

    def prepare(self):
        self.fields["file"].help_text = _("Columns: number; right; wrong; total. A class is always sent whole.")

    def reading(self, content):
        return scorefile.read(content, ordering.candidates(self.case))


class SecondRoundForm(FileForm):
    code = "second_round"

    def prepare(self):
        self.fields["file"].help_text = _("One column: number. Those who passed; the others have not.")

    def reading(self, content):
        known = set(self.case.scores.values_list("application__number", flat=True))
        return scorefile.read_numbers(content, known)


class OwnSelectionForm(FileForm):
    """Free places of classes 8 to 11, within what the sanitary rules allow."""

    grade = forms.TypedChoiceField(label=_("Class"), coerce=int, choices=[(g, str(g)) for g in OWN_GRADES])
    capacity = forms.IntegerField(
        label=_("Pupils the class may hold by the sanitary rules"), min_value=1, max_value=MOST_PLACES,
        help_text=_("Order № 611 of 16 August 2017 (registration № 15681)."),
    )  # fmt: skip
    studying = forms.IntegerField(label=_("Pupils in it now"), min_value=0, max_value=MOST_PLACES)
    places = forms.IntegerField(label=_("Places to be given"), min_value=1, max_value=MOST_PLACES)
    code = "own_selection"
    field_order = ("grade", "capacity", "studying", "places", "file")

    def prepare(self):
        self.fields["file"].help_text = _("Columns: number; name; points. Equal points stand in the order of the file.")

    def reading(self, content):
        return own.read(content)


class TieForm(MoveForm):
    """The commission's order of equals: first to last, with the reason that the protocol will print."""

    group = forms.ChoiceField(label=_("Equal candidates"), widget=forms.RadioSelect)
    order = forms.CharField(
        label=_("Their order by the commission's decision"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Each number in a line of its own, the first of them first."),
    )  # fmt: skip
    motive = forms.CharField(label=_("Motive"), widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self):
        groups = ordering.undecided(self.case)
        self.fields["group"].choices = [
            (f"{grade}", _("class %(grade)s: %(numbers)s") % {"grade": grade, "numbers": ", ".join(numbers)})
            for grade, numbers in groups
        ]
        if groups:
            self.fields["group"].initial = str(groups[0][0])

    def facts(self):
        said = self.cleaned_data
        order = [line.strip() for line in said["order"].splitlines() if line.strip()]
        return {"grade": int(said["group"]), "order": order, "motive": said["motive"]}


class FreePlaceForm(MoveForm):
    grade = forms.TypedChoiceField(label=_("Class"), coerce=int)
    left = forms.CharField(
        label=_("Whose place it was: number"), required=False, max_length=40, help_text=_("Empty for a new place.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def prepare(self):
        self.fields["grade"].choices = [(row.grade, str(row.grade)) for row in self.case.places.all()]


class PromoteForm(MoveForm):
    grade = forms.TypedChoiceField(label=_("Class"), coerce=int, widget=forms.RadioSelect)

    def prepare(self):
        grades = ordering.classes_to_fill(self.case)
        self.fields["grade"].choices = [(grade, str(grade)) for grade in grades]
        self.fields["grade"].initial = grades[0] if grades else None


# --- of an application ---


class EnterForm(MoveForm):
    """What the responsible person found proved by the papers."""

    olympiad = forms.TypedChoiceField(
        label=_("Diploma of the regional stage of an olympiad"), coerce=int, widget=forms.RadioSelect,
        choices=[(int(Olympiad.NONE), _("none")), (int(Olympiad.PRIZE), _("prize-holder")),
                 (int(Olympiad.WINNER), _("winner"))],
        initial=int(Olympiad.NONE),
    )  # fmt: skip
    in_quota = forms.BooleanField(
        label=_("Winner of “Myng bala”, the olympiad of rural schools"), required=False,
        help_text=_("Takes part in the quota of the seventh class."),
    )  # fmt: skip

    def prepare(self):
        if not self.case.attachments.filter(requirement=DIPLOMA).exists() and DIPLOMA not in self.case.handed_in:
            self.fields["olympiad"].help_text = _("No copy of a diploma lies in the application.")
        if self.case.grade != 7:
            del self.fields["in_quota"]


class NotTakenForm(MoveForm):
    motive = forms.CharField(label=_("What is missing, or why it is late"), widget=forms.Textarea(attrs={"rows": 3}))

    def facts(self):
        return {"missing": [], "motive": self.cleaned_data["motive"]}


class AllTheSameForm(MoveForm):
    motive = forms.CharField(
        label=_("Why it is accepted all the same"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The rules say that acceptance may be refused, not that it must be."),
    )  # fmt: skip
