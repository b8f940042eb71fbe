"""The page of a case on which the measures to restore a violated right stand. Norm: LAW-5-2-9."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from complaints.registers import service
from kazservices.flow.casepages import AskedOfCase, CasePage
from kazservices.flow.deskpages import Done, Shown

from . import measures


def opens(case, user) -> bool:
    """Keepers and auditors of its office, and whoever answers for one of its measures."""
    return service.MAY_READ(case, user) or case.measures.filter(responsible=user.pk).exists()


def answer(asked: AskedOfCase):
    """The measures of this case: read, taken, closed."""
    may_take = service.MAY_TAKE(asked.case, asked.user)
    if asked.data is not None and asked.data.get("act") == "take" and not may_take:
        raise PermissionDenied("measure")
    shown, words = measures.of_source(asked.case, asked.data, asked.user, may_take=may_take)
    if words:
        return Done(words)
    return Shown("complaints/registers/case.html", {"shown": shown}, wrong=shown.wrong)


PAGE = CasePage("measures", _("Measures"), opens=opens, answer=answer, icon="check")
