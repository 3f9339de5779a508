"""How much of plan hangs on a place: what a merge of places previews."""

from __future__ import annotations

from linli.plan.models import FundingLine, Pilot, Practice, Report, TownPlan, Visit


def work_at(place_id: int) -> int:
    """Count pilots, cards, visits and funding lines at a place."""
    tables = (Pilot, Practice, Visit, FundingLine)
    return sum(table.objects.filter(place_id=place_id).count() for table in tables)


def filings_at(place_id: int) -> int:
    """Count what a town filed: it stays on record under the town that filed it."""
    return sum(t.objects.filter(place_id=place_id).count() for t in (TownPlan, Report))
