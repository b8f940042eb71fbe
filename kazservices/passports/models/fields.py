from django.db import models
from django.db.models import Q

from .categories import Category
from .editions import Edition


class FormField(models.Model):
    """A question of the application form that is answered in words, a number, a day or one of a list. Norm: ADM-S8-E1.

    Asked of everyone, or of the named categories only.
    """

    class Kind(models.TextChoices):
        TEXT = "text"
        LONG_TEXT = "long_text"
        DAY = "day"
        IIN = "iin"
        WHOLE = "whole"
        CHOICE = "choice"
        PHONE = "phone"
        EMAIL = "email"
        YES_NO = "yes_no"
        #: One of the offices that keep the service, by its code.
        OFFICE = "office"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="fields")
    code = models.SlugField(max_length=40)
    norm = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label_kk = models.CharField(max_length=200)
    label_ru = models.CharField(max_length=200)
    hint_kk = models.CharField(max_length=300, blank=True)
    hint_ru = models.CharField(max_length=300, blank=True)
    required = models.BooleanField(default=True)
    # For a choice: [{"code", "kk", "ru"}].
    choices = models.JSONField(default=list, blank=True)
    longest = models.PositiveSmallIntegerField(null=True, blank=True)
    least = models.IntegerField(null=True, blank=True)
    most = models.IntegerField(null=True, blank=True)
    categories = models.ManyToManyField(Category, blank=True, related_name="fields")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="form_field_code_once", fields=["edition", "code"]),
            models.CheckConstraint(
                name="form_field_of_choice_has_choices", condition=~Q(kind="choice") | ~Q(choices=[])
            ),
        ]

    def __str__(self):
        return self.code
