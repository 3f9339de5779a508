"""Makers of what phones send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from linli.cases.models import Case
from linli.grid.services import events, phones
from linli.grid.services.replaying import replay
from linli.grid.testing import CELL, NOON, make_cell, make_duty, make_worker
from linli.grid.types import Matter, Sight
from linli.grid.types.replay import Batch, Entry, Result
from linli.kernel.permits import Actor
from linli.places.testing import make_village

LAMP = Sight(Matter.FACILITY, "The lamp at building 3 is dark.")


class Phone:
    """One person's queue on one phone."""

    def __init__(self, actor: Actor, device: UUID | None = None) -> None:
        self.actor = actor
        self.code = phones.open_queue(device or uuid4(), (), actor=actor, now=NOON).code
        self.entries: list[Entry] = []

    def does(self, act: str, *, at: datetime = NOON, **more: Any) -> Entry:
        """Let the phone keep one act more."""
        case, base = more.pop("case", ""), more.pop("base_seq", None)
        entry = Entry(len(self.entries) + 1, uuid4(), act, at, more, case, base)
        self.entries.append(entry)
        return entry

    def moves(self, case: Case, move: str, note: str = "") -> Entry:
        """Let the phone move a case as it had seen it."""
        return self.does("move", case=case.number, base_seq=case.seq, move=move, note=note)

    def sends(
        self, entries: Sequence[Entry] | None = None, *, now: datetime = NOON,
        actor: Actor | None = None, drift: int = 0,
    ) -> list[Result]:  # fmt: skip
        """Send entries, all of them unless told otherwise."""
        chosen = tuple(self.entries if entries is None else entries)
        return replay(Batch(self.code, chosen, drift), actor=actor or self.actor, now=now)


def ground():  # type: ignore[no-untyped-def]
    """Return a village with a cell, somebody who works there, and her post."""
    place = make_village()
    make_cell(place)
    worker, post = make_worker(place, is_held=True)
    make_duty(place, post)
    return place, worker, post


def seen(place: Any, worker: Actor, text: str = LAMP.text) -> Case:
    """Return an event that was reported and taken."""
    made = events.report_event(place, CELL, replace(LAMP, text=text), actor=worker, now=NOON)
    case = Case.objects.get(pk=made.case_id)
    events.make_move(at(case), "take", note="", actor=worker, now=NOON)
    case.refresh_from_db()
    return case


def at(case: Case):  # type: ignore[no-untyped-def]
    """Return where a case stands for the next move."""
    from linli.cases.types.moves import At

    return At(case.pk)


def cell_value(place: Any) -> str:
    """Return the cell as a form sends it."""
    return f"{place.code}/{CELL.layer}/{CELL.code}"
