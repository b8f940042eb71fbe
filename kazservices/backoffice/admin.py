"""The registers that are kept by hand: the operator's; the calendar has pages of its own."""

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kazservices.offices.models import Absence, Commission, Office, OfficeHours, Staff, User
from kazservices.offices.posts import TO_HIMSELF, stamped
from kazservices.offices.roles import Role

from .desk import desk_of


class ByTheOperator:
    """Who holds the post of operator keeps these rows; nothing is deleted, terms end by their dates."""

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return desk_of(request).holds(Role.OPERATOR)

    def has_add_permission(self, request, obj=None):
        return desk_of(request).holds(Role.OPERATOR)

    def has_change_permission(self, request, obj=None):
        return desk_of(request).holds(Role.OPERATOR)

    def has_delete_permission(self, request, obj=None):
        return False


class OneOfTheStaff(forms.ModelChoiceField):
    """Accounts of the staff by name; those of citizens are not in the list."""

    def label_from_instance(self, user):
        return f"{user.full_name} ({user.username})"


class ChoosesAPerson:
    """The person of a row is chosen among the staff, and shown by name."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name != "user":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        staff = User.objects.filter(is_staff=True).order_by("full_name")
        return OneOfTheStaff(queryset=staff, label=capfirst(db_field.verbose_name))

    @admin.display(description=_("person"), ordering="user__full_name")
    def person(self, row):
        return row.user.full_name


class HoursInline(ByTheOperator, admin.StackedInline):
    model = OfficeHours
    extra = 0


class OfficeAdmin(ByTheOperator, admin.ModelAdmin):
    """Later changes of an office; it is entered, opened and closed on the pages of its opening alone."""

    readonly_fields = ("is_active",)
    list_display = ("code", "name_kk", "superior_body", "is_active")
    list_select_related = ("superior_body",)
    search_fields = ("code", "name_kk", "name_ru")
    inlines = (HoursInline,)

    def has_add_permission(self, request):
        return False


class CommissionAdmin(ByTheOperator, admin.ModelAdmin):
    list_display = ("office", "order_number", "order_date", "since", "until")
    list_select_related = ("office",)


class PostForm(forms.ModelForm):
    """A post given, or its end; ``by`` gives it."""

    by = None

    def clean_user(self):
        if self.cleaned_data["user"] == self.by:
            raise forms.ValidationError(TO_HIMSELF)
        return self.cleaned_data["user"]

    def clean_until(self):
        """What was done in a post stays done in it: the past of one that has begun is not cut off."""
        until, office = self.cleaned_data["until"], self.instance.office if self.instance.pk else None
        if office and "until" in self.changed_data and until and self.instance.since <= office.today() > until:
            raise forms.ValidationError(_("The post was held until today: its last day is today or later."))
        return until


class StaffAdmin(ByTheOperator, ChoosesAPerson, admin.ModelAdmin):
    """Posts held in one's own right; those of substitutes follow from absences.

    A post that has begun keeps its person, office, role, order and first day; one that is over, and one's own, is only
    read: whoever goes on gets a new post.
    """

    form = PostForm
    given = ("user", "office", "role", "commission", "since")
    written = ("written_by", "entered_at", "last_day_by")
    list_display = ("person", "role", "office", "since", "until", "written_by", "entered_at")
    list_filter = ("role", "office")
    list_select_related = ("user", "office", "entered_by")
    search_fields = ("user__username", "user__full_name")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(stands_for=None)

    def has_change_permission(self, request, obj=None):
        closed = obj is not None and (obj.user == request.user or (obj.until and obj.until < obj.office.today()))
        return not closed and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        has_begun = obj is not None and obj.since <= obj.office.today()
        return (*self.given, *self.written) if has_begun else self.written

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def save_model(self, request, obj, form, change):
        if not change or set(self.given) & set(form.changed_data):
            stamped(obj, by=request.user)
        if change and "until" in form.changed_data:
            obj.ended_by = request.user if obj.until else None
        super().save_model(request, obj, form, change)

    @admin.display(description=_("entered by"))
    def written_by(self, post):
        return post.entered_by.full_name if post.entered_by else ""

    @admin.display(description=_("ended by"))
    def last_day_by(self, post):
        return post.ended_by.full_name if post.ended_by else ""


class AbsenceAdmin(ByTheOperator, ChoosesAPerson, admin.ModelAdmin):
    """Read here; written on the page of absences, which gives a substitute his posts."""

    list_display = ("person", "office", "since", "until", "reason", "stands_in")
    list_select_related = ("user", "office", "substitute")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("substitute"))
    def stands_in(self, row):
        return row.substitute.full_name if row.substitute else ""


class StaffCreationForm(AdminUserCreationForm):
    """A new account of the staff; recipients make theirs by entering the cabinet."""

    class Meta:
        model = User
        fields = ("username", "full_name", "language")

    def save(self, commit=True):
        self.instance.is_staff = True
        return super().save(commit)


class StaffChangeForm(forms.ModelForm):
    """An account of the staff: whether it is open, and in which language its owner reads."""

    class Meta:
        model = User
        fields = ("username", "full_name", "language", "email", "phone", "is_active")


class UserAdmin(ByTheOperator, admin.ModelAdmin):
    """Accounts of the staff. Those of citizens are not the operator's to read."""

    list_display = ("username", "full_name", "language", "is_active", "last_login")
    search_fields = ("username", "full_name")
    form = StaffChangeForm

    def get_queryset(self, request):
        return super().get_queryset(request).filter(is_staff=True)

    def get_form(self, request, obj=None, **kwargs):
        return StaffCreationForm if obj is None else super().get_form(request, obj, **kwargs)


admin.site.register(Office, OfficeAdmin)
admin.site.register(Commission, CommissionAdmin)
admin.site.register(Staff, StaffAdmin)
admin.site.register(Absence, AbsenceAdmin)
admin.site.register(User, UserAdmin)
if admin.site.is_registered(Group):
    admin.site.unregister(Group)
