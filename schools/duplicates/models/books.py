from django.db import models
from django.utils.translation import gettext_lazy as _

from kazservices.offices.models import Office


class Book(models.Model):
    """A book of a school with gapless numbers of its own: the last one given in a year. Norms: DUP-12, DUP-22."""

    class Kind(models.TextChoices):
        DUPLICATES = "duplicates", _("register of issued duplicates")
        ORIGINALS = "originals", _("register of originals")
        DISPATCH = "dispatch", _("registers of dispatch")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="book_once_a_year", fields=["kind", "office", "year"])]

    def __str__(self):
        return f"{self.kind} {self.office_id} {self.year}"


def next_in(kind: str, office, year: int) -> str:
    """The next number of a book, as it is written; its row stays locked until the transaction ends."""
    Book.objects.get_or_create(kind=kind, office=office, year=year)
    book = Book.objects.select_for_update().get(kind=kind, office=office, year=year)
    book.last += 1
    book.save(update_fields=["last"])
    return f"{book.last}/{year}"
