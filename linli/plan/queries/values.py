"""What indicators said, as far as the reader may know it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from linli.kernel import sql
from linli.kernel.permits import PROTECTED, PUBLIC, Actor
from linli.kernel.registries import INDICATORS
from linli.places import queries as places
from linli.plan import permits
from linli.plan.rules.progress import Count, average_of, percent_of

LATEST = """
SELECT DISTINCT ON (indicator, path) indicator, path, as_of, numerator, denominator,
    evidence_count, level
FROM plan_indicatorvalue
WHERE indicator = ANY(%s) AND path = ANY(%s) AND as_of <= %s
ORDER BY indicator, path, as_of DESC
"""
HISTORY = """
SELECT indicator, path, as_of, numerator, denominator, evidence_count, level
FROM plan_indicatorvalue
WHERE indicator = %s AND path = %s AND as_of <= %s
ORDER BY as_of DESC LIMIT 24
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One value of an indicator at a place."""

    indicator: str
    path: str
    as_of: date
    numerator: int | None
    denominator: int | None
    evidence_count: int
    level: int

    @property
    def count(self) -> Count:
        """Its counts, for rules."""
        return Count(self.numerator, self.denominator, is_average=self.is_average)

    @property
    def is_average(self) -> bool:
        """Whether its indicator says how much there is for each, which is no share."""
        one = INDICATORS.get(self.indicator)
        return one is not None and one.is_average

    @property
    def unit(self) -> str:
        """In what its indicator counts: "percent" for every share."""
        one = INDICATORS.get(self.indicator)
        return "percent" if self.percent is not None or one is None else one.unit

    @property
    def percent(self) -> int | None:
        """Its share, if it has one."""
        return percent_of(self.count)

    @property
    def value(self) -> int | float | None:
        """What it comes to in its unit: a share in whole per cent, an average, else a count.

        A share of nothing is unknown.
        """
        found = average_of(self.count) if self.is_average else self.percent
        if found is None and self.denominator is None:
            return self.numerator
        return found


def may_see_values(actor: Actor, level: int, path: str) -> bool:
    """Whether values of a level may be shown: public ones to all, Party ones by grant alone."""
    if level == PUBLIC:
        return True
    permit = permits.PARTY if level >= PROTECTED else permits.VIEW
    return actor.may(permit, at=path, level=level)


def latest_values(
    actor: Actor, keys: Iterable[str], paths: Sequence[str], on: date
) -> dict[tuple[str, str], Shown]:
    """Return the newest value of each indicator at each place, by (indicator, path)."""
    wanted = sorted(set(keys))
    if not wanted or not paths:
        return {}
    found = sql.rows("plan.latest_values", LATEST, [wanted, list(paths), on], Shown)
    return {
        (one.indicator, one.path): one
        for one in found
        if may_see_values(actor, one.level, one.path)
    }


def trend_of(actor: Actor, key: str, path: str, on: date) -> list[Shown]:
    """Return the last values of an indicator at a place, oldest first."""
    found = sql.rows("plan.trend", HISTORY, [key, path, on], Shown)
    return [one for one in reversed(found) if may_see_values(actor, one.level, one.path)]


def measured_paths(*, with_invented: bool = True) -> list[str]:
    """The places whose values are kept: cities and towns, invented ones too unless left out."""
    every = places.all_places(with_invented=with_invented).filter(level__in=["city", "town"])
    return list(every.order_by("path").values_list("path", flat=True))
