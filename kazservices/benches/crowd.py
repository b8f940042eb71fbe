"""Many rows out of few: copies of a case with all that hangs on it, made by the database itself."""

from django.apps import apps
from django.db import connection

from kazservices.cases.models import Case

#: Told anew in each copy, because they must be unique.
FRESH = {"ref": "gen_random_uuid()", "key": "gen_random_uuid()", "idempotency_key": "NULL"}


def multiply(cases: list[int], copies: int, *, beside: tuple = (), first: int = 1) -> None:
    """Copy these cases, and their rows in the models ``beside``, so many times; a copy is numbered after its model.

    ``first``: the number of the first copy, for a crowd that grows.
    """
    copied = {Case, *beside}
    for model in [Case, *(model for model in _with_parents_first(beside))]:
        _copy(model, cases, range(first, first + copies), copied)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def of_cases() -> tuple:
    """The models of what hangs on a case, the service's own included; what has a name of its own (a paper) is not."""
    hanging = (relation.related_model for relation in Case._meta.related_objects if not relation.many_to_many)
    return tuple(model for model in dict.fromkeys(hanging) if model is not Case and not _has_a_name(model))


def _has_a_name(model) -> bool:
    own = model._meta.local_concrete_fields
    return any(field.unique and not (field.primary_key or field.remote_field) for field in own)


def _copy(model, cases, numbers, copied) -> None:
    table, columns = model._meta.db_table, model._meta.local_concrete_fields
    shown = ", ".join(f'"{field.column}"' for field in columns)
    told = ", ".join(_value(field, model, copied) for field in columns)
    of_case = "id" if model is Case else next(f.column for f in columns if f.related_model is Case)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({shown}) SELECT {told} FROM "{table}" t'  # noqa: S608 - names of our own models
            f" CROSS JOIN generate_series(%s, %s) AS copy(n) WHERE t.{of_case} = ANY(%s)",
            [numbers.start, numbers.stop - 1, list(cases)],
        )


def _value(field, model, copied) -> str:
    """A key is moved on by a stride per copy, so that the copies of two tables meet; the rest is as it was."""
    if field.column in FRESH:
        return FRESH[field.column]
    if (field.primary_key and not field.remote_field) or field.related_model in copied:
        return f"t.{field.column} + copy.n::bigint * {STRIDE}"
    if model is Case and field.column == "number":
        return "t.number || '-' || copy.n"
    return f"t.{field.column}"


def _with_parents_first(models):
    order = {model: place for place, model in enumerate(apps.get_models())}
    return sorted(models, key=order.__getitem__)


STRIDE = 1_000_000  # more than the keys of the models that are copied
