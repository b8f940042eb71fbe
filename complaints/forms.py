"""The facts that each move of a complaint asks for. Shape only: what the law wants stands in steps and conditions."""

import datetime as dt
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from calendars.arithmetic import OutOfCalendar
from calendars.rules import rule_on
from kazservices import clock
from kazservices.design.forms import DayInput
from kazservices.flow.forms import MoveForm, SignedForm
from kazservices.offices.models import Staff

from . import steps
from .models import Complaint
from .states import Outcome

LONGEST = 10_000


def words(label, help_text="", rows=4, **more):
    return forms.CharField(
        label=label, max_length=LONGEST, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def day(label, help_text="", **more):
    return forms.DateField(label=label, help_text=help_text, widget=DayInput, **more)


class OfficialForm(MoveForm):
    """Which of the people of the office complained of."""

    person = forms.TypedChoiceField(
        label=_("Official complained of"), coerce=int, empty_value=None,
        help_text=_("He may grant all demands within three working days, and nothing else."),
    )  # fmt: skip

    def prepare(self):
        posts = Staff.objects.on(self.case.against.today()).filter(office=self.case.against).select_related("user")
        people = {post.user_id: f"{post.user.full_name}, {post.get_role_display()}" for post in posts.order_by("pk")}
        blank = [] if self.fields["person"].required else [("", _("not named"))]
        self.fields["person"].choices = [*blank, *people.items()]
        self.fields["person"].initial = self.case.person_id


class RegisterForm(OfficialForm):
    """The day of the registration, and the official, where he is named."""

    registered_on = day(_("Registered on"), _("Not before the day on which the complaint arrived."))
    field_order = ("registered_on", "person")

    def prepare(self):
        self.fields["person"].required = False
        super().prepare()
        self.fields["registered_on"].initial = self.case.office.today()


class ReopenForm(SignedForm):
    """A decision that may open the case again which the complaint is about."""

    reopen = forms.BooleanField(
        label=_("Open the case again: its result is withdrawn"), required=False,
        help_text=_("The case is considered anew, with its terms."),
    )  # fmt: skip

    def prepare(self):
        if not steps.can_reopen(self.case.about):
            del self.fields["reopen"]
        else:
            self.fields["reopen"].initial = self.case.particulars.get("subject") == "decision"


class GrantForm(ReopenForm):
    granted = words(_("What is decided and done"), _("Every demand is granted. The complainant reads this."))
    field_order = ("granted", "reopen")


class PartForm(MoveForm):
    granted = words(_("What is granted"), _("It goes with the complaint to the body that considers it."))


class ForwardForm(SignedForm):
    """Asks nothing: the letter says to whom, and with which file of the case."""


class ExtendForm(SignedForm):
    ground = forms.ChoiceField(label=_("Ground"), choices=Complaint.Ground.choices, widget=forms.RadioSelect)
    days = forms.IntegerField(label=_("By how many working days"), min_value=1)
    reason = words(_("Reasons"), _("The complainant reads them in the notice."))

    def prepare(self):
        clock = self.case.answer_clock
        most = rule_on(clock.rule, clock.base_on).extendable if clock else 0
        self.fields["days"].help_text = _("At most %(most)s, counted from the end of the term.") % {"most": most}


class SentForm(MoveForm):
    sent_on = day(_("Sent on"), _("The day on which the paper was handed over or posted."))

    def prepare(self):
        self.fields["sent_on"].initial = self.case.office.today()


class UpheldForm(ReopenForm):
    motive = words(_("Reasons"), _("What was found. The complainant and the provider read it."))
    ordered = words(_("What is to be done"), _("The provider has to carry it out."), rows=3)
    within = forms.IntegerField(
        label=_("Within how many working days"), min_value=1, max_value=366, required=False,
        help_text=_("Leave empty if the decision sets no term: the case is then counted as a new one."),
    )  # fmt: skip
    field_order = ("motive", "ordered", "reopen", "within")


class RefusalForm(SignedForm):
    motive = words(_("Reasons"), _("Each demand is answered. The complainant reads it."))


class ConfirmationForm(MoveForm):
    number = forms.CharField(label=_("Registration number at the body"), max_length=60)
    registered_on = day(
        _("Registered there on"), _("As its confirmation has it. The term of the body begins that day.")
    )


class TheirAnswerForm(MoveForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    number = forms.CharField(label=_("Number of the answer"), max_length=60)
    answered_on = day(_("Date of the answer"))
    motive = words(_("What is decided and why"))
    ordered = words(_("What is to be done"), rows=3, required=False)
    reopen = forms.BooleanField(label=_("Open the case again: its result is withdrawn"), required=False)
    within = forms.IntegerField(
        label=_("Within how many working days"), min_value=1, max_value=366, required=False,
        help_text=_("Leave empty if the decision sets no term: the case is then counted as a new one."),
    )  # fmt: skip

    def prepare(self):
        if not steps.can_reopen(self.case.about):
            del self.fields["reopen"]


class ArrivalForm(forms.Form):
    """How a complaint on paper came: at the counter now, or earlier, by post or from a higher body."""

    how = forms.ChoiceField(
        label=_("How it came"), choices=Complaint.Arrival.choices, initial=Complaint.Arrival.IN_PERSON,
        widget=forms.RadioSelect,
    )  # fmt: skip
    arrived_on = day(_("Arrived on"), _("By post or from a higher body: the day of the stamp."), required=False)
    arrived_at = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    sender = forms.CharField(label=_("Sent by which body"), max_length=200, required=False)
    sender_number = forms.CharField(label=_("Number of its letter"), max_length=60, required=False)
    sender_date = day(_("Date of its letter"), required=False)

    def __init__(self, *args, office, initial=None, **kwargs):
        super().__init__(*args, initial=self._kept(initial or {}), **kwargs)
        self.office = office

    def clean(self):
        said, now = super().clean(), self.office.local(clock.now())
        if said.get("how") == Complaint.Arrival.IN_PERSON:
            return said
        if not said.get("arrived_on"):
            self.add_error("arrived_on", _("Write the day on which it arrived: the terms count from it."))
        elif said["arrived_on"] > now.date():
            self.add_error("arrived_on", _("This day has not come yet. Check the date."))
        elif not self._is_covered(said["arrived_on"]):
            self.add_error("arrived_on", _("Our calendar does not reach back to this day. Check the date."))
        if said.get("how") == Complaint.Arrival.HIGHER_BODY and not said.get("sender"):
            self.add_error("sender", _("Name the body that has sent it."))
        return said

    def said(self) -> dict:
        """As the draft keeps it: the moment of arrival, none for what is brought now."""
        said = self.cleaned_data
        if said["how"] == Complaint.Arrival.IN_PERSON:
            return {"how": said["how"]}
        return {
            "how": said["how"],
            "at": self._moment(said["arrived_on"], said["arrived_at"]).isoformat(),
            "sender": said["sender"],
            "number": said["sender_number"],
            "date": said["sender_date"].isoformat() if said["sender_date"] else "",
        }

    def _is_covered(self, day: dt.date) -> bool:
        """Whether the terms can be counted from that day."""
        time = self.office.time_for(Complaint.service_code)
        try:
            time.accepts(time.opening(day))
        except OutOfCalendar:
            return False
        return True

    def _moment(self, day: dt.date, hour: dt.time | None) -> dt.datetime:
        """The hour of the stamp; where there is none, the opening of the day: the doubt is not the complainant's."""
        if hour is None:
            return min(self.office.time_for(Complaint.service_code).opening(day), clock.now())
        return dt.datetime.combine(day, hour, ZoneInfo(self.office.zone))

    @staticmethod
    def _kept(said) -> dict:
        at = said.get("at") and dt.datetime.fromisoformat(said["at"])
        moment = {"arrived_on": at.date(), "arrived_at": at.time()} if at else {}
        letter = {"sender": said.get("sender"), "sender_number": said.get("number"), "sender_date": said.get("date")}
        return {"how": said.get("how", Complaint.Arrival.IN_PERSON), **moment, **letter}
