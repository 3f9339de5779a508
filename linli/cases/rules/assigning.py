"""Who has a case: an offer binds nobody until it is accepted, and the clock stays with the sender.

Pure functions from where a case stands to the parts that change; the engine writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from linli.cases.errors import AlreadyAnswered, AlreadyOffered, NoSuchPart
from linli.cases.types.moves import To
from linli.cases.types.shapes import AssignmentNow, Standing
from linli.cases.types.words import LIVE, AssignmentRole, AssignmentState

PENDING = (AssignmentState.OFFERED, AssignmentState.DISPUTED)


def part_of(standing: Standing, number: int) -> AssignmentNow:
    """Return one part by its number. Refuses with NoSuchPart."""
    found = standing.assignments.get(number)
    if found is None:
        raise NoSuchPart(number=number)
    return found


def live(standing: Standing, role: str, states: Iterable[str] = LIVE) -> AssignmentNow | None:
    """Return the part of a role that is in one of these states, the latest if there are several."""
    found = [p for p in standing.assignments.values() if p.role == role and p.state in states]
    return max(found, key=lambda part: part.number, default=None)


def offered(standing: Standing, to: To, *, from_post_id: int | None, at: datetime) -> AssignmentNow:
    """Return a new offer. A lead is offered to one post at a time. Refuses with AlreadyOffered."""
    if to.role == AssignmentRole.LEAD and live(standing, to.role, PENDING):
        raise AlreadyOffered()
    same = [
        p for p in standing.assignments.values() if (p.post_id, p.role) == (to.post_id, to.role)
    ]
    if any(part.state in LIVE for part in same):
        raise AlreadyOffered()
    return AssignmentNow(
        number=max(standing.assignments, default=0) + 1,
        role=to.role,
        org_id=to.org_id,
        post_id=to.post_id,
        state=AssignmentState.OFFERED,
        offered_at=at,
        from_post_id=from_post_id,
        rule_id=to.rule_id,
    )


def handed(
    standing: Standing, to: To, *, from_post_id: int | None, at: datetime
) -> tuple[AssignmentNow, ...]:
    """Return the parts that change when a post is given the lead without being asked first.

    For what an office above orders, or passes on by law: the post can object, not turn it down.
    """
    given = AssignmentNow(
        number=max(standing.assignments, default=0) + 1,
        role=AssignmentRole.LEAD,
        org_id=to.org_id,
        post_id=to.post_id,
        state=AssignmentState.ACCEPTED,
        offered_at=at,
        from_post_id=from_post_id,
        rule_id=to.rule_id,
        responded_at=at,
    )
    return (*let_go(standing, at), given)


def let_go(standing: Standing, at: datetime) -> tuple[AssignmentNow, ...]:
    """Return the parts that change when nobody leads any more: done if accepted, else revoked."""
    return tuple(
        replace(part, state=_ended_as(part), ended_at=at)
        for part in standing.assignments.values()
        if part.role == AssignmentRole.LEAD and part.state in LIVE
    )


def _ended_as(part: AssignmentNow) -> str:
    return (
        AssignmentState.DONE if part.state == AssignmentState.ACCEPTED else AssignmentState.REVOKED
    )


def askers(standing: Standing) -> frozenset[int]:
    """Return the posts that gave the lead of a case to others."""
    found = (p.from_post_id for p in standing.assignments.values() if p.role == AssignmentRole.LEAD)
    return frozenset(post_id for post_id in found if post_id is not None)


def accepted(standing: Standing, number: int, at: datetime) -> tuple[AssignmentNow, ...]:
    """Return the parts that change when an offer is accepted: a lead takes over from the one before.

    Refuses with AlreadyAnswered.
    """
    part = _pending(standing, number)
    now = replace(part, state=AssignmentState.ACCEPTED, responded_at=at)
    before = live(standing, AssignmentRole.LEAD, (AssignmentState.ACCEPTED,))
    if part.role != AssignmentRole.LEAD or before is None:
        return (now,)
    return (replace(before, state=AssignmentState.DONE, ended_at=at), now)


def declined(standing: Standing, number: int, at: datetime) -> AssignmentNow:
    """Return an offer that was turned down. Refuses with AlreadyAnswered."""
    part = _pending(standing, number)
    return replace(part, state=AssignmentState.DECLINED, responded_at=at, ended_at=at)


def disputed(standing: Standing, number: int, at: datetime) -> AssignmentNow:
    """Return an offer whose post says that it is not competent (AP-03). Refuses as `declined`."""
    part = part_of(standing, number)
    if part.state != AssignmentState.OFFERED:
        raise AlreadyAnswered()
    return replace(part, state=AssignmentState.DISPUTED, responded_at=at)


def revoked(standing: Standing, number: int, at: datetime) -> AssignmentNow:
    """Return a part that whoever gave it takes back. Refuses with AlreadyAnswered."""
    part = part_of(standing, number)
    if part.state not in LIVE:
        raise AlreadyAnswered()
    return replace(part, state=AssignmentState.REVOKED, ended_at=at)


def finished(standing: Standing, number: int, at: datetime) -> AssignmentNow:
    """Return a part that was done: joint work, advice given. Refuses with AlreadyAnswered."""
    part = part_of(standing, number)
    if part.state != AssignmentState.ACCEPTED:
        raise AlreadyAnswered()
    return replace(part, state=AssignmentState.DONE, ended_at=at)


def _pending(standing: Standing, number: int) -> AssignmentNow:
    part = part_of(standing, number)
    if part.state not in PENDING:
        raise AlreadyAnswered()
    return part
