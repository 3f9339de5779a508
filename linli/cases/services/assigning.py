"""Handing cases over: offered, accepted or turned down, disputed, taken back, done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linli.cases import permits
from linli.cases.engine.deciding import hand_in
from linli.cases.engine.handing import COMPETENCE, TAKE, begun_with, handing, met_by
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import NotTheLead
from linli.cases.rules import assigning
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Done, Given, Held, To
from linli.cases.types.shapes import AssignmentNow
from linli.cases.types.words import AssignmentRole
from linli.kernel.permits import Actor


def offer(at: At, to: To, *, actor: Actor, now: datetime, note: str = "") -> Done:
    """Offer a part in a case to a post. Refuses with NotAllowed, AlreadyOffered."""

    def build(held: Held, kind: CaseKind) -> Given:
        part = assigning.offered(
            held.standing, to, from_post_id=hand_in(actor, held).post_id, at=now
        )
        clocks = (begun_with(held, TAKE, part, now),) if to.role == AssignmentRole.LEAD else ()
        return Given(parts=(part,), clocks=clocks, internal=_note(note))

    return perform_step(at.wish("offer"), build, permit=permits.DISPATCH, actor=actor, now=now)


def hand_over(at: At, to: To, *, facts: Mapping[str, Any], actor: Actor, now: datetime) -> Done:
    """Offer the lead as routing does, with what it was routed by; an unanswered offer is taken back.

    Refuses with NotAllowed, AlreadyOffered.
    """
    build = handing(to, facts=facts, actor=actor, now=now)
    return perform_step(at.wish("offer"), build, permit=permits.DISPATCH, actor=actor, now=now)


def accept(at: At, number: int, *, actor: Actor, now: datetime) -> Done:
    """Accept what was offered to one's post; a lead takes over. Refuses with AlreadyAnswered."""

    def build(held: Held, kind: CaseKind) -> Given:
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

    def build(held: Held, kind: CaseKind) -> Given:
        parts = (assigning.revoked(held.standing, number, now),)
        return Given(parts=parts, clocks=met_by(held, number, now), internal={"reason": reason})

    return perform_step(at.wish("revoke"), build, permit=permits.DISPATCH, actor=actor, now=now)


def finish_part(at: At, number: int, *, note: str, actor: Actor, now: datetime) -> Done:
    """Say that joint work or advice is done. Refuses with AlreadyAnswered."""

    def build(held: Held, kind: CaseKind) -> Given:
        _own(held, number, actor)
        parts = (assigning.finished(held.standing, number, now),)
        return Given(parts=parts, internal=_note(note))

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


def _note(text: str) -> Mapping[str, str] | None:
    return {"note": text} if text.strip() else None
