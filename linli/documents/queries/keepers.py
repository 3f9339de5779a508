"""Who stamps: never whoever applied, where somebody else keeps the seal too."""

from __future__ import annotations

from datetime import datetime

from linli.documents import permits
from linli.documents.models import SealUse
from linli.kernel.permits import Actor
from linli.kernel.registries import OTHERS_MAY


def is_for_another_keeper(actor: Actor, use: SealUse, *, now: datetime) -> bool:
    """Say whether a stamping is not the actor's, since she applied and another keeper is there."""
    if actor.account_id is None or use.account_id != actor.account_id:
        return False
    return bool(OTHERS_MAY.call(permits.KEEP_SEAL, use.place, actor.account_id, now=now))
