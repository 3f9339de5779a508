"""Who stamps: never whoever applied, where somebody else keeps the seal too."""

from __future__ import annotations

from datetime import datetime

from linli.documents import permits
from linli.documents.models import SealUse
from linli.documents.rules.papers import place_parts
from linli.kernel.permits import Actor
from linli.kernel.registries import OTHERS_MAY


def is_for_another_keeper(actor: Actor, use: SealUse, *, now: datetime) -> bool:
    """Say whether a stamping is not the actor's, since she applied and another keeper is there."""
    if actor.account_id is None or use.account_id != actor.account_id:
        return False
    # a group or a building has no seal of its own: its village's is meant
    city, town, village = place_parts(use.place)
    at = f"{city}/{town}/{village}/" if village else use.place
    return bool(OTHERS_MAY.call(permits.KEEP_SEAL, at, actor.account_id, now=now))
