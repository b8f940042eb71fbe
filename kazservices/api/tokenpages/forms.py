from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from kazservices.api.models import Scope
from kazservices.api.tokens import OF_CITIZENS, OF_STAFF, posts_of
from kazservices.design.languages import in_language

LIVES = {"30": _("30 days"), "90": _("90 days"), "365": _("one year")}


class TokenForm(forms.Form):
    """What a new token is for, what it may do, and how long."""

    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("The name of the program, so that you know it again.")
    )
    post = forms.ChoiceField(
        label=_("In which office"), help_text=_("The token reaches the cases of this office only.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the program may do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    days = forms.ChoiceField(label=_("Valid for"), choices=list(LIVES.items()), initial="90")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = OF_CITIZENS if user.is_recipient else OF_STAFF
        self.fields["scopes"].choices = [(scope.value, scope.label) for scope in allowed]
        self.fields["scopes"].initial = [Scope.READ.value]
        self.posts = {} if user.is_recipient else {str(post.pk): post for post in posts_of(user)}
        if user.is_recipient:
            del self.fields["post"]
        else:
            self.fields["post"].choices = [(pk, _post_in_words(post)) for pk, post in self.posts.items()]

    def wanted(self) -> dict:
        """What the making of a token asks for."""
        data = self.cleaned_data
        lives, post = timedelta(days=int(data["days"])), self.posts.get(data.get("post", ""))
        return {"name": data["name"], "scopes": data["scopes"], "lives": lives, "post": post}


def _post_in_words(post) -> str:
    return f"{in_language(post.office, 'name')} · {post.get_role_display()}"
