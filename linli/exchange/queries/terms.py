"""Until when the hotline may be asked to take an order back, and whether time goes on meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from linli.cases.queries.ground import term_end
from linli.exchange.models import HotlineOrder
from linli.rulebook import queries as rulebook

TERM, STOPS = "hotline.return_apply", "hotline.return_stops_clock"


def ask_until(order: HotlineOrder) -> datetime:
    """Return until when the hotline may be asked to take back an order that has its case."""
    assert order.case is not None, "an order that waits has no place whose rule holds"
    return term_end(TERM, order.case.path, order.came_at)


def stops_clock(path: str, now: datetime) -> bool:
    """Say whether the time to solve stands still at a place while the hotline decides."""
    return rulebook.lookup(STOPS, path, localdate(now)).flag
