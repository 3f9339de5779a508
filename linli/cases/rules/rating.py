"""When a matter may be rated, and which ratings count (好差评, 10.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from linli.cases.types.kinds import Ask, CaseKind, CaseMove, Stage
from linli.cases.types.rating import BAD, Way
from linli.cases.types.shapes import Chained

TOLD = (Stage.ANSWERED, Stage.SOLVED, Stage.REFUSED)


def is_ratable(kind: CaseKind, state: str) -> bool:
    """Say whether the reporter was told something: an answer, a result, a refusal, a limit."""
    if not kind.is_rated:
        return False
    if kind.stage(state) in TOLD:
        return True
    moves = [move for move in kind.machine.moves.values() if str(move.target) == state]
    return kind.stage(state) is Stage.ENDED and any(
        isinstance(move, CaseMove) and Ask.PUBLIC in move.asks for move in moves
    )


def told_at(kind: CaseKind, events: Sequence[Chained], cycle: int) -> datetime | None:
    """Return when a cycle came to the state in which it can be rated."""
    came: datetime | None = None
    before = ""
    for event in events:
        step = event.step
        if step.cycle == cycle and step.state != before and is_ratable(kind, step.state):
            came = came if before and is_ratable(kind, before) and came else step.at
        before = step.state
    return came


def does_count(way: Way, *, told: datetime | None, now: datetime, hours: int) -> bool:
    """Say whether a rating counts: given on one's own, and later, not before the handler's eyes."""
    if way is not Way.OWN or told is None:
        return False
    return now >= told + timedelta(hours=hours)


def place_above(path: str) -> str:
    """Return the place that reviews ratings of a place: its town's or the city's; the city its own."""
    parts = path.rstrip("/").split("/")
    return "/".join(parts[: max(1, min(len(parts), 3) - 1)]) + "/"


def is_bad(grade: int) -> bool:
    """Say whether a grade is a bad one, which is always called back."""
    return grade <= BAD
