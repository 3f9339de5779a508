"""From events to where a case stands: the same fold when a step is made and when all is rebuilt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from linli.cases.rules.beside import is_beside
from linli.cases.rules.facts import assignment_from, clock_from
from linli.cases.types.kinds import CaseKind, Stage
from linli.cases.types.shapes import NEVER, AssignmentNow, Chained, Standing
from linli.cases.types.words import AssignmentRole, AssignmentState, ClockState
from linli.kernel.quick import changed

WAITING = (Stage.OPEN, Stage.ANSWERED)


def after(standing: Standing, event: Chained, kind: CaseKind) -> Standing:
    """Return where a case stands after an event."""
    step, facts = event.step, event.step.facts
    clocks = dict(standing.clocks)
    for fact in facts.get("clocks", ()):
        clock = clock_from(fact)
        clocks[clock.cycle, clock.key] = clock
    parts = dict(standing.assignments)
    for fact in facts.get("parts", ()):
        part = assignment_from(fact)
        parts[part.number] = part
    is_open = is_waiting(kind, step.state)
    return changed(
        standing,
        state=step.state,
        cycle=step.cycle,
        seq=event.seq,
        head=event.hash,
        opened_at=standing.opened_at or step.at,
        changed_at=step.at,
        closed_at=None if is_open else (standing.closed_at or step.at),
        columns={**standing.columns, **facts.get("set", {})},
        clocks=clocks,
        assignments=parts,
    )


def rebuilt(standing: Standing, events: Iterable[Chained], kind: CaseKind) -> Standing:
    """Return where a case stands after all its events, from nothing."""
    for event in events:
        standing = after(standing, event, kind)
    return standing


def settles(kind: CaseKind, state: str, target: str) -> bool:
    """Say whether a case that goes from one state to another is settled by that: its parts must be, before."""
    is_over = is_waiting(kind, state) and not is_waiting(kind, target)
    return is_over and kind.stage(target) is not Stage.ENDED


def moves_at(kind: CaseKind, state: str) -> frozenset[str]:
    """Return the names of the moves that a case has from where it stands."""
    return frozenset(move.name for move in kind.machine.moves_from(state))


def is_waiting(kind: CaseKind, state: str) -> bool:
    """Say whether somebody still waits for something in a state: it is open or only answered."""
    return kind.stage(state) in WAITING and state not in {str(end) for end in kind.machine.ends}


def head_columns(standing: Standing, kind: CaseKind) -> dict[str, Any]:
    """Return the columns of the head, as the table holds them."""
    due_at, due_clock, unsure = next_due(standing)
    return {
        "state": standing.state,
        "stage": str(kind.stage(standing.state)),
        "is_open": is_waiting(kind, standing.state),
        "cycle": standing.cycle,
        "seq": standing.seq,
        "head": standing.head,
        "opened_at": standing.opened_at,
        "changed_at": standing.changed_at,
        "closed_at": standing.closed_at,
        "due_at": due_at,
        "due_clock": due_clock,
        "is_provisional": unsure,
        **lead_columns(standing.assignments),
        **standing.columns,
    }


def next_due(standing: Standing) -> tuple[datetime, str, bool]:
    """Return the moment, the clock and its certainty of what runs out first of the matter itself."""
    running = [
        (clock.due_at, clock.key, clock.is_provisional)
        for clock in standing.clocks.values()
        if clock.state == ClockState.RUNNING and not is_beside(clock.key)
    ]
    return min(running, default=(NEVER, "", False))


def lead_columns(parts: Mapping[int, AssignmentNow]) -> dict[str, int | None]:
    """Return who leads, and to whom the lead is offered."""
    lead = _first(parts, AssignmentState.ACCEPTED)
    offer = _first(parts, AssignmentState.OFFERED)
    return {
        "lead_org_id": lead.org_id if lead else None,
        "lead_post_id": lead.post_id if lead else None,
        "offered_post_id": offer.post_id if offer else None,
    }


def _first(parts: Mapping[int, AssignmentNow], state: str) -> AssignmentNow | None:
    found = [p for p in parts.values() if p.role == AssignmentRole.LEAD and p.state == state]
    return max(found, key=lambda part: part.number, default=None)


# a head follows its place when that is moved or merged; events keep where it was
FOLLOWS = ("path", "city_id", "town_id", "village_id")


def different(standing: Standing, again: Standing) -> list[str]:
    """Return the names of what differs between a head and its events."""
    found: list[str] = []
    for name in Standing.__slots__:
        a, b = getattr(standing, name), getattr(again, name)
        if isinstance(a, dict):
            found += [f"{name} {key}" for key in _unequal(a, b)]
        elif a != b:
            found.append(name)
    return found


def _unequal(a: dict[Any, Any], b: dict[Any, Any]) -> list[Any]:
    keys = (a.keys() | b.keys()) - set(FOLLOWS)
    return sorted((key for key in keys if a.get(key) != b.get(key)), key=str)
