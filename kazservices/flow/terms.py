"""What is said of a term beside its day, the same for whoever reads it."""

from django.utils.translation import ngettext


def length_words(clock) -> str:
    """Why a term has another length than its rule: extended, or set by a decision; empty where it has not.

    (LAW-25-4a, LAW-5-2-9)
    """
    if clock.extended_by:
        words = ngettext("extended by %(n)s working day", "extended by %(n)s working days", clock.extended_by)
        return words % {"n": clock.extended_by}
    return str(clock.get_source_display()) if clock.source else ""
