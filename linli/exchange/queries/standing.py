"""Whether somebody is at the case of an order: at the one that others reported too, where it is the same as one."""

from __future__ import annotations

from linli.cases.queries.standing_rows import with_standing
from linli.cases.types.kinds import Stage
from linli.exchange.models import HotlineOrder


def is_at_work(order: HotlineOrder) -> bool:
    """Say whether somebody is at its case, or at the one that others reported too."""
    found = with_standing(HotlineOrder.objects.filter(pk=order.pk))
    return getattr(found.first(), "now_stage", "") == Stage.OPEN
