"""The facts of a line can be written and erased, once each; the database itself refuses the rest, on both engines."""

from django.db import migrations, models

SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER facts_are_never_changed BEFORE UPDATE ON cases_journalfacts
    WHEN NOT (
        OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.facts IS NULL AND NEW.salt = ''
        AND NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id
    )
    BEGIN SELECT RAISE(ABORT, 'the facts of a journal entry are never changed, only erased'); END
    """,
    """
    CREATE TRIGGER facts_are_never_deleted BEFORE DELETE ON cases_journalfacts
    BEGIN SELECT RAISE(ABORT, 'the facts of a journal entry are never deleted, only erased'); END
    """,
)
POSTGRESQL_TRIGGERS = (
    """
    CREATE OR REPLACE FUNCTION facts_are_only_erased() RETURNS trigger AS $$
    BEGIN
        RAISE EXCEPTION 'the facts of a journal entry are never changed or deleted, only erased'
        USING ERRCODE = 'check_violation';
    END
    $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER facts_are_never_changed BEFORE UPDATE ON cases_journalfacts FOR EACH ROW
    WHEN (NOT (
        OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.facts IS NULL AND NEW.salt = ''
        AND NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id
    ))
    EXECUTE FUNCTION facts_are_only_erased()
    """,
    """
    CREATE TRIGGER facts_are_never_deleted BEFORE DELETE ON cases_journalfacts FOR EACH ROW
    EXECUTE FUNCTION facts_are_only_erased()
    """,
)
GUARDS = ("facts_are_never_changed", "facts_are_never_deleted")


def guard(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_TRIGGERS if postgresql else SQLITE_TRIGGERS:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    table = " ON cases_journalfacts" if schema_editor.connection.vendor == "postgresql" else ""
    for name in GUARDS:
        schema_editor.execute(f"DROP TRIGGER {name}{table}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_indexes_of_the_queue")]
    operations = [
        migrations.AddConstraint(
            model_name="journalfacts",
            constraint=models.CheckConstraint(
                name="journal_facts_stand_or_are_erased",
                condition=models.Q(
                    models.Q(("erased_at", None), ("facts__isnull", False)),
                    models.Q(("erased_at__isnull", False), ("facts__isnull", True), ("salt", "")),
                    _connector="OR",
                ),
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
