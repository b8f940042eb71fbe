"""The product's figures for Prometheus, read from the database when they are asked for.

So they are right whatever process answers: no figure is kept in a process of the web. A fixed number of queries, and
nothing in them that belongs to a person: names of services and of sweeps, numbers, seconds.
"""

from collections.abc import Iterator

from django.db.models import Count, Max, Min
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from kazservices import clock, stuck
from kazservices.deadlines.models import Deadline
from kazservices.notices.models import Notice

from .health import last_run
from .manifest import all_manifests
from .sweeps import SWEEPS


def exposition() -> bytes:
    """All figures in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(Figures())
    return generate_latest(registry)


class Figures:
    """Asked at each scrape; its clock is the product's."""

    def collect(self) -> Iterator[Metric]:
        at = clock.now()
        yield from _clocks(at)
        yield from _letters(at)
        yield from _sweeps(at)
        yield _stuck(at)

    def describe(self) -> Iterator[Metric]:
        """Nothing is told beforehand: a registry that asks for it would ask the database."""
        return iter(())


def _clocks(at) -> Iterator[Metric]:
    ours = Deadline.objects.ours().order_by()
    running = ours.running().filter(conditional=False)
    told = (
        (GaugeMetricFamily, "kaz_clocks_open", "Clocks of ours that run", running),
        (GaugeMetricFamily, "kaz_clocks_due", "Clocks of ours that run past their due moment", running.late(at)),
        (CounterMetricFamily, "kaz_clocks_missed", "Breaches in the register", ours.breaches()),
    )
    for kind, name, said, rows in told:
        counted = dict(rows.values_list("service").annotate(number=Count("pk")))
        figure = kind(name, said, labels=["service"])
        for service in sorted({manifest.code for manifest in all_manifests()} | set(counted)):
            figure.add_metric([service], counted.get(service, 0))
        yield figure


def _letters(at) -> Iterator[Metric]:
    found = Notice.objects.unsent().aggregate(number=Count("pk"), oldest=Min("owed_at"), attempts=Max("attempts"))
    age = (at - found["oldest"]).total_seconds() if found["oldest"] else 0
    yield GaugeMetricFamily("kaz_outbox_letters", "Copies of letters that have not left", found["number"])
    yield GaugeMetricFamily("kaz_outbox_oldest_seconds", "For how long the oldest of them has been owed", age)
    attempts = found["attempts"] or 0
    yield GaugeMetricFamily("kaz_outbox_attempts", "The most attempts that one of them has taken", attempts)


def _sweeps(at) -> Iterator[Metric]:
    """What has never ended has no figures: its absence is the alarm."""
    ended = GaugeMetricFamily("kaz_sweep_finished_seconds", "When the sweep ended last", labels=["sweep"])
    age = GaugeMetricFamily("kaz_sweep_age_seconds", "How long ago that is, by the product's clock", labels=["sweep"])
    lasted = GaugeMetricFamily("kaz_sweep_duration_seconds", "How long its last run took", labels=["sweep"])
    for name in SWEEPS:
        if run := last_run(name):
            ended.add_metric([name], run.finished_at.timestamp())
            age.add_metric([name], (at - run.finished_at).total_seconds())
            lasted.add_metric([name], (run.finished_at - run.started_at).total_seconds())
    return iter((ended, age, lasted))


def _stuck(at) -> Metric:
    """The list of stuck work as numbers: what is given up waits for an operator, and nothing else will move it."""
    figure = GaugeMetricFamily("kaz_stuck_work", "Rows that do not succeed", labels=["work", "standing"])
    for kind in stuck.kinds():
        for standing, number in zip(("given_up", "failing"), kind.counts(at), strict=True):
            figure.add_metric([kind.code, standing], number)
    return figure
