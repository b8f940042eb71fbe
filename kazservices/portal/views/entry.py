"""In and out of the cabinet."""

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kazservices.gateways.iin import check_iin
from kazservices.portal import entry
from kazservices.portal.forms import CodeForm, EnterForm, posted
from kazservices.signing.entry import consent_text

NEXT = "entering_to"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request):
    """Step one: the IIN. Whatever it is, the next page is the same."""
    if request.user.is_authenticated and request.user.is_recipient:
        return HttpResponseRedirect(_onward(request))
    if "next" in request.GET:
        request.session[NEXT] = request.GET["next"]
    form = EnterForm(posted(request))
    if form.is_valid() and _sent(request, form):
        return redirect("portal:enter-code")
    return render(request, "portal/enter.html", {"section": "cases", "form": form})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request):
    """Step two: the one-time password."""
    if entry.ENTERING not in request.session:
        return redirect("portal:enter")
    form = CodeForm(posted(request))
    if form.is_valid():
        onward = _onward(request)
        try:
            user = entry.enter(request, form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error)
        else:
            answer = HttpResponseRedirect(onward)
            answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
            return answer
    context = {"section": "cases", "form": form, "consent": consent_text()}
    return render(request, "portal/enter_code.html", context)


@require_POST
def leave(request):
    """Out of the cabinet; the language stays."""
    logout(request)
    return redirect("portal:home")


def _sent(request, form) -> bool:
    try:
        check_iin(form.cleaned_data["iin"])
        entry.ask(request, form.cleaned_data["iin"])
    except ValidationError as error:
        form.add_error("iin", error)
        return False
    return True


def _onward(request) -> str:
    wanted = request.session.get(NEXT, "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else reverse("portal:cases")
