"""What the law wants before a move of a transfer, each with the words that say why not."""

from django.utils.translation import gettext_lazy as _

from kazservices.flow.conditions import because


@because(_("Not available: acceptance may be refused only on the acceptance date."))
def still_the_acceptance_day(case):
    """After the day of arrival only a reasoned refusal remains. Norm: LAW-19."""
    return case.moment < case.time.closing(case.accepted_on)


@because(_("Not available: the school has not opened on the acceptance date yet."))
def school_has_opened(case):
    """What came after hours is accepted, and answered, on the next working day. Norm: TRN-S7-2."""
    return case.moment >= case.time.opening(case.accepted_on)


@because(_("Not available: the leaving school has answered already."))
def coupon_is_unanswered(case):
    return case.coupon == case.Coupon.SILENT
