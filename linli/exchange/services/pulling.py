"""Reading on at another system from where the last time ended, batch after batch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from linli.exchange.clients.wire import Line
from linli.exchange.queries.connections import mark_of
from linli.exchange.rules.going_on import going_on
from linli.exchange.services.linking import over
from linli.exchange.types.connections import System
from linli.exchange.types.hall import Batch
from linli.kernel.permits import Actor, open_to_all

# an other side that always says there is more is left for this time
MOST_BATCHES = 200


@open_to_all("run by jobs alone")
def pull(
    system: System, name: str, ask: Callable[[Line, str], Batch], keep: Callable[[Batch], int],
    *, actor: Actor, now: datetime,
) -> int:  # fmt: skip
    """Ask for what came behind the mark and keep it, until there is no more; return the sum of what `keep` counts.

    `keep` advances the mark in its own transaction: what was kept is not asked for again.
    """
    count, clock = 0, going_on(now)
    for _batch in range(MOST_BATCHES):
        mark = mark_of(system, name)
        batch = over(system, lambda line, mark=mark: ask(line, mark), actor=actor, now=clock())  # type: ignore[misc]
        if batch is None:
            break
        count += keep(batch)
        if not batch.has_more or batch.mark == mark:
            break
    return count
