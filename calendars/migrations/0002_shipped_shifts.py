from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import migrations

from calendars.shipped import digest, shipped_calendars


def load(apps, schema_editor):
    """Each act becomes the revision that made it known, so that the past can be explained as it was known."""
    revisions, shifts = apps.get_model("calendars", "Revision"), apps.get_model("calendars", "DayShift")
    in_force = []
    for number, (known_on, rows) in enumerate(shipped_calendars(), start=1):
        in_force += [row.as_shift() for row in rows]
        revision = revisions.objects.create(
            number=number,
            published_at=datetime.combine(known_on, time(), ZoneInfo("Asia/Almaty")),
            digest=digest(in_force),
            note="" if rows else "2026 жылға күн ауыстырылған жоқ / на 2026 год дни не переносятся",
        )
        for row in rows:
            shifts.objects.create(
                date=row.date, kind=row.kind, exchanged_with=row.exchanged_with, issuer=row.issuer,
                act_number=row.act_number, act_date=row.act_date, source=row.source, note=row.note, revision=revision,
            )


def unload(apps, schema_editor):
    """Only what came with the program leaves; an operator's own rows keep it from leaving."""
    apps.get_model("calendars", "DayShift").objects.filter(revision__published_by="").delete()
    apps.get_model("calendars", "Revision").objects.filter(published_by="").delete()


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
