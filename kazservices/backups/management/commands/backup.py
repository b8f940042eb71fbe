from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kazservices.backups.errors import BackupRefused
from kazservices.backups.parts import FILES, ROOTS
from kazservices.backups.taking import backup


class Command(BaseCommand):
    help = "Take the database, the files and the copies of the roots to a new folder, while the product runs."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where to; it must not exist yet, or be empty")

    def handle(self, *, folder, **options):
        try:
            contents, digest = backup(folder.absolute())
        except (BackupRefused, OSError) as refused:
            raise CommandError(str(refused)) from refused
        names = [part.name for part in contents.parts]
        files, roots = (sum(name.startswith(f"{place}/") for name in names) for place in (FILES, ROOTS))
        journal, size = contents.journal, sum(part.size for part in contents.parts)
        self.stdout.write(f"{folder}: {size} bytes, {files} files, {roots} roots, as of {contents.taken_at}")
        self.stdout.write(f"{journal['cases']} cases, {journal['entries']} entries of their journals")
        self.stdout.write(f"Keep this elsewhere; it proves all of the backup: sha256 {digest}")
        if contents.faulty_files:
            number, first = len(contents.faulty_files), ", ".join(contents.faulty_files[:3])
            raise CommandError(f"{number} files are missing or damaged in the product itself: {first}")
