"""Handing cases over: offered, accepted or turned down, disputed, taken back, done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from linli.cases import permits
from linli.cases.engine.handing import COMPETENCE, begun_with, handing, met_by, noted, offering
from linli.cases.engine.many_steps import make_steps
from linli.cases.engine.stepping import perform_step
from linli.cases.engine.trying import Tried
from linli.cases.errors import CaseClosed, NothingOffered, NotTheLead
from linli.cases.rules import assigning
from linli.cases.rules.projecting import is_waiting
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Done, Given, Held, To, Wish
from linli.cases.types.shapes import AssignmentNow
from linli.cases.types.words import AssignmentRole, AssignmentState
from linli.kernel.permits import Actor

OFFERED = AssignmentState.OFFERED


def offer(at: At, to: To, *, actor: Actor, now: datetime, note: str = "") -> Done:
    """Offer a part in a case to a post.

    Refuses with NotAllowed, AlreadyOffered, CaseClosed, NotForThisPost.
    """
    build = offering(to, note=note, actor=actor, now=now)
    return perform_step(at.wish("offer"), build, permit=permits.DISPATCH, actor=actor, now=now)


def offer_many(
    wishes: Sequence[Wish], to: To, *, note: str = "", is_tried: bool, actor: Actor, now: datetime
) -> list[Tried]:
    """Offer the same part in many cases to a post; those that cannot be offered stay as they are.

    `is_tried` only says what would come of it. Each refusal is returned beside its case.
    """
    build = offering(to, note=note, actor=actor, now=now)
    return make_steps(
        wishes, build, permit=permits.DISPATCH, actor=actor, now=now, is_tried=is_tried
    )


def revoke_many(
    wishes: Sequence[Wish], *, reason: str, is_tried: bool, actor: Actor, now: datetime
) -> list[Tried]:
    """Take back the latest offer of each of many cases that nobody answered; as `offer_many`."""

    def build(held: Held, kind: CaseKind) -> Given:
        waiting = [p for p in held.standing.assignments.values() if p.state == OFFERED]
        if not waiting:
            raise NothingOffered()
        return _taken_back(held, max(part.number for part in waiting), reason, now)

    return make_steps(
        wishes, build, permit=permits.DISPATCH, actor=actor, now=now, is_tried=is_tried
    )


def hand_over(at: At, to: To, *, facts: Mapping[str, Any], actor: Actor, now: datetime) -> Done:
    """Offer the lead as routing does, with what it was routed by; an unanswered offer is taken back.

    Refuses with NotAllowed, AlreadyOffered.
    """
    build = handing(to, facts=facts, actor=actor, now=now)
    return perform_step(at.wish("offer"), build, permit=permits.DISPATCH, actor=actor, now=now)


def accept(at: At, number: int, *, actor: Actor, now: datetime) -> Done:
    """Accept what was offered to one's post; a lead takes over.

    Refuses with AlreadyAnswered, CaseClosed.
    """

    def build(held: Held, kind: CaseKind) -> Given:
        if not is_waiting(kind, held.standing.state):
            raise CaseClosed()
        _own(held, number, actor)
        parts = assigning.accepted(held.standing, number, now)
        return Given(parts=parts, clocks=met_by(held, number, now))

    return perform_step(
        at.wish("take"), build, permit=permits.HANDLE, actor=actor, now=now, part=number
    )


def decline(at: At, number: int, *, reason: str, actor: Actor, now: datetime) -> Done:
    """Turn an offer down with a reason; it counts as handed back. Refuses with AlreadyAnswered."""

    def build(held: Held, kind: CaseKind) -> Given:
        part = _own(held, number, actor)
        parts = (assigning.declined(held.standing, number, now),)
        return Given(
            parts=parts,
            clocks=met_by(held, number, now),
            columns=_bounced(held, part),
            internal={"reason": reason},
        )

    return perform_step(
        at.wish("decline"), build, permit=permits.HANDLE, actor=actor, now=now, part=number
    )


def dispute(at: At, number: int, *, reason: str, actor: Actor, now: datetime) -> Done:
    """Say that one's organ is not competent; whoever offered decides in time (AP-03)."""

    def build(held: Held, kind: CaseKind) -> Given:
        part = _own(held, number, actor)
        parts = (assigning.disputed(held.standing, number, now),)
        clocks = (*met_by(held, number, now), begun_with(held, COMPETENCE, part, now))
        return Given(parts=parts, clocks=clocks, internal={"reason": reason})

    return perform_step(
        at.wish("dispute"), build, permit=permits.HANDLE, actor=actor, now=now, part=number
    )


def settle(
    at: At, number: int, *, is_competent: bool, reason: str, actor: Actor, now: datetime
) -> Done:
    """Decide a dispute: the post is competent and has the case, or it was right and gives it back."""

    def build(held: Held, kind: CaseKind) -> Given:
        part = assigning.part_of(held.standing, number)
        clocks, internal = met_by(held, number, now), {"reason": reason}
        if is_competent:
            parts = assigning.accepted(held.standing, number, now)
            return Given(parts=parts, clocks=clocks, internal=internal)
        back = (assigning.declined(held.standing, number, now),)
        return Given(parts=back, clocks=clocks, internal=internal, columns=_bounced(held, part))

    return perform_step(at.wish("settle"), build, permit=permits.DISPATCH, actor=actor, now=now)


def revoke(at: At, number: int, *, reason: str, actor: Actor, now: datetime) -> Done:
    """Take a part back. Refuses with AlreadyAnswered."""
    return perform_step(
        at.wish("revoke"), lambda held, kind: _taken_back(held, number, reason, now),
        permit=permits.DISPATCH, actor=actor, now=now,
    )  # fmt: skip


def _taken_back(held: Held, number: int, reason: str, now: datetime) -> Given:
    parts = (assigning.revoked(held.standing, number, now),)
    return Given(parts=parts, clocks=met_by(held, number, now), internal={"reason": reason})


def finish_part(at: At, number: int, *, note: str, actor: Actor, now: datetime) -> Done:
    """Say that joint work or advice is done. Refuses with AlreadyAnswered."""

    def build(held: Held, kind: CaseKind) -> Given:
        _own(held, number, actor)
        parts = (assigning.finished(held.standing, number, now),)
        return Given(parts=parts, internal=noted(note))

    return perform_step(
        at.wish("finish_part"), build, permit=permits.HANDLE, actor=actor, now=now, part=number
    )


def _own(held: Held, number: int, actor: Actor) -> AssignmentNow:
    """Only the post itself, or who acts for it, answers an offer."""
    part = assigning.part_of(held.standing, number)
    if actor.is_system or part.post_id in actor.posts:
        return part
    raise NotTheLead(number=held.number)


def _bounced(held: Held, part: AssignmentNow) -> Mapping[str, Any]:
    if part.role != AssignmentRole.LEAD:
        return {}
    return {"bounced": int(held.standing.columns.get("bounced", 0)) + 1}
