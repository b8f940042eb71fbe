from django.core.management.base import BaseCommand, CommandError

from kazservices.cases import register
from kazservices.cases.journal import first_fault
from kazservices.cases.models import Case


class Command(BaseCommand):
    help = "Check every case's journal and every register of numbers; name the first wrong row of each."

    def handle(self, **options):
        faults, cases = [], 0
        for case in Case.objects.order_by("pk").iterator(chunk_size=500):
            cases += 1
            if fault := first_fault(case):
                faults.append(fault)
        faults.extend(register.gaps())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults in {cases} cases")
        self.stdout.write(f"The journals of {cases} cases and all registers hold.")
