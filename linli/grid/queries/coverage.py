"""Which villages are cut into cells that somebody looks after, and which have heads (tasks 8 and 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.grid.queries.cells import SOCIAL
from linli.grid.queries.heads import serving
from linli.kernel import sql

CELLS = """
SELECT p.path, count(*),
       count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM grid_cellduty d JOIN orgs_post t ON t.id = d.post_id
            WHERE d.path = p.path AND d.layer_id = c.layer_id AND d.cell_code = c.code
              AND d.role IN ('worker', 'committee', 'deputy')
              AND d.since <= %(on)s AND (d.until IS NULL OR d.until > %(on)s)
              AND (t.closed_on IS NULL OR t.closed_on > %(on)s)))
  FROM places_cell c JOIN places_place p ON p.id = c.place_id
  JOIN places_layer l ON l.id = c.layer_id
 WHERE p.path >= %(path)s AND p.path < %(path)s || '~' AND l.key = %(layer)s
   AND c.valid_from <= %(on)s AND (c.valid_to IS NULL OR c.valid_to > %(on)s)
 GROUP BY p.path
"""


@dataclass(frozen=True, slots=True)
class Covered:
    """Cells of a village on a day, and how many of them a post looks after."""

    cells: int
    looked_after: int


def covered(path: str, on: date) -> dict[str, Covered]:
    """Return each village of a place that has social-service cells, by path; one query."""
    rows = sql.tuples("grid.covered", CELLS, {"path": path, "on": on, "layer": SOCIAL})
    return {str(at): Covered(int(cells), int(held)) for at, cells, held in rows}


def heads_by_village(path: str, on: date) -> dict[str, int]:
    """Return how many heads serve in each village of a place, by path; one query."""
    found: dict[str, int] = {}
    for at in serving(path, on).values_list("path", flat=True):
        found[at] = found.get(at, 0) + 1
    return found
