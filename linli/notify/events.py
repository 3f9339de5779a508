"""What happened to messages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeliveriesQueued:
    """Messages wait to go out by SMS or e-mail, all of them urgent or none."""

    delivery_ids: tuple[int, ...]
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """Somebody does not want messages of a purpose any more."""

    purpose: str
    account_id: int | None
    person_id: int | None
