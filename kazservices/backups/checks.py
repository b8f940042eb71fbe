"""What the tables are not made under: run by ``manage.py migrate``, with which every start of the product begins."""

from django.core.checks import Error
from django.db import connection

from . import postgres


def no_restore_was_killed(app_configs=None, **_):
    """A restore that was killed outright gave no schema back: an empty product would hide what stood there."""
    if connection.vendor != "postgresql" or not postgres.is_empty(connection.settings_dict):
        return []
    if not (aside := postgres.set_aside()):
        return []
    told = f"The database is empty, and what stood here lies in schema {', '.join(aside)}: a restore was killed."
    hint = f'Restore again, or give it back: DROP SCHEMA public CASCADE; ALTER SCHEMA "{aside[-1]}" RENAME TO public'
    return [Error(told, hint=hint, id="kazservices.E003")]
