"""What the addresses of this API share."""

from __future__ import annotations

from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, Permit


def require_any(actor: Actor, *permits: Permit) -> None:
    """Refuse with NotAllowed whoever holds none of these permits anywhere."""
    if not actor.is_system and not any(actor.paths(one) for one in permits):
        raise NotAllowed(permit=permits[0].name, at="")
