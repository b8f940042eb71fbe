"""The report, by the mandate of an auditor or a head, within the office of the token."""

from django.core.exceptions import PermissionDenied
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema

from kazservices.api import telling
from kazservices.api.models import Scope
from kazservices.api.problems import Refused
from kazservices.api.shapes import BreachesAsked, BreachesPaged, BreachPage, ClocksAsked, ReportAsked, ReportShape
from kazservices.reports import clocks, listing
from kazservices.reports.figures import ALL, official_key, timeliness
from kazservices.reports.files import clocks_file, figures_file
from kazservices.reports.mandate import mandate_or_403
from kazservices.reports.names import names_for
from kazservices.reports.scope import Scope as Period
from kazservices.reports.scope import ScopeForm
from kazservices.reports.sheet import Sheet

from .base import Operation, asked, paged, told

CSV = {(200, "text/csv"): OpenApiTypes.STR}


class ReportOperation(Operation):
    tag = "reports"
    scopes = {"GET": Scope.REPORT}
    problems = {"GET": (422,)}

    def scope(self, shape) -> tuple[Period, dict]:
        """What is asked for, within the mandate. Raises PermissionDenied, Refused at the fields of the form."""
        office = self.request.auth.office
        offices = [own for own in mandate_or_403(self.request.user) if office and own.pk == office.pk]
        if not offices:
            raise PermissionDenied("mandate")
        wanted = asked(self.request, shape)
        form = ScopeForm(self.request.query_params.dict(), offices=offices)
        if not form.is_valid():
            raise Refused({name: list(map(str, words)) for name, words in form.errors.items()})
        return form.scope(), wanted


class Timeliness(ReportOperation):
    @extend_schema(
        summary="How many terms were kept, by norm, service, office, official",
        parameters=[ReportAsked],
        responses=ReportShape,
    )
    def get(self, request):
        scope, _wanted = self.scope(ReportAsked)
        sheet = Sheet.of(scope, timeliness(scope))
        lines = [telling.figures("all", "", sheet.report[ALL])]
        lines += [
            telling.figures(table, name, tally)
            for table, _caption, _first, rows in sheet.kinds()
            for name, tally, _n in rows
        ]
        body = {"since": scope.since, "until": scope.until, "as_of": scope.as_of, "figures": lines}
        return told(ReportShape, body)


class Breaches(ReportOperation):
    @extend_schema(
        summary="The register of breaches, the newest first", parameters=[BreachesPaged], responses=BreachPage
    )
    def get(self, request):
        scope, wanted = self.scope(BreachesPaged)
        rows = listing.breaches(clocks.clocks(scope), wanted.get("cause", ""))
        found = listing.Reader(scope, names_for(scope)).rows(listing.newest_first(rows))

        def lines(shown):
            names = names_for(scope, {official_key(row.official, row.responsible_role) for row in shown})
            reader = listing.Reader(scope, names)
            return [telling.breach(reader.line(row)) for row in shown]

        return paged(BreachPage, found, wanted, lines)


class FiguresFile(ReportOperation):
    @extend_schema(summary="The figures as CSV that opens in Excel", parameters=[ReportAsked], responses=CSV)
    def get(self, request):
        return figures_file(self.scope(ReportAsked)[0])


class ClocksFile(ReportOperation):
    @extend_schema(summary="The clocks behind the figures as CSV", parameters=[ClocksAsked], responses=CSV)
    def get(self, request):
        scope, wanted = self.scope(ClocksAsked)
        return clocks_file("clocks", scope, clocks.standing(clocks.clocks(scope), wanted.get("show", "counted")))


class BreachesFile(ReportOperation):
    @extend_schema(summary="The register of breaches as CSV", parameters=[BreachesAsked], responses=CSV)
    def get(self, request):
        scope, wanted = self.scope(BreachesAsked)
        return clocks_file("breaches", scope, listing.breaches(clocks.clocks(scope), wanted.get("cause", "")))
