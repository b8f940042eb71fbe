"""An application as every service keeps it: what was chosen, answered and filled in."""

from django.db import models

from kazservices.passports.models import Category

from .models import ServiceCase


class Application(ServiceCase):
    """A case that begins with an application by the passport of its service.

    ``answers``: the questions of the category, by their codes, yes as true; ``particulars``: the fields of the form, by
    their codes, days as ISO dates.
    """

    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    variant = models.CharField(max_length=30, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    particulars = models.JSONField(default=dict, blank=True)
    #: The codes of the documents that a clerk got on paper, or was shown.
    handed_in = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True
