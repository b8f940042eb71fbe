from django.core.management.base import BaseCommand

from kazservices.reports.norms import citations, ours


class Command(BaseCommand):
    help = "List the norms that are the provider's duty, each with the test files that cite it."

    def add_arguments(self, parser):
        parser.add_argument("--owner", help="only the norms of this owner: main, schools, people, complaints")
        parser.add_argument("--missing", action="store_true", help="only the norms that no test cites")

    def handle(self, *, owner, missing, **options):
        cited = citations()
        norms = [norm for norm in ours().values() if owner in (None, norm.owner)]
        for norm in norms:
            if not (missing and norm.id in cited):
                files = ", ".join(cited.get(norm.id, ["-"]))
                self.stdout.write(f"{norm.id:16} {norm.owner or '-':12} {files}")
        named = sum(norm.id in cited for norm in norms)
        self.stdout.write(f"norms: {named} of {len(norms)} cited")
