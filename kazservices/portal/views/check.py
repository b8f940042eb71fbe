"""Is this paper genuine? Open to everyone: no entry, no name, no IIN."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kazservices.cases.roots import keys
from kazservices.documents.checking import find
from kazservices.documents.codes import in_groups, read_code
from kazservices.portal.pace import WINDOW, is_too_fast

LARGEST = 10 * 1024 * 1024


class FileForm(forms.Form):
    """The file of a paper, to be compared with the issued one; it is read and thrown away."""

    file = forms.FileField(
        label=_("The PDF file of the paper"),
        help_text=_("Its bytes are compared with those that were issued. The file is not kept."),
        error_messages={"required": _("Choose a file first.")},
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload and upload.size > LARGEST:
            raise ValidationError(_("The file is too large for one of our papers."))
        return upload


class CheckForm(FileForm):
    """The code as it stands on the paper."""

    code = forms.CharField(
        label=_("Code of the paper"), max_length=100,
        help_text=_("20 letters and digits beside the QR code. Capital or small, with dashes or without."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    field_order = ("code", "file")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False

    def clean_code(self):
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("A code has 20 letters and digits. Look at the paper once more."))
        return code


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """The form for whoever has no camera at hand."""
    if request.method != "POST":
        return _asked(request, CheckForm())
    if is_too_fast(request, "check"):
        return _slower(request)
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asked(request, form, status=422)
    code, upload = form.cleaned_data["code"], form.cleaned_data["file"]
    return _verdict(request, code, upload) if upload else redirect("portal:checked", code=code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checked(request, code):
    """What is known of one paper: where the QR code leads."""
    if is_too_fast(request, "check"):
        return _slower(request)
    kept = read_code(code)
    if kept and kept != code:
        return redirect("portal:checked", code=kept)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else None
    upload = form.cleaned_data.get("file") if form and form.is_valid() else None
    return _verdict(request, kept or code, upload, form if form and form.errors else None)


def _verdict(request, code, upload, form=None):
    found = find(code)
    context = {
        "code": in_groups(read_code(code)) or code[:40],
        "found": found,
        "paper": found and found.paper,
        "file": upload,
        "same": bool(found and upload and found.is_same_file(upload.read())),
        "form": form or FileForm(),
    }
    return render(request, "portal/checked.html", context, status=200 if found else 404)


def _slower(request):
    answer = render(request, "portal/check_slower.html", status=429)
    answer["Retry-After"] = str(int(WINDOW.total_seconds()))
    return answer


def _asked(request, form, *, status=200):
    """The form, with the fingerprints of the keys by which journals and case files are believed."""
    context = {"form": form, "fingerprints": list(keys.trusted())}
    return render(request, "portal/check.html", context, status=status)
