from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kazservices import clock
from kazservices.flow.management.commands.demo import without_queue
from kazservices.offices.models import User
from schools.contest import crowd
from schools.contest.models import ContestApplication, ContestCampaign
from schools.contest.states import CampaignState


class Command(BaseCommand):
    help = "Take the fictional candidates of a CSV in at the counter of a lyceum of the demo; safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="columns: number, grade, olympiad, quota, minute")
        parser.add_argument("--office", default="45", help="the lyceum's code")
        parser.add_argument("--but", nargs="*", type=int, default=[], help="numbers that come in by another way")

    def handle(self, *, file, office, but, **options):
        if settings.PRODUCTION:
            raise CommandError("Demo data has no place in production.")
        campaign = ContestCampaign.objects.filter(
            office__code=office, year=clock.now().year, state=CampaignState.INTAKE
        ).first()
        clerk = User.objects.filter(username=f"clerk-{office}").first()
        if campaign is None or clerk is None:
            raise CommandError(f"No contest of office {office} takes documents in now.")
        known = set(ContestApplication.objects.filter(campaign=campaign).values_list("email", flat=True))
        waiting = [one for one in crowd.read(file) if one.number not in but and one.email not in known]
        with without_queue():
            told = sum(1 for _ in crowd.take_in(campaign, waiting, by=clerk))
        self.stdout.write(f"contest of office {office}: {told} candidates taken in")
