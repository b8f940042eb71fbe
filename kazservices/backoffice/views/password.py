from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _

from kazservices.backoffice.forms import PasswordForm
from kazservices.backoffice.opening.links import tokens


class SetPassword(PasswordResetConfirmView):
    """A member of staff sets his password by the link of his letter: once, in his own language unless he chose one."""

    template_name = "backoffice/password.html"
    form_class = PasswordForm
    token_generator = tokens
    success_url = reverse_lazy("admin:login")

    def dispatch(self, request, *args, **kwargs):
        known = self.get_user(kwargs.get("uidb64", ""))
        if known is None or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
            return super().dispatch(request, *args, **kwargs)
        with translation.override(known.language):
            answer = super().dispatch(request, *args, **kwargs)
            return answer.render() if hasattr(answer, "render") else answer

    def get_user(self, uidb64):
        """Staff only: citizens have no password."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_staff and user.is_active else None

    def form_valid(self, form):
        messages.success(self.request, _("The password is set. Sign in with it."))
        return super().form_valid(form)


set_password = SetPassword.as_view()
