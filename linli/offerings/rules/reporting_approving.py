"""Who approves a report: the post that it names, and nobody for it."""

from __future__ import annotations

from typing import Protocol

from linli.kernel.permits import Actor


class Approved(Protocol):
    """A report that names the post which approves it."""

    @property
    def post_id(self) -> int: ...


def may_approve(actor: Actor, task: Approved) -> bool:
    """Say whether the actor holds the post that approves a report, also as deputy (BU-22)."""
    return actor.is_system or task.post_id in actor.posts
