"""What the letters of a transfer may say; the child is named in the applicant's own letters only."""

from kazservices.cases.models import Channel
from kazservices.flow.letter_facts import cover, days, mended, refused_to_accept


def context(case, move, facts) -> dict:
    """The context of a letter owed by a move."""
    return {
        **cover(case),
        "child": case.child_name,
        "school_class": case.school_class,
        "coupon_number": case.coupon_number,
        "coupon_date": days(case.coupon_date),
        "coupon_note": case.coupon_note,
        "on_paper": case.channel == Channel.OFFICE,
        **refused_to_accept(case, facts),
        **mended(case, move, facts),
    }
