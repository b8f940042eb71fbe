import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from calendars.comparison import differences
from calendars.service import working_calendar


class Command(BaseCommand):
    help = "Where our table of days, the library `holidays` and workalendar differ, year by year."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", required=True, help="compare")
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *, check, **options):
        if not check:
            raise CommandError("--check is wanted.")
        days = working_calendar()
        years = range(days.covered_from.year, days.covered_until.year + 1)
        found = {year: differences(days, year) for year in years}
        if options["json"]:
            rows = {year: [asdict(row) for row in found[year]] for year in years}
            self.stdout.write(json.dumps(rows, default=str, indent=2))
            return
        for year in years:
            self.tell(year, found[year], provisional=days.is_provisional(days.covered_until.replace(year=year)))

    def tell(self, year, found, *, provisional):
        for library in ("holidays", "workalendar"):
            count = sum(row.library == library for row in found)
            agrees = f"differs on {count} days" if count else "agrees on every day"
            self.stdout.write(f"{year}{' (provisional)' if provisional else ''}: {library} {agrees}")
            for row in (row for row in found if row.library == library):
                told = f"ours {_worked(row.ours)}, {library} {_worked(row.theirs)}; right: {row.right}; {row.why}"
                self.stdout.write(f"  {row.date:%Y-%m-%d %a}: {told}")


def _worked(is_worked):
    return "worked" if is_worked else "off"
