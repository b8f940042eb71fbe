from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kazservices.backoffice.access import for_the_operator
from kazservices.backoffice.numbers import whole
from kazservices.backoffice.shell import page
from kazservices.notices.offices import send_test
from kazservices.offices.models import Office, Staff
from kazservices.offices.opening import close_office, open_office
from kazservices.offices.roles import COMMISSION_ROLES, Role

from . import people, staff_file
from .forms import ClosingForm, CommissionForm, HoursForm, OfficeForm, SuperiorForm
from .links import send_link
from .steps import NAMES, Progress, address, after

forms_only = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_the_operator
def openings(request):
    """All offices, each with what it still lacks: any may be taken up again where it was left."""
    offices = Office.objects.with_checks().prefetch_related("openings", "subordinates").order_by("code")
    return page(request, "backoffice/opening/list.html", {"rows": [Progress.of(office) for office in offices]})


@forms_only
@for_the_operator
def new_office(request):
    """Step 1 of an office that does not exist yet; ``below``: it is to stand above an office being opened."""
    below = Office.objects.filter(pk=whole(request.GET.get("below", "")) or 0).first()
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        office = form.save()
        if below is None:
            return redirect(address(office, after("office")))
        below.superior_body = office
        below.save(update_fields=["superior_body"])
        return redirect(address(below, "superior"))
    context = {"form": form, "below": below, "title": NAMES["office"]}
    return page(request, "backoffice/opening/office.html", context, status=_status(form))


@forms_only
@for_the_operator
def opening(request, pk, step):
    """One step of the opening of one office."""
    office = get_object_or_404(Office.objects.with_checks(), pk=pk)
    if step not in HANDLERS:
        raise Http404(step)
    return HANDLERS[step](request, office)


@require_safe
@for_the_operator
def staff_sample(request):
    """The file to begin from, with its columns and two people who do not exist."""
    answer = HttpResponse(staff_file.sample(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="staff.csv"'
    return answer


def _office(request, office):
    form = OfficeForm(request.POST or None, instance=office)
    return _simple(request, office, "office", form)


def _hours(request, office):
    form = HoursForm(request.POST if request.method == "POST" else None, office=office)
    return _simple(request, office, "hours", form)


def _superior(request, office):
    form = SuperiorForm(request.POST or None, office=office)
    return _simple(request, office, "superior", form)


def _commission(request, office):
    orders = sorted(office.commissions.all(), key=lambda order: (order.since, order.pk))
    wanted = request.GET.get("order", "")
    last = orders[-1] if orders and wanted != "new" else None
    order = next((order for order in orders if str(order.pk) == wanted), last)
    if request.POST.get("deed") == "person":
        return _person(request, office, "commission", COMMISSION_ROLES, orders=orders, order=order)
    form = CommissionForm(request.POST or None, instance=order, office=office, by=request.user)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("The order is written down."))
        return redirect(f"{address(office, 'commission')}?order={saved.pk}")
    context = {
        "form": form,
        "person": _blank(request, office, COMMISSION_ROLES, order),
        "orders": orders,
        "order": order,
    }
    return _page(request, office, "commission", context | _people(office, COMMISSION_ROLES), status=_status(form))


def _staff(request, office):
    others = tuple(role for role in Role if role not in COMMISSION_ROLES)
    match request.POST.get("deed"):
        case "person":
            return _person(request, office, "staff", others)
        case "again":
            return _send_again(request, office)
        case "file":
            return _file(request, office, others)
    return _page(request, office, "staff", {"person": _blank(request, office, others)} | _people(office, tuple(Role)))


def _letter(request, office):
    if request.method == "POST":
        try:
            send_test(office, by=request.user)
            messages.success(request, _("The test letter is on its way."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(address(office, "letter"))
    proofs = office.letter_proofs.select_related("user")[:20]
    return _page(request, office, "letter", {"proofs": proofs})


def _check(request, office):
    """The check list: the office opens when nothing is missing, and closes with a reason."""
    form = ClosingForm(request.POST if request.POST.get("act") == "close" else None)
    try:
        if request.POST.get("act") == "open":
            open_office(office, by=request.user)
            messages.success(request, _("The office is open: it takes applications from now on."))
            return redirect(address(office, "check"))
        if form.is_bound and form.is_valid():
            close_office(office, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The office is closed for new applications."))
            return redirect(address(office, "check"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(address(office, "check"))
    context = {"form": form, "history": office.openings.select_related("by")}
    return _page(request, office, "check", context, status=_status(form))


HANDLERS = {
    "office": _office,
    "hours": _hours,
    "superior": _superior,
    "commission": _commission,
    "staff": _staff,
    "letter": _letter,
    "check": _check,
}


def _simple(request, office, step, form):
    """A step that is one form: kept, and on to the next one."""
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept. You may leave and go on another day."))
        return redirect(address(office, after(step)))
    if step == "office" and form.is_bound:
        office = Office.objects.with_checks().get(pk=office.pk)  # the form has written what was typed into its own
    return _page(request, office, step, {"form": form}, status=_status(form))


def _person(request, office, step, roles, **context):
    """One person, filled in by hand: the same form as a line of the file."""
    form = people.PersonForm(request.POST, office=office, by=request.user, roles=roles, auto_id="person_%s")
    if form.is_valid():
        new = form.save()
        if new is not None:
            send_link(new, office)
        messages.success(request, _("The person is written down.") if new is None else _("The link is on its way."))
        return redirect(request.get_full_path())
    if step == "commission":
        context["form"] = CommissionForm(instance=context["order"], office=office, by=request.user)
    return _page(request, office, step, {"person": form, **context} | _people(office, _shown(step)), status=422)


def _file(request, office, others):
    """Many people at once; after a fault the lines stand on the page, to be put right in place."""
    text, faults, taken = request.POST.get("text", ""), [], 0
    upload = request.FILES.get("file")
    try:
        if upload is not None and upload.size > staff_file.MOST_BYTES:
            faults = [staff_file.Fault(0, "", _("The file is larger than 1 MB. Send it in parts."))]
        elif upload is not None:
            text = staff_file.decoded(upload.read())
        if not faults and not text.strip():
            faults = [staff_file.Fault(0, "", _("Choose a file, or write the lines below."))]
        if not faults:
            taken, faults = staff_file.take(text, office, by=request.user)
    except UnicodeDecodeError:
        faults = [staff_file.Fault(0, "", _("The file is not in UTF-8. Save it as “CSV UTF-8” and send it again."))]
    except IntegrityError:
        faults = [staff_file.Fault(0, "", _("Somebody took one of these logins just now. Send the lines again."))]
    if not faults:
        messages.success(request, _("Posts written down: %(number)s.") % {"number": taken})
        return redirect(address(office, "staff"))
    labels = {name: field.label for name, field in people.PersonForm.base_fields.items()}
    shown = [(fault, labels.get(fault.field, "")) for fault in faults]
    context = {"person": _blank(request, office, others), "faults": shown, "text": text}
    return _page(request, office, "staff", context | _people(office, tuple(Role)), status=422)


def _send_again(request, office):
    posts = office.staff.filter(stands_for=None).select_related("user")
    post = get_object_or_404(posts, user=whole(request.POST.get("user", "")) or 0)
    if not post.user.has_usable_password() and post.user.is_active:
        send_link(post.user, office)
        messages.success(request, _("The link is on its way."))
    return redirect(address(office, "staff"))


def _blank(request, office, roles, order=None):
    initial = {"language": "kk", "since": order.since if order else None, "until": order.until if order else None}
    return people.PersonForm(office=office, by=request.user, roles=roles, initial=initial, auto_id="person_%s")


def _shown(step):
    return COMMISSION_ROLES if step == "commission" else tuple(Role)


def _people(office, roles) -> dict:
    """The posts of the office that are in force or to come, with what the step for people shows beside them."""
    today = office.today()
    posts = Staff.objects.filter(office=office, role__in=roles, stands_for=None)
    posts = posts.select_related("user", "commission", "entered_by", "ended_by")
    shown = [post for post in posts.order_by("role", "since", "pk") if post.until is None or post.until >= today]
    return {
        "posts": [(post, post.covers(today)) for post in shown],
        "columns": [(name, people.PersonForm.base_fields[name]) for name in people.COLUMNS],
        "roles": Role.choices,
    }


def _page(request, office, step, context, *, status=200):
    progress = Progress.of(office)
    common = {"office": office, "progress": progress, "title": NAMES[step], "steps": progress.pieces(step)}
    if step != "check":
        common["next_url"] = address(office, after(step))
    return page(request, f"backoffice/opening/{step}.html", common | context, status=status)


def _status(form) -> int:
    return 422 if form.is_bound else 200
