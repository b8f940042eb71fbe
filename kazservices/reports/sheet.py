"""The report as the page shows it: figures, trend, heat-map and tables, each figure a link to the cases behind it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kazservices.design.pieces import HeatCell, HeatRow, SumPiece, TrendPoint
from kazservices.design.templatetags.design import per_cent

from .figures import ALL, Report, Tally
from .names import Names, names_for
from .scope import Scope
from .words import days_words, grouped, month_words, term_words

TARGET = 98  # per cent; below it a point of the trend is marked
WEEKS_SHOWN = 30
FEWEST_HEAT_ROWS = 3


@dataclass(frozen=True)
class Sheet:
    """One report, laid out."""

    scope: Scope
    report: Report
    names: Names

    @classmethod
    def of(cls, scope: Scope, report: Report) -> "Sheet":
        return cls(scope, report, names_for(scope, [key[1] for key in report.keys("official")]))

    def sums(self) -> list[SumPiece]:
        whole = self.report[ALL]
        said = _("On time: %(on_time)s of %(counted)s terms") % {
            "on_time": grouped(whole.on_time),
            "counted": grouped(whole.counted),
        }
        days = _("working days")
        return [
            SumPiece(per_cent(whole.share), said, "ok" if not whole.late else "", self._cases(show="counted")),
            SumPiece(days_words(whole.median, whole.day_minutes), self._measured(_("Median")), unit=days),
            SumPiece(
                days_words(whole.percentile_90, whole.day_minutes), self._measured(_("90th percentile")), unit=days
            ),
            SumPiece(grouped(whole.late), _("Breaches: the register"), "bad" if whole.late else "", self._breaches()),
            SumPiece(grouped(whole.running), _("Not due yet, still running"), "", self._cases(show="running")),
        ]

    def trend(self) -> list[TrendPoint]:
        weekly = self.by_week
        kind = "week" if weekly else "month"
        lines = sorted((key[1], self.report[key]) for key in self.report.keys(kind))
        lines = [(day, line) for day, line in lines if line.counted]
        return [
            TrendPoint(f"{day:%d.%m}" if weekly else month_words(day), line.share, line.counted, line.late)
            for day, line in lines
        ]

    @property
    def by_week(self) -> bool:
        return (self.scope.until - self.scope.since).days <= 7 * WEEKS_SHOWN

    def months(self) -> list[date]:
        return sorted({key[2] for key in self.report.keys("cell") if self.report[key].counted})

    def heat(self) -> list[HeatRow]:
        """Norm by month; a map of one or two rows says less than the table."""
        months = self.months()
        rows = [
            HeatRow(
                name,
                self.report[("norm", norm)].counted,
                [self._cell(norm, month) for month in months],
                self._cases(norm=norm, show="counted"),
            )
            for norm, name in self.names.norms.items()
            if self.report[("norm", norm)].counted
        ]
        return rows if len(rows) >= FEWEST_HEAT_ROWS else []

    def tables(self) -> list[dict]:
        """The same numbers by norm, service, office and official."""
        return [
            {
                "caption": caption,
                "columns": columns(caption_of_first, with_term=kind == "norm"),
                "rows": [self._row(name, line, kind, **narrowed) for name, line, narrowed in lines],
                "foot": self._foot(kind),
            }
            for kind, caption, caption_of_first, lines in self.kinds()
        ]

    def lines(self):
        """(kind, name, tally) of all tables, in their order: for the export."""
        yield from ((caption, name, line) for _k, caption, _f, lines in self.kinds() for name, line, _n in lines)

    def kinds(self):
        """(kind, caption, what the first column names, its lines) of each table."""
        r, n = self.report, self.names
        norms = [(name, r[("norm", norm)], {"norm": norm}) for norm, name in n.norms.items()]
        by_service = [(n.services.get(k[1], k[1]), r[k], {"service": k[1]}) for k in r.keys("service")]
        offices = [(n.offices[k[1]], r[k], {"office": n.office_codes[k[1]]}) for k in r.keys("office")]
        people = [(n.official(k[1]), r[k], {"official": k[1]}) for k in r.keys("official")]
        return [
            ("norm", _("By norm"), _("Norm"), [row for row in norms if row[1].terms]),
            ("service", _("By service"), _("Service"), _by_name(by_service)),
            ("office", _("By office"), _("Office"), _by_name(offices)),
            ("official", _("By official"), _("Official"), _by_name(people)),
        ]

    def _row(self, name, line: Tally, kind, **narrowed) -> dict:
        cells = [{"text": name, "url": self._cases(show="counted", **narrowed)}]
        if kind == "norm":
            cells.append({"text": " / ".join(sorted(term_words(*term) for term in line.terms))})
        late_url = self._cases(show="late", **narrowed) if line.late else ""
        return {"cells": [*cells, *_numbers(line, late_url)]}

    def _foot(self, kind) -> dict:
        extra = [{"text": ""}] if kind == "norm" else []
        return {"cells": [{"text": _("All")}, *extra, *_numbers(self.report[ALL], "")]}

    def _cell(self, norm, month) -> HeatCell:
        line = self.report[("cell", norm, month)]
        last = date(month.year, month.month, monthrange(month.year, month.month)[1])
        since, until = max(self.scope.since, month), min(self.scope.until, last)
        days = {"since": since.isoformat(), "until": until.isoformat()}
        return HeatCell(line.share, self._cases(norm=norm, show="counted", **days) if line.counted else "")

    def _cases(self, **more) -> str:
        return reverse("reports:clocks") + self.scope.address(**more)

    def _breaches(self) -> str:
        return reverse("reports:breaches") + self.scope.address()

    def _measured(self, what) -> str:
        """Medians of a whole report are of the whole term, and say so by the law's own length."""
        return what if self.scope.norm else _("%(what)s, whole term") % {"what": what}


def columns(first: str, *, with_term: bool) -> list[dict]:
    titles = [_("Counted"), _("On time"), _("Share"), _("Median, days"), _("90th percentile, days"), _("Breaches")]
    term = [{"title": _("Lawful term")}] if with_term else []
    return [{"title": first}, *term, *({"title": title, "num": True} for title in titles)]


def _numbers(line: Tally, late_url):
    texts = (
        grouped(line.counted),
        grouped(line.on_time),
        per_cent(line.share),
        days_words(line.median, line.day_minutes),
        days_words(line.percentile_90, line.day_minutes),
    )
    return [
        *({"text": text, "num": True} for text in texts),
        {"text": grouped(line.late), "num": True, "url": late_url},
    ]


def _by_name(rows):
    return sorted(rows, key=lambda row: row[0])
