import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kazservices.cases.models import Case
from kazservices.cases.roots import keys
from kazservices.cases.roots.check import all_faults
from kazservices.cases.roots.models import JournalRoot


class Command(BaseCommand):
    help = (
        "Check the journals of all cases, the registers of numbers, the roots, their signatures and copies; name the "
        "first wrong row of each kind and end with status 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--case", help="only the journal of this case, by its number")
        parser.add_argument("--since", type=date.fromisoformat, help="only what was written or sealed since this day")
        parser.add_argument("--key", type=Path, help="believe the public keys of this file, not those kept beside")
        parser.add_argument("--json", action="store_true", help="the result as one JSON object")

    def handle(self, *, case, since, key, json: bool, **options):
        found: dict[str, dict] = {}
        for kind, told in all_faults(self.keys(key), case=case and self.case(case), since=since):
            first = found.setdefault(kind, {"kind": kind, "told": told, "rows": 0})
            first["rows"] += 1
        cases = 1 if case else Case.objects.count()
        roots = JournalRoot.objects.count()
        if json:
            self.as_json({"cases": cases, "roots": roots, "faults": list(found.values())})
        else:
            self.in_words(found.values())
        if found:
            raise CommandError(f"{sum(fault['rows'] for fault in found.values())} faults in {cases} cases")
        if not json:
            self.stdout.write(f"The journals of {cases} cases, all registers and {roots} roots hold.")

    def in_words(self, faults):
        for fault in faults:
            more = f" (and {fault['rows'] - 1} more: {fault['kind']})" if fault["rows"] > 1 else ""
            self.stderr.write(f"{fault['told']}{more}")

    def as_json(self, result):
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def case(self, number):
        found = Case.objects.filter(number=number).first()
        if found is None:
            raise CommandError(f"--case: there is no case {number}")
        return found

    def keys(self, path):
        if path and not path.exists():
            raise CommandError(f"--key: there is no file {path}")
        return keys.trusted(path)
