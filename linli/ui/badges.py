"""How much waits at each entry of the desk, held for some seconds for whoever looks around.

Every page of the desk shows some twenty counts; counting them anew took a third of the page. Whoever
sends something sees it at once: her own counts are forgotten then. What colleagues do shows within
`HELD_SECONDS`, and on the entry's own page always.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from linli.kernel.permits import Actor
from linli.kernel.registries import DeskEntry

HELD_SECONDS = 10.0
MOST_HELD = 2_000


@dataclass(frozen=True, slots=True)
class _Counted:
    """The counts of one actor: rights and day as they were then."""

    actor: Actor
    on: date
    until: float
    counts: dict[str, int | None] = field(default_factory=dict)


_held: dict[int | None, _Counted] = {}


def counts_of(
    actor: Actor, on: date, entries: Iterable[DeskEntry], *, current: str = ""
) -> dict[str, int | None]:
    """Return the count of each entry by its key; the one of the current page is always new."""
    counts = _of(actor, on).counts
    for entry in entries:
        if entry.key not in counts or entry.key == current:
            counts[entry.key] = entry.count(actor, on) if entry.count else None
    return counts


def _of(actor: Actor, on: date) -> _Counted:
    known, now = _held.get(actor.account_id), time.monotonic()
    if known is not None and now < known.until and (known.actor, known.on) == (actor, on):
        return known
    if len(_held) >= MOST_HELD:
        _held.clear()
    made = _held[actor.account_id] = _Counted(actor, on, now + HELD_SECONDS)
    return made


def forget(account_id: int | None) -> None:
    """Count anew for whoever just sent something."""
    _held.pop(account_id, None)


def look_again() -> None:
    """Count everything anew: for tests, which undo what they wrote."""
    _held.clear()
