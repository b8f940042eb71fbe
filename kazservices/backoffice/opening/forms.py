"""What the steps ask of the operator."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazservices.cases.models import Case
from kazservices.design.forms import DayInput
from kazservices.design.languages import in_language
from kazservices.flow.manifest import all_manifests
from kazservices.gateways.iin import check_digit
from kazservices.offices.models import Commission, Office, Staff
from kazservices.offices.posts import TO_HIMSELF, give
from kazservices.passports.models import Service

from .hours import schedule_choices

ZONES = [
    ("Asia/Almaty", gettext_lazy("Almaty, Astana")),
    ("Asia/Qostanay", gettext_lazy("Kostanay")),
    ("Asia/Qyzylorda", gettext_lazy("Kyzylorda")),
    ("Asia/Aqtobe", gettext_lazy("Aktobe")),
    ("Asia/Aqtau", gettext_lazy("Aktau")),
    ("Asia/Atyrau", gettext_lazy("Atyrau")),
    ("Asia/Oral", gettext_lazy("Uralsk")),
]


class OfficeForm(forms.ModelForm):
    """What the office is called, where it sits, how it is reached."""

    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=ZONES)

    class Meta:
        model = Office
        fields = ("code", "kind", "name_kk", "name_ru", "territory_kk", "territory_ru", "address_kk", "address_ru",
                  "phone", "bin", "zone")  # fmt: skip
        help_texts = {
            "kind": gettext_lazy("It decides how long a complaint is considered here, and whether it may be extended."),
            "code": gettext_lazy("Stands in every number of the office's cases; it stays once the office has opened."),
            "territory_kk": gettext_lazy("The district or the city, as a citizen calls it."),
            "bin": gettext_lazy("12 digits."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("address_kk", "address_ru", "phone", "bin"):
            self.fields[name].required = True
        self.fields["kind"].required = False
        shape = RegexValidator(r"^[\w-]+$", _("Letters, digits and a hyphen only."))
        self.fields["code"].validators.append(shape)
        reached = RegexValidator(r"^\+?[0-9 ()-]{6,40}$", _("Digits only, as +7 7000 00 00 00."))
        self.fields["phone"].validators.append(reached)
        self.fields["code"].disabled = bool(self.instance.pk and self.instance.openings.exists())

    def clean_kind(self):
        return self.cleaned_data["kind"] or self.instance.kind

    def clean_bin(self):
        number = self.cleaned_data["bin"].strip()
        if len(number) != 12 or not (number.isascii() and number.isdigit()):
            raise ValidationError(_("A BIN has 12 digits. Check the number."))
        if settings.KAZ_IIN_CHECK_DIGIT and check_digit(number[:11]) != int(number[11]):
            raise ValidationError(_("There is no such BIN: one of its digits is wrong. Check the number."))
        if other := Office.objects.filter(bin=number).exclude(pk=self.instance.pk).first():
            raise ValidationError(_("The office %(code)s has this BIN already.") % {"code": other.code})
        return number


class HoursForm(forms.Form):
    """By which hours each service is kept; an empty line: the office does not provide it."""

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office
        kept = {hours.service: hours.schedule for hours in office.hours.all()}
        names = {service.code: in_language(service, "alias") for service in Service.objects.all()}
        for manifest in all_manifests():
            self.fields[manifest.code] = forms.ChoiceField(
                label=names.get(manifest.code, manifest.code), required=False, initial=kept.get(manifest.code, ""),
                choices=[("", _blank(manifest)), *schedule_choices()],
            )  # fmt: skip

    def clean(self):
        data = super().clean()
        dropped = [hours.service for hours in self.office.hours.all() if not data.get(hours.service)]
        running = Case.objects.filter(office=self.office, service__in=dropped).values_list("service", flat=True)
        for service in set(running) & set(self.fields):
            self.add_error(service, _("Cases of this service are counted by these hours: they must stay."))
        if not any(data.values()) and not self.errors:
            self.add_error(next(iter(self.fields)), _("Choose the hours of one service at least."))
        return data

    def save(self):
        for service, schedule in self.cleaned_data.items():
            if schedule:
                self.office.hours.update_or_create(service=service, defaults={"schedule": schedule})
            else:
                self.office.hours.filter(service=service).delete()


def _blank(manifest) -> str:
    """What an empty line means: most services an office may leave to others."""
    return _("in the hours of the other services") if manifest.staffing.everywhere else _("not provided here")


class OfficeChoice(forms.ModelChoiceField):
    def label_from_instance(self, office):
        return f"{office.code} · {in_language(office, 'name')}"


class SuperiorForm(forms.Form):
    """Who stands above the office: complaints go there."""

    superior_body = OfficeChoice(
        label=gettext_lazy("Superior body"), queryset=Office.objects.none(),
        empty_label=gettext_lazy("Choose the superior body"),
        help_text=gettext_lazy("Complaints against the office go there; it need not provide services itself."),
    )  # fmt: skip

    quality_authority = OfficeChoice(
        label=gettext_lazy("Authority for the quality of services"), queryset=Office.objects.none(), required=False,
        empty_label=gettext_lazy("that of the superior body"),
        help_text=gettext_lazy("One may complain to it too: it answers within 15 working days."),
    )  # fmt: skip

    def __init__(self, *args, office, **kwargs):
        kept = {"superior_body": office.superior_body_id, "quality_authority": office.quality_authority_id}
        super().__init__(*args, initial=kept, **kwargs)
        self.office = office
        self.fields["superior_body"].queryset = Office.objects.exclude(pk=office.pk)
        authorities = Office.objects.filter(kind=Office.Kind.QUALITY_AUTHORITY).exclude(pk=office.pk)
        self.fields["quality_authority"].queryset = authorities

    def clean_superior_body(self):
        above = found = self.cleaned_data["superior_body"]
        seen = set()
        while above is not None and above.pk not in seen:
            if above.pk == self.office.pk:
                raise ValidationError(_("This office itself stands under the one being opened. Choose another one."))
            seen.add(above.pk)
            above = above.superior_body
        return found

    def save(self):
        for name in ("superior_body", "quality_authority"):
            setattr(self.office, name, self.cleaned_data[name])
        self.office.save(update_fields=["superior_body", "quality_authority"])


class CommissionForm(forms.ModelForm):
    """The order that names the commission, and its term."""

    carry_over = forms.BooleanField(
        label=gettext_lazy("The same people sit under the new order"), required=False,
        help_text=gettext_lazy("Their seats of the order before are written under this one, from its first day."),
    )  # fmt: skip

    class Meta:
        model = Commission
        fields = ("order_number", "order_date", "since", "until")
        widgets = {"order_date": DayInput, "since": DayInput, "until": DayInput}
        help_texts = {"until": gettext_lazy("30 days before it the operator and the head are warned.")}

    def __init__(self, *args, office, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.office, self.by = office, by
        self.before = office.commissions.order_by("since", "pk").last() if self.instance.pk is None else None
        if self.before is None:
            del self.fields["carry_over"]

    def clean(self):
        data = super().clean()
        since, until, named = data.get("since"), data.get("until"), data.get("order_date")
        if since and until and until < since:
            self.add_error("until", _("The last day stands before the first. Check both dates."))
        if since and named and since < named:
            self.add_error("since", _("The term begins before the order was given. Check both dates."))
        if data.get("carry_over") and any(seat.user_id == self.by.pk for seat in _last_seats(self.before)):
            self.add_error("carry_over", TO_HIMSELF)
        return data

    def save(self, commit=True):
        if "until" in self.changed_data:
            self.instance.warned_at = None
        commission = super().save(commit)
        if self.cleaned_data.get("carry_over"):
            act = f"№ {commission.order_number}, {commission.order_date:%d.%m.%Y}"
            seats = [
                Staff(
                    user=seat.user, office=seat.office, role=seat.role, commission=commission,
                    post_kk=seat.post_kk, post_ru=seat.post_ru, since=commission.since, act=act,
                )
                for seat in _last_seats(self.before)
            ]  # fmt: skip
            give(seats, by=self.by)
        return commission


class ClosingForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why the office closes"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("No new applications are taken; the cases that run go on to their end."),
    )  # fmt: skip


def _last_seats(commission):
    """Who sat to the end under an order, in his own right, with an account that is open."""
    seats = commission.staff.filter(stands_for=None, user__is_active=True)
    return [seat for seat in seats if seat.until is None or (commission.until and seat.until >= commission.until)]
