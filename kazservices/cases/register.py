"""Registration numbers: one register for each series, office and year, without gaps."""

from collections.abc import Iterator

from django.db.models import Sum
from django.db.models.functions import Length

from .models import Case, RegistrationCounter


def next_number(series: str, office, year: int) -> int:
    """The next number of a register; the counter's row stays locked until the transaction ends."""
    RegistrationCounter.objects.get_or_create(series=series, office=office, year=year)
    counter = RegistrationCounter.objects.select_for_update().get(series=series, office=office, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def written(prefix: str, office, year: int, serial: int) -> str:
    return f"{prefix}-{office.code}-{year}-{serial:06d}"


def gaps() -> Iterator[tuple[str, str]]:
    """(kind, words) of what is wrong in each register: the first number without a case, the first never given.

    A case was deleted or inserted, or the counter was set by hand. The numbers are read one by one.
    """
    for counter in RegistrationCounter.objects.select_related("office").order_by("pk"):
        yield from _first_gap(counter)
    given = RegistrationCounter.objects.aggregate(all=Sum("last", default=0))["all"]
    if (there := Case.objects.exclude(number="").count()) != given:
        yield "count of numbers", f"{given} numbers were given in all registers, {there} cases carry one"


def _first_gap(counter: RegistrationCounter) -> Iterator[tuple[str, str]]:
    prefix = f"{counter.series}-{counter.office.code}-{counter.year}-"
    known = Case.objects.filter(office=counter.office, number__startswith=prefix)
    numbers = known.annotate(digits=Length("number")).order_by("digits", "number").values_list("number", flat=True)
    expected, missing, foreign = 1, None, None
    for number in numbers.iterator(chunk_size=2000):
        serial = int(number.removeprefix(prefix)) if number.removeprefix(prefix).isdecimal() else 0
        if not 0 < serial <= counter.last:
            foreign = foreign or number
            continue
        if serial != expected and missing is None:
            missing = expected
        expected = serial + 1
    if missing is None and expected <= counter.last:
        missing = expected
    if missing is not None:
        yield "missing number", f"{written(counter.series, counter.office, counter.year, missing)} is missing"
    if foreign is not None:
        yield "number never given", f"{foreign} was never given"
