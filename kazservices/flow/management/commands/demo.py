from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kazservices import clock
from kazservices.cases.models import Case
from kazservices.celery import app
from kazservices.flow.demo import PASSWORD, known_people, tellers
from kazservices.flow.demo.people import WITHOUT_A_CASE
from kazservices.offices.models import Staff


class Command(BaseCommand):
    help = "Fill the product with fictional offices, people and histories up to this moment; safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--logins", action="store_true", help="print who may enter, and how")
        parser.add_argument("--short", action="store_true", help="only the cases of the last weeks")

    def handle(self, *, logins, short, **options):
        if settings.PRODUCTION:
            raise CommandError("Demo data has no place in production.")
        now = clock.now()
        with without_queue(), transaction.atomic():
            told = sum(fill(now, short) for fill in tellers())
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


@contextmanager
def without_queue():
    """Nothing is queued for a worker: by the time a task would run, its work is done."""
    before, app.conf.task_always_eager = app.conf.task_always_eager, True
    try:
        yield
    finally:
        app.conf.task_always_eager = before
