"""What happened to places, for the apps above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PlacesChanged:
    """Places merged, split, were renamed or moved. `old` and `new` are place ids."""

    change_id: int
    kind: str
    effective_on: date
    old: tuple[int, ...]
    new: tuple[int, ...]


@dataclass(frozen=True)
class CellsEnded:
    """A cell of a layer ended, or with an empty `code` all of them with the layer."""

    layer_id: int
    code: str


@dataclass(frozen=True)
class PathsChanged:
    """A subtree hangs elsewhere: rows that carry its path must follow, in a job."""

    old_path: str
    new_path: str
