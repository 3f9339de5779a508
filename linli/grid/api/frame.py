"""What the addresses of this API share."""

from __future__ import annotations

from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, Permit


def require_any(actor: Actor, permit: Permit) -> None:
    """Refuse with NotAllowed whoever holds a permit nowhere."""
    if not actor.is_system and not actor.paths(permit):
        raise NotAllowed(permit=permit.name, at="")
