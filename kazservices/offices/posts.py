"""Posts are given: written with who gave them and when, by every door; nobody gives one to himself."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices import clock

from .models import Staff

TO_HIMSELF = _("Nobody gives a post to himself: let another operator, or the head, write it down.")


def give(posts, *, by) -> list[Staff]:
    """Write posts down, all or none. Raises ValidationError where one is for the giver himself."""
    posts = [stamped(post, by=by) for post in posts]
    return Staff.objects.bulk_create(posts)


def stamped(post: Staff, *, by) -> Staff:
    """The post, with who gives it now."""
    if post.user_id == by.pk:
        raise ValidationError(TO_HIMSELF, code="to_himself")
    post.entered_by, post.entered_at = by, clock.now()
    return post
