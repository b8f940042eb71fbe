from django.core.management.base import BaseCommand

from kazservices.reports.norms import citations, owned_by, unremovable
from kazservices.reports.pieces import pieces


class Command(BaseCommand):
    help = "List the norms that are the provider's duty, each with the test files that cite it."

    def add_arguments(self, parser):
        parser.add_argument("--owner", help="only the norms of this owner: main, schools, people, complaints")
        parser.add_argument("--missing", action="store_true", help="only the norms that no test cites")
        parser.add_argument(
            "--pieces", action="store_true", help="under each norm the pieces of the program that carry it"
        )

    def handle(self, *, owner, missing, **options):
        cited = citations()
        found = pieces() if options.get("pieces") else []
        norms = owned_by(owner).values()
        for norm in norms:
            if not (missing and norm.id in cited):
                files = ", ".join(cited.get(norm.id, ["-"]))
                self.stdout.write(f"{norm.id:16} {norm.owner or '-':12} {files}")
                self._carriers(norm.id, found)
        named = sum(norm.id in cited for norm in norms)
        self.stdout.write(f"norms: {named} of {len(norms)} cited")

    def _carriers(self, norm, found):
        for piece in found:
            if norm in piece.norms:
                self.stdout.write(f"{'':16} - {piece}")
        if found and norm in unremovable():
            self.stdout.write(f"{'':16} - no piece alone: {unremovable()[norm].reason}")
