from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from kazservices.backups.errors import BackupRefused
from kazservices.backups.restoring import restore


class Command(BaseCommand):
    help = "Bring a backup back into this product, which must not run, and verify its journal."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="a folder that manage.py backup has made")
        parser.add_argument("--force", action="store_true", help="also where there is something: it is set aside")

    def handle(self, *, folder, force, **options):
        try:
            done = restore(folder.absolute(), force=force)
        except (BackupRefused, OSError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Restored as of {done.contents.taken_at}.")
        for kept in done.aside:
            self.stdout.write(f"Set aside: {kept}")
        for trouble in done.troubles:
            self.stderr.write(trouble)
        call_command("verify_journal", stdout=self.stdout, stderr=self.stderr)
        if done.troubles:
            raise CommandError(f"Restored, but not whole: {len(done.troubles)} troubles, told above.")
