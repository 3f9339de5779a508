"""What the load of reports is that villages are asked for by spreadsheet (BU-23): how many, how long, how much filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import STAFF
from linli.kernel.registries import INDICATORS, PLACE_NAMES, Evidence, Indicator, Measured
from linli.offerings.queries import reporting

DAYS = timedelta(days=90)
MOST = 700
Measure = Callable[[str, date], Measured]


def _per_village(number: int) -> Measure:
    """Return how sheets (0) or seconds (1) of 90 days are measured; of no village asked it is unknown."""

    def measure(path: str, on: date) -> Measured:
        asked = reporting.asked_of(path, on - DAYS, on)
        if not asked:
            return Measured(None, None, on)
        names = PLACE_NAMES.call(list(asked))
        told = [
            Evidence(
                _("%(name)s: %(sheets)s reports, %(seconds)s seconds")
                % {"name": names.get(at, at), "sheets": sheets, "seconds": seconds},
                path=at,
            )
            for at, (sheets, seconds) in sorted(asked.items())[:MOST]
        ]  # fmt: skip
        return Measured(sum(one[number] for one in asked.values()), len(asked), on, told)

    return measure


def register() -> None:
    """Give the plan what it can ask about reports. Called once at start."""
    INDICATORS.add_all(
        Indicator(key, title, unit, _per_village(number), STAFF, method, is_average=True)
        for number, (key, title, unit, method) in enumerate((
            ("offerings.reports", gettext_lazy("Reports asked of a village"), "reports per village",
             gettext_lazy("Sheets sent in 90 days ÷ villages that were asked (BU-23)")),
            ("offerings.report_seconds", gettext_lazy("Seconds that reports cost a village"), "seconds per village",
             gettext_lazy("Declared seconds of looking through and of each empty cell, in 90 days ÷ villages that were asked; nobody's time is measured")),
        ))
    )  # fmt: skip
