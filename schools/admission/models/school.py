from django.db import models
from django.utils.translation import gettext_lazy as _

from kazservices.offices.models import Office


class Charter(models.Model):
    """The school's charter, by which it admits beside the law: where it can be read. Norm: ADM-2."""

    office = models.OneToOneField(Office, models.CASCADE, related_name="charter", verbose_name=_("school"))
    url = models.URLField(_("address of the charter on the net"), max_length=300)
    approved = models.CharField(_("approved by (act, number, date)"), max_length=200)

    class Meta:
        verbose_name = _("charter of a school")
        verbose_name_plural = _("charters of schools")

    def __str__(self):
        return f"{self.office_id}"
