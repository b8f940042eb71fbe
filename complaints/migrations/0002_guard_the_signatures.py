"""Nobody signs an act on a complaint about himself or about his superior: the database itself refuses, on both engines.

Two triggers: no such row is written among the signed acts, and no complaint is extended or decided without its row.
"""

from django.db import migrations

RANK = """(
    SELECT MIN(CASE post.role WHEN 'head' THEN 1 WHEN 'academic' THEN 2 WHEN 'chair' THEN 2 WHEN 'deputy' THEN 3
                              WHEN 'secretary' THEN 3 WHEN 'member' THEN 3 ELSE 4 END)
    FROM offices_staff post
    WHERE post.user_id = {person} AND post.office_id = sheet.office_id AND post.stands_for_id IS NULL
      AND post.since <= NEW."on" AND (post.until IS NULL OR post.until >= NEW."on")
)"""
#: The complaint is about whoever signs, or about somebody who stands above him in the office of the case.
IS_PARTIAL = f"""
    EXISTS (
        SELECT 1 FROM complaints_complaint complaint JOIN cases_case sheet ON sheet.id = complaint.case_ptr_id
        WHERE complaint.case_ptr_id = NEW.complaint_id AND complaint.person_id IS NOT NULL
          AND (complaint.person_id = NEW.by_id
               OR {RANK.format(person="NEW.by_id")} > {RANK.format(person="complaint.person_id")})
    )
"""
#: Extended or decided without the act of whoever signed it, or by somebody who turns out to be complained of.
IS_UNSIGNED = """
    (NEW.state = 'extended' AND NOT EXISTS (
        SELECT 1 FROM complaints_signedact act WHERE act.complaint_id = NEW.case_ptr_id AND act.kind = 'extension'))
    OR (NEW.state IN ('satisfied', 'partly', 'refused') AND NOT EXISTS (
        SELECT 1 FROM complaints_signedact act
        WHERE act.complaint_id = NEW.case_ptr_id AND act.kind = 'answer' AND act.by_id = NEW.decided_by_id))
    OR EXISTS (
        SELECT 1 FROM complaints_signedact act
        WHERE act.complaint_id = NEW.case_ptr_id AND act.by_id = NEW.person_id)
"""
SAID = "the person complained of and his subordinates sign no act on the complaint"
TRIGGERS = (
    ("complaint_is_signed_by_another", "complaints_signedact", IS_PARTIAL),
    ("complaint_is_not_decided_unsigned", "complaints_complaint", IS_UNSIGNED),
)


def guard(apps, schema_editor):
    for name, table, refused in TRIGGERS:
        for statement in _statements(schema_editor.connection.vendor, name, table, refused):
            schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, _ in TRIGGERS:
        for verb in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {name}_{verb}" + (f" ON {table}" if postgresql else ""))


def _statements(vendor, name, table, refused):
    if vendor == "postgresql":
        yield f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
            BEGIN
                IF {refused} THEN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'check_violation'; END IF;
                RETURN NEW;
            END
            $$ LANGUAGE plpgsql
        """
    for verb in ("INSERT", "UPDATE"):
        head = f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table} FOR EACH ROW"
        if vendor == "postgresql":
            yield f"{head} EXECUTE FUNCTION {name}()"
        else:
            yield f"{head} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{SAID}'); END"


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_begin_with_complaints"), ("offices", "0007_tell_bodies_apart")]
    operations = [migrations.RunPython(guard, unguard)]
