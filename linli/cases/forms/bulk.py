"""What may be done to several ticked cases at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linli.cases.models import Case
from linli.cases.queries.kinds import kind_of
from linli.cases.rules.offering import Stand, move_back, moves_open_to
from linli.cases.types.acting import MERGE, UNMERGE
from linli.cases.types.kinds import Ask
from linli.kernel.permits import Actor


@dataclass(frozen=True, slots=True)
class Choice:
    """A move that at least one of the ticked cases may make, and how many of them."""

    name: str
    title: str
    asks: tuple[Ask, ...]
    count: int


def choices_for(actor: Actor, cases: Sequence[Case]) -> list[Choice]:
    """Return the moves that may be made of the cases, the most frequent first."""
    found: dict[str, Choice] = {}
    for case in cases:
        kind = kind_of(case.kind, case.version)
        stand = Stand(case.state, case.path, case.level, case.lead_post_id)
        for move in moves_open_to(actor, kind, stand):
            if move.name in (MERGE, UNMERGE) or Ask.EVIDENCE in move.asks:
                continue
            if getattr(move, "form", ""):
                continue
            count = found[move.name].count + 1 if move.name in found else 1
            found[move.name] = Choice(move.name, str(move.title), move.asks, count)
    return sorted(found.values(), key=lambda one: -one.count)


def undo_of(name: str, moved: Sequence[tuple[Case, str]]) -> str:
    """Return the move that takes back what was done to all of these (case, state before), or none."""
    backs = set()
    for case, before in moved:
        kind = kind_of(case.kind, case.version)
        back = move_back(kind, name, before) if name in kind.machine.moves else None
        backs.add(back.name if back else "")
    return backs.pop() if len(backs) == 1 else ""
