"""What a report covers: chosen in a form, carried in the address, printed on every page and every export."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.design.forms import DayInput
from kazservices.design.languages import in_language
from kazservices.flow.manifest import all_manifests
from kazservices.offices.models import Office, Staff
from kazservices.offices.roles import Role
from kazservices.passports.models import Service

from .words import norm_names, role_name

LONGEST = timedelta(days=5 * 366)
OF_ROLE = "role:"  # an official who is not one person: the holders of a role, or nobody (the system)


@dataclass(frozen=True)
class Scope:
    """The clocks whose due day lies in a period, as they stood at an instant."""

    offices: tuple[Office, ...]
    since: date
    until: date
    as_of: datetime
    as_of_day: date | None = None
    service: str = ""
    office: str = ""
    norm: str = ""
    official: str = ""

    @property
    def office_ids(self) -> list[int]:
        return [office.pk for office in self.offices if self.office in ("", office.code)]

    def narrowed(self, **changes) -> "Scope":
        return replace(self, **changes)

    def address(self, **more) -> str:
        """The query string that asks for this scope again."""
        asked = {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "service": self.service,
            "office": self.office,
            "norm": self.norm,
            "official": self.official,
            "as_of": self.as_of_day.isoformat() if self.as_of_day else "",
            **more,
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value not in ("", None)})


class ScopeForm(forms.Form):
    """Asked by GET, so that a report can be shared by its address."""

    since = forms.DateField(label=_("Due from"), widget=DayInput)
    until = forms.DateField(label=_("Due until"), widget=DayInput)
    service = forms.ChoiceField(label=_("Service"), required=False)
    office = forms.ChoiceField(label=_("Office"), required=False)
    norm = forms.ChoiceField(label=_("Norm"), required=False)
    official = forms.ChoiceField(label=_("Official"), required=False)
    as_of = forms.DateField(label=_("As it stood on"), required=False, widget=DayInput)

    def __init__(self, asked, *, offices):
        self.offices = offices
        self.at = clock.now()
        self.today = timezone.localtime(self.at).date()
        super().__init__({**usual_period(self.today), **asked})
        self.fields["service"].choices = [("", _("All")), *services()]
        self.fields["office"].choices = [("", _("All")), *((o.code, in_language(o, "name")) for o in offices)]
        self.fields["norm"].choices = [("", _("All")), *norm_names().items()]
        self.fields["official"].choices = [("", _("All")), *officials(offices)]

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day has not come yet. Choose today or an earlier day."))
        return day

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day stands before the first. Check both dates."))
        elif since and until and until - since > LONGEST:
            self.add_error("since", _("Choose a period of at most five years."))
        return data

    def scope(self) -> Scope:
        data = self.cleaned_data
        chosen = {name: data[name] for name in ("since", "until", "service", "office", "norm", "official")}
        return Scope(tuple(self.offices), as_of=self._as_of(data["as_of"]), as_of_day=data["as_of"], **chosen)

    def _as_of(self, day) -> datetime:
        """The end of a past day; now when none is named."""
        if day is None or day >= self.today:
            return self.at
        return timezone.make_aware(datetime.combine(day, time.max))


def usual_period(today: date) -> dict:
    """Twelve months with this one, to its end: a spring, an autumn, and what is due next."""
    last = today.replace(day=monthrange(today.year, today.month)[1])
    first = (last - timedelta(days=340)).replace(day=1)  # eleven months earlier, whatever their lengths
    return {"since": first.isoformat(), "until": last.isoformat()}


def services() -> list[tuple[str, str]]:
    """Every service with its name: that of its standard, or of its cases where nobody applies for it."""
    named = {service.code: in_language(service, "alias") for service in Service.objects.only("alias_kk", "alias_ru")}
    others = {one.code: capfirst(one.model._meta.verbose_name) for one in all_manifests() if one.code not in named}
    return [*named.items(), *others.items()]


def officials(offices):
    """Everybody who has held a post in these offices, then the roles that several people hold at once."""
    posts = Staff.objects.filter(office__in=offices).exclude(role__in=(Role.AUDITOR, Role.OPERATOR))
    people = dict(posts.order_by("user__full_name").values_list("user_id", "user__full_name"))
    yield from ((str(pk), name) for pk, name in people.items())
    yield from ((f"{OF_ROLE}{role}", role_name(role)) for role in (Role.MEMBER, Role.SECRETARY, Role.CLERK, ""))
