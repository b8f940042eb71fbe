import subprocess
import sys

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Walk a chapter of docs/journey.md through the running product: a process of its own, HTTP and cookies only."

    def run_from_argv(self, argv):
        """All words after the name are the program's own; it imports nothing of ours, and stands in bin/journey."""
        program = settings.BASE_DIR / "bin" / "journey"
        sys.exit(subprocess.run([sys.executable, "-I", str(program), *argv[2:]], check=False).returncode)
