"""What happens in the grid, for its own jobs and the apps above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StormBegan:
    """A flood, typhoon or drought was declared for a place and all below it."""

    storm_id: int
