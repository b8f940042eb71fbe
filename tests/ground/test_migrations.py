"""Migrations that fill columns, run over rows as they were before them, in a database of their own."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)
TYPICAL = {
    models.CharField: "x",
    models.SlugField: "x",
    models.TextField: "x",
    models.DateField: AT.date(),
    models.DateTimeField: AT,
    models.BooleanField: False,
    models.JSONField: {},
    models.DecimalField: 0,
    models.PositiveSmallIntegerField: 1,
}


@pytest.fixture
def migrated(db, tmp_path):
    """(app, its migration before, the writer of rows, the migration that fills) -> the models with the rows filled."""

    def over(app, before, write, filling):
        old = MigrationExecutor(connection).migrate([(app, before)]).apps
        write(old)
        return MigrationExecutor(connection).migrate([(app, filling)]).apps

    with elsewhere(tmp_path) as connection:
        yield over


@contextmanager
def elsewhere(folder):
    """An empty database in the place of the suite's own, for a moment: another file, or another schema."""
    own = connections["default"]
    if own.vendor == "sqlite":
        place, begin, end = {"NAME": folder / "old.sqlite3"}, "SELECT 1", "SELECT 1"
    else:
        place = {"OPTIONS": {**own.settings_dict["OPTIONS"], "options": "-c search_path=old"}}
        begin, end = "CREATE SCHEMA old", "DROP SCHEMA old CASCADE"
    connections["default"] = other = type(own)({**own.settings_dict, **place}, "default")
    try:
        other.cursor().execute(begin)
        yield other
    finally:
        other.cursor().execute(end)
        other.close()
        connections["default"] = own


def row(apps, label, **known):
    """A row with what is known of it; what else it must have is filled in."""
    model = apps.get_model(label)
    for field in model._meta.fields:
        if field.name not in known and not (field.null or field.blank or field.has_default() or field.primary_key):
            known[field.name] = TYPICAL[type(field)]
    return model.objects.create(**known)


def papers(apps):
    """A receipt, papers of one hand and of two, one that waits, and one that gave way to another."""
    chair, secretary = (row(apps, "offices.User", username=name) for name in ("chair", "secretary"))
    edition = row(apps, "passports.Edition", service=row(apps, "passports.Service"))
    case = row(apps, "cases.Case", edition=edition, office=row(apps, "offices.Office"))

    def signed(by):
        return row(apps, "signing.Signature", user=by)

    def paper(number, kind, state, **more):
        drawn = {"sha256": "0" * 64, "prepared_at": AT} if state in ("signed", "issued") else {}
        issued = {"issued_at": AT} if state == "issued" else {}
        return row(apps, "documents.Paper", case=case, number=number, kind=kind, state=state, **drawn, **issued, **more)

    paper("1", "receipt", "issued", by_system=True)
    decision = paper("2", "preliminary_decision", "issued", signature=signed(chair))
    paper("3", "hearing_record", "issued", signature=signed(secretary), countersignature=signed(chair))
    paper("4", "refusal", "signed", signature=signed(chair))
    paper("5", "conclusion", "waiting")
    paper("6", "preliminary_decision", "void", replaced_by=decision)


def loose_days(apps):
    for day in (date(2026, 7, 6), date(2026, 7, 7), date(2026, 7, 6)):
        row(apps, "calendars.DayShift", date=day, kind="day_off", issuer="government")


def test_an_old_paper_gets_a_code_of_its_own_and_the_people_of_its_signatures(migrated):
    apps = migrated("documents", "0001_initial", papers, "0002_let_anyone_check_a_paper")
    found = list(apps.get_model("documents.Paper").objects.order_by("number"))
    codes = {paper.public_code for paper in found}
    assert len(codes) == len(found) == 6
    assert None not in codes
    people = [[person and person.username for person in (one.signed_by, one.countersigned_by)] for one in found]
    assert people == [
        [None, None],
        ["chair", None],
        ["secretary", "chair"],
        ["chair", None],
        [None, None],
        [None, None],
    ]
    assert [paper.state for paper in found] == ["issued", "issued", "issued", "signed", "waiting", "void"]
    assert found[5].replaced_by == found[1]


def test_loose_drafts_of_days_come_into_proposals_with_one_draft_a_day(migrated):
    apps = migrated("calendars", "0002_shipped_shifts", loose_days, "0003_proposals")
    drafts = apps.get_model("calendars.DayShift").objects.filter(revision=None).order_by("pk")
    first, second, again = (draft.proposal for draft in drafts)
    assert first == second != again
    assert {first.state, again.state} == {"draft"}
