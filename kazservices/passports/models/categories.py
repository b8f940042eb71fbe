from django.db import models
from django.db.models import Q

from .editions import Edition


class Category(models.Model):
    """Whom the standard names, and what each has to show. Norm: CONS-S8-1."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="categories")
    code = models.CharField(max_length=30)
    norm = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    label_raw = models.TextField()
    label_kk = models.TextField()
    label_ru = models.TextField()
    # The same in a citizen's words: a short title and one line below it.
    plain_kk = models.CharField(max_length=80)
    plain_ru = models.CharField(max_length=80)
    hint_kk = models.CharField(max_length=250)
    hint_ru = models.CharField(max_length=250)
    group = models.SlugField(max_length=20)
    group_kk = models.CharField(max_length=60)
    group_ru = models.CharField(max_length=60)

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(name="category_code_once", fields=["edition", "code"]),
            models.UniqueConstraint(name="category_order", fields=["edition", "order"]),
        ]

    def __str__(self):
        return self.code


class Variant(models.Model):
    """One of several cases inside a category, of which the applicant names his own. Norms: CONS-D-C1-a to -f."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="variants")
    code = models.SlugField(max_length=30)
    norm = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    label_raw = models.TextField()
    label_kk = models.TextField()
    label_ru = models.TextField()
    plain_kk = models.CharField(max_length=160)
    plain_ru = models.CharField(max_length=160)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="variant_code_once", fields=["category", "code"])]

    def __str__(self):
        return self.code


class Question(models.Model):
    """A yes-or-no question of the category: "yes" asks for a document more, or closes the category."""

    class OnYes(models.TextChoices):
        DOCUMENT = "document"
        CLOSES = "closes"

    category = models.ForeignKey(Category, models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=30)
    norm = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    on_yes = models.CharField(max_length=10, choices=OnYes.choices)
    text_kk = models.TextField()
    text_ru = models.TextField()
    # What the applicant is told when his answer closes the category.
    told_kk = models.TextField(blank=True)
    told_ru = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="question_code_once", fields=["category", "code"]),
            models.CheckConstraint(
                name="question_that_closes_says_why",
                condition=~Q(on_yes="closes") | (~Q(told_kk="") & ~Q(told_ru="")),
            ),
        ]

    def __str__(self):
        return self.code


class Requirement(models.Model):
    """A document that the applicant gives himself; what a register knows is never one. Norms: CONS-S8-1, LAW-5-P1."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="requirements")
    code = models.SlugField(max_length=40)
    norm = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    text_raw = models.TextField()
    text_kk = models.TextField()
    text_ru = models.TextField()
    plain_kk = models.CharField(max_length=160)
    plain_ru = models.CharField(max_length=160)
    # The code of the Question that must be answered "yes", or empty: always needed.
    condition = models.SlugField(max_length=30, blank=True)
    per_variant = models.BooleanField(default=False)
    notarised_translation = models.BooleanField(default=False)
    # The paper may name a last day of its own validity, which the form then asks for. Norm: LAW-19.
    expires = models.BooleanField(default=False)
    # The original is shown at the counter to compare with, and never kept. Norm: ADM-S8-P2.
    shown = models.BooleanField(default=False)
    # It may be brought after the application is taken in. Norm: ADM-S8-X.
    later = models.BooleanField(default=False)
    # The same, but only while an act of restrictions is in force. Norm: ADM-S8-X.
    later_restricted = models.BooleanField(default=False)
    # The ways of applying on which it is asked for; empty: on all.
    channels = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="requirement_code_once", fields=["category", "code"])]

    def __str__(self):
        return self.code

    def asked_on(self, channel: str) -> bool:
        """Whether it is asked of who applies by this way; an original is shown at a counter only."""
        return (not self.channels or channel in self.channels) and not (self.shown and channel == "portal")


class RegisterItem(models.Model):
    """What the provider fetches itself, for everyone or for some categories. Norms: CONS-S8-2, CONS-S8-3, LAW-5-P1."""

    class Register(models.TextChoices):
        IDENTITY = "identity"
        BIRTHS = "births"
        MARRIAGE = "marriage"
        SPOUSE_DEATH = "spouse_death"
        ADDRESS = "address"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="register_items")
    register = models.CharField(max_length=20, choices=Register.choices)
    norm = models.CharField(max_length=30)
    for_everyone = models.BooleanField()
    categories = models.ManyToManyField(Category, blank=True, related_name="register_items")
    label_kk = models.CharField(max_length=200)
    label_ru = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="register_once_an_edition", fields=["edition", "register"])]

    def __str__(self):
        return self.register
