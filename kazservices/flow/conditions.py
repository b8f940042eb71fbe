from django.utils.translation import gettext_lazy as _

ELSEWHERE = _("Not available: the case stands at another step.")


def because(reason):
    """Give a transition's condition the words in which its failure is told."""

    def named(condition):
        condition.reason = reason
        return condition

    return named
