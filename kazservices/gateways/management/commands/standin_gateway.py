from pathlib import Path

from django.core.management.base import BaseCommand

from kazservices.gateways.standin import PEOPLE, StandIn


class Command(BaseCommand):
    help = "Serve the stand-in for state registers and SMS, with fictional people, until it is stopped."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8099)
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 where it has a container of its own")
        parser.add_argument("--log", type=Path, help="file to which every message is written, one JSON line each")
        parser.add_argument("--people", type=Path, default=PEOPLE)

    def handle(self, *, port, host, log, people, **options):
        standin = StandIn(port, host=host, people=people, log=log)
        self.stdout.write(f"Stand-in gateway on {standin.url}")
        try:
            standin.server.serve_forever()
        except KeyboardInterrupt:
            standin.server.server_close()
