from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F, Value

from conscription.demo.campaigns import campaigns, seasons
from conscription.demo.offices import PASSWORD, build_offices, order_call_ups
from conscription.demo.people import WITHOUT_A_CASE, known_people
from conscription.demo.telling import tell
from kazservices import clock
from kazservices.cases.models import Case
from kazservices.celery import app
from kazservices.notices.models import Channel, Notice
from kazservices.offices.models import Staff, User

READ_AFTER = timedelta(hours=3)


class Command(BaseCommand):
    help = "Fill the product with fictional offices, people and histories up to this moment; safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--logins", action="store_true", help="print who may enter, and how")
        parser.add_argument("--short", action="store_true", help="only the cases of the last weeks")

    def handle(self, *, logins, short, **options):
        if settings.PRODUCTION:
            raise CommandError("Demo data has no place in production.")
        with without_queue(), transaction.atomic():
            told = fill(short)
        self.stdout.write(f"demo: {told} cases" if told else "demo: already there")
        if logins:
            self.print_logins()

    def print_logins(self):
        self.stdout.write(f"\nStaff enter at /admin/, all with the password {PASSWORD}")
        posts = Staff.objects.select_related("user", "office").filter(user__username__contains="-")
        for post in posts.order_by("office__code", "pk"):
            self.stdout.write(f"  {post.user.username:14} {post.role:10} {post.office.code}  {post.user.full_name}")
        self.stdout.write("\nService recipients enter at / by IIN; the code comes to the stand-in of the SMS gateway")
        for person in known_people()[: WITHOUT_A_CASE + 4]:
            number = Case.objects.filter(applicant__iin=person["iin"]).count()
            self.stdout.write(f"  {person['iin']}  {person['full_name']}, cases: {number}")


def fill(short: bool) -> int:
    """How many cases were told; none when the demo's histories are there already."""
    now = clock.now()
    places = build_offices()
    order_call_ups(sorted({season.opens.year for season in seasons(places[0].office.today())}), _operator(places))
    if Case.objects.filter(office__in=[place.office for place in places]).exists():
        return 0
    tellings = campaigns(places, known_people(), now, short=short)
    tell(tellings, now)
    _close_the_past(now)
    return len(tellings)


@contextmanager
def without_queue():
    """Nothing is queued for a worker: by the time a task would run, its work is done."""
    before, app.conf.task_always_eager = app.conf.task_always_eager, True
    try:
        yield
    finally:
        app.conf.task_always_eager = before


def _operator(places) -> User:
    return places[0].people["operator"]


def _close_the_past(now):
    """Copies of letters went out when they were owed, and what is older than an evening has been read."""
    Notice.objects.exclude(channel=Channel.CABINET).filter(sent_at=None).update(sent_at=F("owed_at"))
    old = Notice.objects.filter(channel=Channel.CABINET, owed_at__lt=now - timedelta(days=1), read_at=None)
    old.update(read_at=F("owed_at") + Value(READ_AFTER))
