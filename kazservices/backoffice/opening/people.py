"""A person in a role of an office: filled in by hand, or a line of a file."""

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazservices.design.forms import DayInput
from kazservices.offices.models import Staff, User
from kazservices.offices.opening import commission_on
from kazservices.offices.posts import TO_HIMSELF, give
from kazservices.offices.roles import COMMISSION_ROLES, Role

COLUMNS = ("login", "full_name", "role", "post_kk", "post_ru", "since", "until", "act", "email", "phone", "language")
DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
# Django's own words for these two do not say which values are right.
WRONG_ROLE = {"invalid_choice": gettext_lazy("There is no such role. The roles are listed on this page.")}
WRONG_LANGUAGE = {"invalid_choice": gettext_lazy("Write kk, ru or en.")}


class RoleField(forms.ChoiceField):
    """A role by its code or by its name in any of the languages, whatever the capitals."""

    def to_python(self, value):
        word = super().to_python(value).strip().casefold()
        return next((role.value for role in Role if word in _names_of(role)), word)


class PersonForm(forms.Form):
    """One post, given by ``by``; ``has_contact``: another line of the same file says how to reach the person."""

    login = forms.CharField(
        label=gettext_lazy("Login"), max_length=150,
        validators=[RegexValidator(r"^[A-Za-z0-9_.@+-]+$", gettext_lazy("Latin letters, digits and . _ - only."))],
    )  # fmt: skip
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    role = RoleField(label=gettext_lazy("Role"), error_messages=WRONG_ROLE)
    post_kk = forms.CharField(label=gettext_lazy("Post in Kazakh"), max_length=190, required=False)
    post_ru = forms.CharField(label=gettext_lazy("Post in Russian"), max_length=190, required=False)
    since = forms.DateField(label=gettext_lazy("First day"), widget=DayInput, input_formats=DAY_FORMATS)
    until = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput, input_formats=DAY_FORMATS, required=False)
    act = forms.CharField(label=gettext_lazy("By which order"), max_length=200, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"), max_length=20, required=False,
        validators=[RegexValidator(r"^\+?[0-9 ()-]{6,20}$", gettext_lazy("Digits only, as +77001234567."))],
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, error_messages=WRONG_LANGUAGE
    )

    def __init__(self, *args, office, by, roles=tuple(Role), has_contact=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.office, self.by, self.has_contact = office, by, has_contact
        self.fields["role"].choices = [("", "—"), *((role.value, role.label) for role in roles)]
        self.user = self.commission = None

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day stands before the first. Check both dates."))
        if data.get("login"):
            self._check_account(data)
        if data.get("role") in COMMISSION_ROLES and since:
            self._check_seat(data)
        if self.user and "role" in data and since and self._is_held(data):
            self.add_error("login", _("This person holds the role in this office on these days already."))
        return data

    def _check_account(self, data):
        """A login that exists must belong to the staff member of that name; a new one must be reachable."""
        self.user = User.objects.filter(username__iexact=data["login"]).first()
        named = plain_name(data.get("full_name", ""))
        if self.user and named and (not self.user.is_staff or plain_name(self.user.full_name) != named):
            self.user = None
            self.add_error("login", _("This login belongs to another person. Choose another login."))
        elif self.user == self.by:
            self.add_error("login", TO_HIMSELF)
        elif not self.user and not self._is_reached(data):
            self.add_error("email", _("A new account needs an e-mail or a telephone: its link goes there."))

    def _is_reached(self, data) -> bool:
        """There is somewhere to send the link; what is written there wrongly is an error of its own."""
        wrong = {"email", "phone"} & set(self.errors)
        return bool(self.has_contact or data.get("email") or data.get("phone") or wrong)

    def _check_seat(self, data):
        self.commission = commission_on(self.office, data["since"])
        if self.commission is None:
            self.add_error("role", _("No order on a commission covers the first day. Enter the order first."))

    def _is_held(self, data) -> bool:
        """Another order of the commission makes another post."""
        posts = Staff.objects.filter(user=self.user, office=self.office, role=data["role"], stands_for=None)
        term = (data["since"], data.get("until"))
        return any(overlap((p.since, p.until), term) for p in posts.filter(commission=self.commission))

    def save(self) -> User | None:
        """Write the post; gives back the account when it is a new one."""
        data = self.cleaned_data
        account = User.objects.filter(username__iexact=data["login"], is_staff=True).first()
        is_new = account is None
        if is_new:
            account = User(username=data["login"], full_name=data["full_name"], is_staff=True)
            account.language = data["language"]
            account.set_unusable_password()
        account.email, account.phone = account.email or data["email"], account.phone or data["phone"]
        account.save()
        post = Staff(
            user=account, office=self.office, role=data["role"], commission=self.commission,
            post_kk=data["post_kk"], post_ru=data["post_ru"], since=data["since"], until=data["until"], act=data["act"],
        )  # fmt: skip
        give([post], by=self.by)
        return account if is_new else None


def overlap(one, other) -> bool:
    """Two terms, each with its first and its last day (none: without end), have a day in common."""
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])


def plain_name(name: str) -> str:
    """A name as it is compared: spaces and capitals apart."""
    return " ".join(name.split()).casefold()


def _names_of(role) -> set[str]:
    names = {role.value}
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            names.add(str(role.label).casefold())
    return names
