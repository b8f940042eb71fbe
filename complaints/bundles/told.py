"""Rows as data: every column of a row, the people and signatures in it told, so that a file stands for itself."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, Model

from kazservices.cases.models import Applicant
from kazservices.offices.models import User
from kazservices.signing.models import Signature

#: What concerns the program alone: leases, keys of idempotency, where a file lies.
OF_THE_PROGRAM = frozenset({
    "lease_until", "next_try_at", "attempts", "idempotency_key", "key", "error", "fault", "stuck",
})  # fmt: skip


def told(row, without=()) -> dict:
    """A row of a table as a mapping; a mapping stays what it is."""
    if not isinstance(row, Model):
        return dict(row)
    left_out = OF_THE_PROGRAM | set(without)
    columns = [column for column in row._meta.concrete_fields if not _is_link(column) and column.name not in left_out]
    return {column.name: _value(getattr(row, column.name)) for column in columns}


def as_json(said) -> bytes:
    """The same data, the same bytes."""
    text = json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()


def as_json_lines(rows) -> bytes:
    lines = (json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def person(user) -> dict | None:
    return user and {"id": user.pk, "name": user.full_name}


def _is_link(column) -> bool:
    """The key of the parent row, which says nothing more; the place of a file, which is nobody's business."""
    return isinstance(column, FileField) or bool(column.remote_field and column.remote_field.parent_link)


def _value(value):
    if isinstance(value, User):
        return person(value)
    if isinstance(value, Applicant | Signature):
        return told(value)
    return {"id": value.pk, "is": str(value)} if isinstance(value, Model) else value
