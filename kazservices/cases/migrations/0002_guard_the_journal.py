"""A line of the journal can be neither changed nor deleted: the database itself refuses, on both engines."""

from django.db import migrations

SQLITE_TRIGGER = """
    CREATE TRIGGER journal_is_never_{verb} BEFORE {action} ON cases_journalentry
    BEGIN SELECT RAISE(ABORT, 'a journal entry is never {verb}'); END
"""
POSTGRESQL_FUNCTION = """
    CREATE OR REPLACE FUNCTION journal_is_never_touched() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'a journal entry is never changed or deleted' USING ERRCODE = 'check_violation'; END
    $$ LANGUAGE plpgsql
"""
POSTGRESQL_TRIGGER = """
    CREATE TRIGGER journal_is_never_{verb} BEFORE {action} ON cases_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_is_never_touched()
"""
GUARDS = (("changed", "UPDATE"), ("deleted", "DELETE"))


def guard(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION)
    statement = POSTGRESQL_TRIGGER if postgresql else SQLITE_TRIGGER
    for verb, action in GUARDS:
        schema_editor.execute(statement.format(verb=verb, action=action))


def unguard(apps, schema_editor):
    table = " ON cases_journalentry" if schema_editor.connection.vendor == "postgresql" else ""
    for verb, _ in GUARDS:
        schema_editor.execute(f"DROP TRIGGER journal_is_never_{verb}{table}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
