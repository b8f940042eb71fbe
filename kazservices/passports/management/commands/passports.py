from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from kazservices.passports.faults import PassportError
from kazservices.passports.files import read_file
from kazservices.passports.loading import FOLDER, LOADED, REPLACED, UNCHANGED, load


class Command(BaseCommand):
    help = "Load the service passports (or only check them); loading twice is the same as loading once."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files; without any: all of fixtures/")
        parser.add_argument("--check", action="store_true", help="read and judge the files, write nothing")
        parser.add_argument("--lang", choices=["kk", "ru", "en"], default="kk", help="the language of what is said")

    def handle(self, *, paths, check, lang, **options):
        with translation.override(lang):
            broken = [path for path in paths or sorted(FOLDER.glob("*.yaml")) if not self._handled(path, check)]
            if broken:
                raise CommandError(_("Passports not loaded: %(count)s.") % {"count": len(broken)})

    def _handled(self, path: Path, check: bool) -> bool:
        said = {LOADED: _("loaded"), REPLACED: _("replaced"), UNCHANGED: _("unchanged")}
        try:
            if check:
                read_file(path)
                self.stdout.write(f"{path.name}: " + _("in order"))
            else:
                loaded = load(path)
                self.stdout.write(f"{loaded.code}: {said[loaded.outcome]}")
        except PassportError as error:
            self.stderr.write(str(error))
        except OSError as error:
            self.stderr.write(f"{path}: {error.strerror}")
        else:
            return True
        return False
