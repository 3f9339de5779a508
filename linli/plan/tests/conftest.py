"""Tests that only need the plan find it imported once; two indicators of our own with values."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.furnishing import made_once


def _make_plan() -> None:
    from linli.plan.testing import make_plan

    make_plan()


# the packaged plan is in the database before the first test begins
plan_there = made_once(_make_plan)


@pytest.fixture
def measured() -> Iterator[None]:
    """Two indicators of our own, bound to a Party target and to an open one; values are kept."""
    from linli.kernel.permits import PROTECTED
    from linli.kernel.registries import INDICATORS, Indicator
    from linli.places.testing import make_town
    from linli.plan import services
    from linli.plan.models import Target
    from linli.plan.testing import NOON, SYSTEM, TODAY, make_plan
    from linli.plan.tests.measuring import measure_centres, measure_secret

    make_plan()
    make_town()
    for indicator in (
        Indicator("test.party", "党建", "villages", measure_secret, PROTECTED),
        Indicator("test.open", "公共服务中心覆盖", "percent of villages", measure_centres),
    ):
        INDICATORS.add(indicator)
    for code, key in (("T01-1", "test.party"), ("T12-1", "test.open")):
        target = Target.objects.get(code=code)
        services.bind_target_to_indicator(target, key, actor=SYSTEM, now=NOON)
    services.measure_all(TODAY, actor=SYSTEM, now=NOON, keys=["test.party", "test.open"])
    yield
    for key in ("test.party", "test.open"):
        del INDICATORS._items[key]
