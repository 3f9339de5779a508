"""What the grid declares for others: kinds of cases, and what its acts are called in the trail."""

from __future__ import annotations

from linli.grid.kinds import titles
from linli.grid.kinds.event import GRID_EVENT
from linli.kernel.registries import CASE_KINDS, CaseKindEntry


def register() -> None:
    """Called once at start."""
    CASE_KINDS.add(CaseKindEntry(GRID_EVENT.name, GRID_EVENT))
    titles.register()
