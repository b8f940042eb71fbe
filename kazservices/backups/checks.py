"""What the tables are not made under: run by ``manage.py migrate``, with which every start of the product begins."""

from django.core.checks import Error
from django.db import connection

from . import postgres


def no_restore_was_killed(app_configs=None, databases=None, **_):
    """A restore that was killed outright gave no schema back: an empty product would hide what stood there."""
    if not databases or connection.vendor != "postgresql":  # whoever brings a backup back must not be kept from it
        return []
    if not (kept := postgres.killed_over(connection.settings_dict)):
        return []
    told = f"The database is empty: a restore was killed, and what stood here lies in schema {kept}."
    hint = f"Restore again, or give it back: DROP SCHEMA public; ALTER SCHEMA {kept} RENAME TO public"
    return [Error(told, hint=hint, id="kazservices.E003")]
