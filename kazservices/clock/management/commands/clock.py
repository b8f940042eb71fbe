from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kazservices import clock
from kazservices.clock.models import Offset


class Command(BaseCommand):
    help = "Show the product's time, or move the demo clock forward: clock --to 2026-03-20T17:00"

    def add_arguments(self, parser):
        parser.add_argument("--to", help="local date and time to which the clock moves; never back")

        parser.add_argument("--start", help="where the demo clock of a new product begins; without effect afterwards")

    def handle(self, *, to, start, **options):
        if start:
            self.start(start)
        if to:
            self.move(to)
        self.stdout.write(clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat(timespec="seconds"))

    def start(self, start):
        target = self.instant("--start", start)
        if not Offset.objects.exists():
            self.keep(target)

    def move(self, to):
        target = self.instant("--to", to)
        clock.forget_offset()
        if target < clock.now():
            raise CommandError(f"The clock never goes back: it is already {clock.now().isoformat(timespec='minutes')}.")
        self.keep(target)

    def instant(self, option, text):
        if settings.KAZ_CLOCK != "demo":
            raise CommandError("The clock can be moved only with KAZ_CLOCK=demo.")
        try:
            instant = datetime.fromisoformat(text)
        except ValueError as error:
            raise CommandError(f"{option}: {error}") from error
        return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))

    def keep(self, target):
        clock.forget_offset()
        real = clock.now() - Offset.objects.current()
        Offset.objects.update_or_create(pk=1, defaults={"ahead": target.astimezone(UTC) - real})
        clock.forget_offset()
