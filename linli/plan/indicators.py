"""The indicator that plan measures itself: town plans on file (S01)."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy

from linli.kernel.registries import INDICATORS, Evidence, Indicator, Measured
from linli.plan import queries


def town_plans(path: str, on: date) -> Measured:
    """Towns with a plan on file ÷ towns that were asked; unknown where nobody asked."""
    found = queries.filed_towns(path, on)
    if found is None:
        return Measured(None, None, on)
    filed, missing = found
    return Measured(
        len(filed),
        len(filed) + len(missing),
        on,
        [
            Evidence(f"{t.name}：{plan.title}", reverse("plan:filing", args=[plan.pk]), t.path)
            for t, plan in filed
        ],
        [Evidence(t.name, path=t.path) for t in missing],
    )


def register() -> None:
    """Add S01 to the indicators."""
    INDICATORS.add(
        Indicator(
            "S01",
            gettext_lazy("Town plans on file"),
            "percent of towns",
            town_plans,
            method=gettext_lazy(
                "Towns with a plan filed and not returned ÷ towns that were asked for one"
            ),
        )
    )
