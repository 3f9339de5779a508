"""Indicators of reports: in time, solved, and how much better the ratings are than the calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.queries.rates import figures_of
from linli.cases.rules import rates
from linli.cases.types.rates import Figures, Rate
from linli.kernel.paths import code_of
from linli.kernel.permits import STAFF
from linli.kernel.registries import INDICATORS, Evidence, Indicator, Measured
from linli.places import queries as places

# long enough for a share, short enough that what was done since shows
DAYS = 90
LEVELS = ("city", "town", "village")


def in_time(path: str, on: date) -> Measured:
    """Reports ended in time ÷ reports whose time was counted to its end."""
    found = _figures(path, on)
    return _share(found, rates.in_time_rate(rates.summed(found.lines)), on) if found else _none(on)


def solved(path: str, on: date) -> Measured:
    """Solved or refused by rule ÷ answered or ended, without what the rulebook leaves out."""
    found = _figures(path, on)
    if found is None:
        return _none(on)
    whole = rates.summed(found.lines)
    return _share(found, rates.solved_rate(whole, found.period.excludes), on)


def rating_gap(path: str, on: date) -> Measured:
    """Share satisfied by rating less share satisfied by telephone; unknown without either."""
    found = _figures(path, on)
    made = rates.gap(found.heard.rated, found.heard.called) if found else None
    if found is None or made is None:
        return _none(on)
    return Measured(*made, on, _evidence(found))


def _figures(path: str, on: date) -> Figures | None:
    place = places.chain_of(code_of(path))[-1]
    if place.level not in LEVELS:
        return None
    return figures_of(place, on - timedelta(days=DAYS - 1), on)


def _none(on: date) -> Measured:
    return Measured(None, None, on)


def _share(found: Figures, rate: Rate, on: date) -> Measured:
    if not rate.denominator:
        return _none(on)
    return Measured(rate.numerator, rate.denominator, on, _evidence(found))


def _evidence(found: Figures) -> Sequence[Evidence]:
    url = f"{reverse('cases:figures', args=[found.place])}?first={found.first}&last={found.last}"
    rated, called = found.heard.rated, found.heard.called
    words = {"good": rated.numerator, "rated": rated.denominator, "heard": called.denominator}
    return [
        Evidence(_("Figures from %(first)s to %(last)s")
                 % {"first": found.first, "last": found.last}, url),
        Evidence(_("%(good)s of %(rated)s ratings good; %(heard)s reached by telephone") % words, url),
    ]  # fmt: skip


def register() -> None:
    """Add the indicators of reports."""
    INDICATORS.add_all(
        [
            Indicator(
                "cases.in_time", gettext_lazy("Reports settled in time"), "percent of reports",
                in_time, STAFF,
                gettext_lazy("Ended in time ÷ ended with a time that was counted, of 90 days"),
            ),
            Indicator(
                "cases.solved", gettext_lazy("Reports solved"), "percent of reports",
                solved, STAFF,
                gettext_lazy("Solved or refused by rule ÷ answered or ended, of 90 days"),
            ),
            Indicator(
                "cases.rating_gap", gettext_lazy("Ratings better than calls"), "percent",
                rating_gap, STAFF,
                gettext_lazy("Satisfied by rating less satisfied by telephone, of 90 days"),
            ),
        ]
    )  # fmt: skip
