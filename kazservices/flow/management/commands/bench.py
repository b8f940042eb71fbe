import json
import signal
import sys
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from kazservices.benches.place import run_apart, settle_in

SIZES = ("small", "national")


class Command(BaseCommand):
    help = "Time something: each room keeps its benches in <room>/benches/<name>.py, with a function run(size) -> dict."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("name", help="deadline, sweep, queue, recount, rush")
        parser.add_argument("--size", choices=SIZES, default="small")
        parser.add_argument("--json", action="store_true", help="one JSON object, for machines")
        parser.add_argument("--inside", action="store_true", help="run in the bench's own database (used by itself)")

    def handle(self, *, name, size, inside, **options):
        figures = self.figures(name, size, inside)
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for key, value in figures.items():
            self.stdout.write(f"{key}: {value}")

    def figures(self, name, size, inside) -> dict:
        bench = self.find(name)
        if not getattr(bench, "ON_POSTGRES", False):
            return bench.run(size)
        if not inside:
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was made is dropped
            return run_apart(name, size)
        settle_in()
        return bench.run(size)

    def find(self, name):
        packages = [f"{app.name}.benches" for app in apps.get_app_configs()]
        if name.isidentifier():
            for package in packages:
                if find_spec(package) and find_spec(f"{package}.{name}"):
                    return import_module(f"{package}.{name}")
        raise CommandError(f"There is no bench called {name}.")
