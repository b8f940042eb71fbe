from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kazservices.cases.roots import keys
from kazservices.cases.roots.models import JournalRoot


class Command(BaseCommand):
    help = "Show the last root of the journal and the public key that signs the roots, or make that key once."

    def add_arguments(self, parser):
        parser.add_argument("--make-key", action="store_true", help="make the key; one that is there is never replaced")

    def handle(self, *, make_key, **options):
        path = Path(settings.KAZ_ROOTS_KEY)
        if make_key and not keys.make(path):
            raise CommandError(f"There is a key already: {path}")
        if not make_key:
            self.show_last()
        for fingerprint, key in keys.trusted().items():
            self.stdout.write(f"key {fingerprint}\n{keys.pem(key).decode().strip()}")

    def show_last(self):
        last = JournalRoot.objects.order_by("number").last()
        if last:
            self.stdout.write(f"root {last.number}, night {last.night}: {last.cases} cases, {last.entries} entries")
            self.stdout.write(last.hash)
        else:
            self.stdout.write("There is no root yet: the first one is made by the sweep «roots».")
