"""A followed report as programs read it."""

from __future__ import annotations

from typing import Any

from linli.cases.queries.following import Followed, Told


def told_of(it: Followed) -> dict[str, Any]:
    """Return what FollowOut says of a report."""
    case, handler = it.case, it.handler
    state, stage, closed_at = it.end
    return {
        "number": case.number, "kind": case.kind, "state": state, "stage": stage,
        "state_words": str(it.state.public), "next_words": str(it.state.next),
        "place": case.path.rstrip("/").rpartition("/")[2], "opened_at": case.opened_at,
        "closed_at": closed_at, "settle_by": it.promise.due_at,
        "settle_on": it.promise.last_day, "is_late": it.promise.is_late,
        "is_provisional": it.promise.is_provisional, "promise": it.promise_words, "moves": sorted(it.moves),
        # where nobody could take it up the day stands by rule alone
        "is_promised": bool(handler and it.stands.is_open and it.promise.due_at),
        "post": handler.post if handler and handler.post else None,
        "phone": handler.phone if handler and handler.phone else None,
        "story": [_step(one) for one in it.story],
        "whole": _whole(it),
    }  # fmt: skip


def _whole(it: Followed) -> dict[str, Any] | None:
    """Where the case stands that this one is the same as, and what the office said of it."""
    case, says = it.into, it.whole_state
    if case is None or says is None:
        return None
    return {
        "state": case.state, "stage": case.stage, "closed_at": case.closed_at,
        "state_words": str(says.public), "next_words": str(says.next),
        "story": [_step(one) for one in it.whole_story],
    }  # fmt: skip


def _step(one: Told) -> dict[str, Any]:
    return {
        "seq": one.seq, "move": one.move, "at": one.at, "state": one.state, "text": one.text,
        "basis": one.basis, "is_by_reporter": bool(one.is_by_reporter),
    }  # fmt: skip
