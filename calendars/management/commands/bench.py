import json
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Time something: each app keeps its benches in <app>/benches/<name>.py, with a function run() -> dict."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("name", help="such as deadline")
        parser.add_argument("--json", action="store_true", help="one JSON object, for machines")

    def handle(self, *, name, **options):
        figures = self.find(name).run()
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for key, value in figures.items():
            self.stdout.write(f"{key}: {value}")

    def find(self, name):
        packages = [f"{app.name}.benches" for app in apps.get_app_configs()]
        if name.isidentifier():
            for package in packages:
                if find_spec(package) and find_spec(f"{package}.{name}"):
                    return import_module(f"{package}.{name}")
        raise CommandError(f"There is no bench called {name}.")
