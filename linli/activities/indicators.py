"""What the plan asks of activities: T20-1, whether people judge what is offered to them."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.activities.queries.outcomes import judged
from linli.kernel.registries import INDICATORS, Evidence, Indicator, Measured

YEAR, SHOWN = timedelta(days=365), 100


def events_judged(path: str, on: date) -> Measured:
    """T20-1: events of a year on which people said how they were ÷ events that are over.

    As long as none is over, the number is unknown.
    """
    found = judged(path, on - YEAR, on, SHOWN)
    if not found.over:
        return Measured(None, None, on)
    told = [
        Evidence(
            _("%(event)s: %(good)s of %(answers)s answers are good")
            % {"event": one.title, "good": one.good, "answers": one.answers},
            reverse("activities:event", args=[one.code]), one.path,
        )
        for one in found.there
    ]  # fmt: skip
    left = [
        Evidence(one.title, reverse("activities:event", args=[one.code]), one.path)
        for one in found.missing
    ]  # fmt: skip
    return Measured(found.answered, found.over, on, told, left)


def register() -> None:
    """Give the plan what it can ask about activities. Called once at start."""
    INDICATORS.add(
        Indicator(
            "T20-1", gettext_lazy("Events that their people judged"), "events", events_judged,
            method=gettext_lazy("Events of a year with at least one answer to how it was ÷ all that are over"),
        )
    )  # fmt: skip
