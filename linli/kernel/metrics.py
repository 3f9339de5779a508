"""Numbers that are asked of the database whenever the metrics are read: one answer for all processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

GAUGES = CollectorRegistry(auto_describe=False)
Ask = Callable[[], Iterable[tuple[tuple[str, ...], float]]]


class Gauge(Collector):
    """A gauge whose values are asked for; while the database is away it says nothing."""

    def __init__(self, name: str, words: str, ask: Ask, labels: tuple[str, ...] = ()) -> None:
        self.name, self.words, self.ask, self.labels = name, words, ask, labels

    def describe(self) -> Iterable[GaugeMetricFamily]:
        yield self._family()

    def collect(self) -> Iterable[GaugeMetricFamily]:
        family = self._family()
        try:
            for labels, value in self.ask():
                family.add_metric(labels, value)
        except DatabaseError:
            connection.close_if_unusable_or_obsolete()
            return
        yield family

    def _family(self) -> GaugeMetricFamily:
        return GaugeMetricFamily(self.name, self.words, labels=self.labels)


_offered: set[str] = set()


def offer(gauge: Gauge) -> None:
    """Add a gauge to /metrics, once."""
    if gauge.name not in _offered:
        _offered.add(gauge.name)
        GAUGES.register(gauge)
