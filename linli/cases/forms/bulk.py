"""What may be done to several ticked cases at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from linli.cases.models import Case
from linli.cases.queries.kinds import kind_of
from linli.cases.rules.offering import Stand, move_back, moves_open_to
from linli.cases.types.acting import MERGE, UNMERGE
from linli.cases.types.kinds import Ask, CaseMove
from linli.kernel.permits import Actor


@dataclass(frozen=True, slots=True)
class Choice:
    """A move that at least one of the ticked cases may make, and how many of them."""

    name: str
    title: str
    move: CaseMove[Any]
    count: int

    @property
    def asks(self) -> tuple[Ask, ...]:
        return self.move.asks


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
            known = found.get(move.name)
            found[move.name] = Choice(
                move.name, str(move.title), _shared(move, known), known.count + 1 if known else 1
            )
    return sorted(found.values(), key=lambda one: -one.count)


def _shared(move: CaseMove[Any], known: Choice | None) -> CaseMove[Any]:
    """A move of several kinds stands on grounds that all of them have."""
    if known is None:
        return move
    return replace(move, grounds=tuple(one for one in known.move.grounds if one in move.grounds))


def undo_of(name: str, moved: Sequence[tuple[Case, str]]) -> str:
    """Return the move that takes back what was done to all of these (case, state before), or none."""
    backs = set()
    for case, before in moved:
        kind = kind_of(case.kind, case.version)
        back = move_back(kind, name, before) if name in kind.machine.moves else None
        backs.add(back.name if back else "")
    return backs.pop() if len(backs) == 1 else ""
