"""Clocks and assignments as facts of an event, and back; exact, so that heads can be rebuilt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linli.cases.types.shapes import NEVER, AssignmentNow, ClockNow
from linli.kernel.moments import moment, read_moment


def _out(at: datetime | None) -> str | None:
    return None if at is None or at == NEVER else moment(at)


def _in(text: str | None) -> datetime | None:
    return None if text is None else read_moment(text)


def _in_or_never(text: str | None) -> datetime:
    return NEVER if text is None else read_moment(text)


def clock_fact(clock: ClockNow) -> dict[str, Any]:
    """Return a clock as an event tells it."""
    return {
        "key": clock.key,
        "cycle": clock.cycle,
        "state": str(clock.state),
        "unit": str(clock.unit),
        "amount": clock.amount,
        "legal": clock.legal_amount,
        "roll": clock.roll_over,
        "extensions": list(clock.extensions),
        "started": _out(clock.started_at),
        "pauses": [[_out(since), _out(until)] for since, until in clock.pauses],
        "due": _out(clock.due_at),
        "warn": _out(clock.warn_at),
        "next": _out(clock.next_at),
        "warned": clock.is_warned,
        "overdue": clock.is_overdue,
        "provisional": clock.is_provisional,
        "ended": _out(clock.ended_at),
        "law": clock.law,
    }


def clock_from(fact: Mapping[str, Any]) -> ClockNow:
    """Return the clock that an event tells."""
    return ClockNow(
        key=fact["key"],
        cycle=fact["cycle"],
        state=fact["state"],
        unit=fact["unit"],
        amount=fact["amount"],
        legal_amount=fact["legal"],
        roll_over=fact["roll"],
        extensions=tuple(fact["extensions"]),
        started_at=read_moment(fact["started"]),
        pauses=tuple((read_moment(since), _in(until)) for since, until in fact["pauses"]),
        due_at=_in_or_never(fact["due"]),
        warn_at=_in_or_never(fact["warn"]),
        next_at=_in_or_never(fact["next"]),
        is_warned=fact["warned"],
        is_overdue=fact["overdue"],
        is_provisional=fact["provisional"],
        ended_at=_in(fact["ended"]),
        law=fact["law"],
    )


def assignment_fact(part: AssignmentNow) -> dict[str, Any]:
    """Return an assignment as an event tells it."""
    return {
        "number": part.number,
        "role": str(part.role),
        "org": part.org_id,
        "post": part.post_id,
        "state": str(part.state),
        "from": part.from_post_id,
        "rule": part.rule_id,
        "offered": _out(part.offered_at),
        "responded": _out(part.responded_at),
        "ended": _out(part.ended_at),
    }


def assignment_from(fact: Mapping[str, Any]) -> AssignmentNow:
    """Return the assignment that an event tells."""
    return AssignmentNow(
        number=fact["number"],
        role=fact["role"],
        org_id=fact["org"],
        post_id=fact["post"],
        state=fact["state"],
        from_post_id=fact["from"],
        rule_id=fact["rule"],
        offered_at=read_moment(fact["offered"]),
        responded_at=_in(fact["responded"]),
        ended_at=_in(fact["ended"]),
    )
