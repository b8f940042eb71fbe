"""Registration numbers: one register for each series, office and year, without gaps."""

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


def gaps():
    """Registers whose numbers do not run from one to the last, in words: a case was deleted or inserted."""
    for counter in RegistrationCounter.objects.select_related("office").order_by("series", "office__code", "year"):
        numbers = Case.objects.filter(
            office=counter.office, number__startswith=f"{counter.series}-{counter.office.code}-{counter.year}-"
        ).values_list("number", flat=True)
        there = {int(number.rsplit("-", 1)[1]) for number in numbers}
        for serial in sorted(set(range(1, counter.last + 1)) ^ there):
            missing = "is missing" if serial <= counter.last else "was never given"
            yield f"{written(counter.series, counter.office, counter.year, serial)} {missing}"
