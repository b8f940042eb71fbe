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

    def handle(self, *, to, **options):
        if to:
            self.move(to)
        self.stdout.write(clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat(timespec="seconds"))

    def move(self, to):
        if settings.KAZ_CLOCK != "demo":
            raise CommandError("The clock can be moved only with KAZ_CLOCK=demo.")
        try:
            target = datetime.fromisoformat(to)
        except ValueError as error:
            raise CommandError(f"--to: {error}") from error
        if target.tzinfo is None:
            target = target.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
        clock.forget_offset()
        if target < clock.now():
            raise CommandError(f"The clock never goes back: it is already {clock.now().isoformat(timespec='minutes')}.")
        real = clock.now() - Offset.objects.current()
        Offset.objects.update_or_create(pk=1, defaults={"ahead": target.astimezone(UTC) - real})
        clock.forget_offset()
