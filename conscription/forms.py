"""The facts that each move asks for. Shape only: what the law wants stands in steps and conditions."""

from datetime import time

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from calendars.words import staff_date
from conscription import commission, hearings
from conscription.models import Hearing, Opinion
from kazservices import clock
from kazservices.cases import representation
from kazservices.flow.forms import MoveForm
from kazservices.flow.objections import grounds_offered
from kazservices.gateways.service import answers
from kazservices.offices.roles import COMMISSION_ROLES
from kazservices.offices.service import holders


def in_language(thing, name):
    language = get_language() if get_language() in ("kk", "ru") else "kk"
    return getattr(thing, f"{name}_{language}")


def ground_choices(grounds):
    return [(ground.code, f"{ground.code}. {in_language(ground, 'text')}") for ground in grounds]


class OpinionForm(MoveForm):
    decision = forms.ChoiceField(label=_("My opinion"), choices=Opinion.Decision.choices, widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("Ground of refusal"), required=False)
    motive = forms.CharField(
        label=_("Motive"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wanted when you would refuse. The applicant will read it."),
    )  # fmt: skip

    def prepare(self):
        self.fields["ground"].choices = [("", "—"), *ground_choices(grounds_offered(self.case))]


class GrantForm(MoveForm):
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Only if the decision names a day; the standard sets none."),
    )  # fmt: skip
    motive = forms.CharField(
        label=_("Motive"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wanted when the majority is against it or there is no quorum."),
    )  # fmt: skip

    def facts(self):
        return {"motive": self.cleaned_data["motive"], "valid_until": plain_day(self.cleaned_data["valid_until"])}


class WhenForm(MoveForm):
    """When and where a hearing is held: the lawful days are offered, the last one is preselected."""

    day = forms.ChoiceField(label=_("Day of the hearing"), widget=forms.RadioSelect)
    hour = forms.TimeField(
        label=_("Hour"), initial=time(11), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Place"), max_length=300)
    method = forms.ChoiceField(label=_("Method"), choices=Hearing.Method.choices, initial=Hearing.Method.IN_PERSON)

    def prepare(self):
        first, last = self.lawful_days()
        days = sorted({first, last}) if first <= last else []
        self.fields["day"].choices = [(day.isoformat(), staff_date(day, get_language() or "kk")) for day in days]
        self.fields["day"].initial = last.isoformat()
        self.fields["place"].initial = getattr(
            self.case.office, f"address_{'ru' if self.case.language == 'ru' else 'kk'}"
        )

    def lawful_days(self):
        return hearings.days_for(self.case, clock.now())

    def when(self) -> dict:
        day = forms.DateField().to_python(self.cleaned_data["day"])
        held_at = self.local(day, self.cleaned_data["hour"]).isoformat()
        return {"held_at": held_at, "place": self.cleaned_data["place"], "way": self.cleaned_data["method"]}

    def field_of(self, name):
        return super().field_of("hour" if name == "held_at" else name)


class HearingForm(WhenForm):
    grounds = forms.MultipleChoiceField(label=_("Grounds of refusal"), widget=forms.CheckboxSelectMultiple)
    rests_on = forms.MultipleChoiceField(
        label=_("What is not true"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("For ground 1: the document or the register answer. A register's silence proves nothing."),
    )  # fmt: skip
    motive = forms.CharField(
        label=_("Motive"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant reads this in the preliminary decision."),
    )  # fmt: skip

    def prepare(self):
        super().prepare()
        offered = grounds_offered(self.case)
        named = commission.named_grounds(self.case)
        self.fields["grounds"].choices = ground_choices([g for g in offered if not named or g.code in named])
        self.fields["grounds"].initial = named
        self.fields["rests_on"].choices = things_to_rest_on(self.case)

    def facts(self):
        data = self.cleaned_data
        return {**self.when(), "grounds": data["grounds"], "motive": data["motive"], "rests_on": data["rests_on"]}


class PostponeForm(WhenForm):
    asked_by = forms.ChoiceField(
        label=_("At whose request"), choices=[("body", _("the commission's")), ("applicant", _("the applicant's"))]
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))

    def lawful_days(self):
        hearing = hearings.current(self.case)
        return hearings.Asked(self.case, hearing, by_applicant=bool(hearing.wish)).days(clock.now())

    def facts(self):
        return {**self.when(), "asked_by": self.cleaned_data["asked_by"], "reason": self.cleaned_data["reason"]}

    def prepare(self):
        super().prepare()
        wished = hearings.current(self.case).wished_at
        if wished:
            day = self.case.time.local(wished).date()
            known = dict(self.fields["day"].choices)
            known.setdefault(day.isoformat(), staff_date(day, get_language() or "kk"))
            self.fields["day"].choices = list(known.items())


class PermitForm(MoveForm):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class RecordForm(MoveForm):
    """The record of a hearing with the fields that the Code names."""

    place = forms.CharField(label=_("Place"), max_length=300)
    started = forms.TimeField(label=_("Began at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ended = forms.TimeField(label=_("Ended at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    official = forms.CharField(label=_("Presiding person"), max_length=200)
    secretary = forms.CharField(label=_("Secretary"), max_length=200)
    participant = forms.CharField(label=_("Participant"), max_length=200)
    matter = forms.CharField(label=_("Matter"), widget=forms.Textarea(attrs={"rows": 2}))
    explanations = forms.CharField(label=_("Explanations of the participant"), widget=forms.Textarea(attrs={"rows": 4}))
    questions = forms.CharField(
        label=_("Questions, answers, speeches"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    entered = forms.CharField(
        label=_("Facts entered at the participant's request"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    objection_waived = forms.BooleanField(
        label=_("The participant waives the rest of the objection time"), required=False
    )

    def prepare(self):
        hearing = hearings.current(self.case)
        local = self.case.time.local
        self.initial = {
            "place": hearing.place,
            "started": local(hearing.held_at).time(),
            "ended": local(clock.now()).time().replace(second=0, microsecond=0),
            "official": presiding(self.case),
            "secretary": self.by.full_name,
            "participant": ", ".join(said_of_participants(self.case)),
            "matter": hearing.motive,
            **self.initial,
        }

    def facts(self):
        data = dict(self.cleaned_data)
        day = self.case.time.local(hearings.current(self.case).held_at).date()
        data["started_at"] = self.local(day, data.pop("started")).isoformat()
        data["ended_at"] = self.local(day, data.pop("ended")).isoformat()
        return data

    def field_of(self, name):
        return super().field_of(name.removesuffix("_at"))


class NoShowForm(MoveForm):
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), initial="")


class RefusalForm(MoveForm):
    grounds = forms.MultipleChoiceField(label=_("Grounds of refusal"), widget=forms.CheckboxSelectMultiple)
    motive = forms.CharField(label=_("Motive"), widget=forms.Textarea(attrs={"rows": 4}))
    chair_motive = forms.CharField(
        label=_("Why against the majority"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when the members' majority would approve."),
    )  # fmt: skip

    def prepare(self):
        heard = hearings.current(self.case)
        offered = [g for g in grounds_offered(self.case) if heard and g.code in heard.grounds]
        self.fields["grounds"].choices = ground_choices(offered)
        self.initial = {"grounds": heard.grounds, "motive": heard.motive, **self.initial} if heard else self.initial


class NotTakenForm(MoveForm):
    motive = forms.CharField(
        label=_("What the file is not"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads this in the receipt, and may complete the package and send it again."),
    )  # fmt: skip

    def facts(self):
        return {"missing": [], "motive": self.cleaned_data["motive"]}


class RecusalForm(MoveForm):
    person = forms.TypedChoiceField(label=_("Who"), coerce=int)
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def prepare(self):
        posts = holders(self.case.office, *COMMISSION_ROLES)
        self.fields["person"].choices = list({post.user_id: post.user.full_name for post in posts}.items())


class DeclineWishForm(MoveForm):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class LiftRecusalForm(MoveForm):
    person = forms.TypedChoiceField(label=_("Who"), coerce=int)
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def prepare(self):
        recused = self.case.recusals.select_related("user")
        self.fields["person"].choices = [(row.user_id, row.user.full_name) for row in recused]


class PositionForm(MoveForm):
    position = forms.CharField(label=_("My position"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))
    instead_of_coming = forms.BooleanField(label=_("Take it in place of my coming to the hearing"), required=False)


class WishForm(MoveForm):
    wish = forms.CharField(label=_("Why you cannot come"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    day = forms.DateField(label=_("Day that suits you"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def facts(self):
        data = self.cleaned_data
        wished = self.local(data["day"], data["hour"] or time(11)).isoformat() if data["day"] else None
        return {"wish": data["wish"], "wished_at": wished}


def said_of_participants(case):
    """The applicant and whoever represents him: either may come to the hearing."""
    power = representation.standing_in(case)
    yield case.applicant.full_name
    if power is not None:
        yield _("representative: %(name)s") % {"name": power.representative.full_name}


def plain_day(day):
    return day.isoformat() if day else None


def presiding(case):
    """The name of the one who presides: the chair, or the deputy in his place."""
    post = commission.presiding_post(case)
    return post.user.full_name if post else ""


def things_to_rest_on(case):
    """What ground 1 may name: the documents given and the register answers that have come."""
    documents = [(a.requirement, a.name) for a in case.attachments.all()]
    registers = [(f"register:{name}", name) for name, answer in answers(case).items() if answer is not None]
    return documents + registers
