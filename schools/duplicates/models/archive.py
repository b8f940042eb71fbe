from django.db import models
from django.utils.translation import gettext_lazy as _


class ClosedSchool(models.Model):
    """A school that is no more, and the archive that keeps its papers: whom to ask instead. Norm: DUP-9."""

    name_kk = models.CharField(_("name in Kazakh"), max_length=300)
    name_ru = models.CharField(_("name in Russian"), max_length=300)
    closed_on = models.DateField(_("closed on"))
    archive_kk = models.CharField(_("archive in Kazakh"), max_length=300)
    archive_ru = models.CharField(_("archive in Russian"), max_length=300)
    address_kk = models.CharField(_("address of the archive in Kazakh"), max_length=300)
    address_ru = models.CharField(_("address of the archive in Russian"), max_length=300)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("closed school")
        verbose_name_plural = _("closed schools")
        ordering = ["name_kk"]

    def __str__(self):
        return self.name_kk
