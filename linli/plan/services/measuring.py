"""Asking the indicators, so that a board reads rows and nobody counts to show a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from linli.kernel import locks
from linli.kernel.permits import Actor, require
from linli.kernel.registries import INDICATORS, Indicator
from linli.plan import permits, queries
from linli.plan.models import IndicatorValue
from linli.trail.services import record


@transaction.atomic
def measure_all(on: date, *, actor: Actor, now: datetime, keys: Iterable[str] = ()) -> int:
    """Keep what the indicators say of the city and its towns on a day; return how many values.

    The same day asked again replaces its own values. Refuses with NotAllowed.
    """
    locks.hold("plan.measure")
    paths = queries.measured_paths()
    for path in paths:
        require(actor, permits.MANAGE, at=path)
    wanted = [one for one in INDICATORS if not keys or one.key in set(keys)]
    rows = [_value(indicator, path, on, now) for indicator in wanted for path in paths]
    IndicatorValue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["indicator", "path", "as_of"],
        update_fields=["numerator", "denominator", "evidence_count", "level", "measured_at"],
    )
    record("plan.measured", on=("plan.day", on.isoformat()), actor=actor, now=now, count=len(rows))
    return len(rows)


def _value(indicator: Indicator, path: str, on: date, now: datetime) -> IndicatorValue:
    found = indicator.measure(path, on)
    return IndicatorValue(
        indicator=indicator.key, path=path, as_of=on,
        numerator=found.numerator,
        denominator=found.denominator,
        evidence_count=len(found.evidence), level=indicator.level, measured_at=now,
    )  # fmt: skip
