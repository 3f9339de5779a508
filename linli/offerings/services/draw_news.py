"""Who entered a draw is told what came of it."""

from __future__ import annotations

from datetime import datetime

from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings.clients.contacts import ENTRIES, contact_of
from linli.offerings.models import DrawEntry
from linli.offerings.queries.visits import time_words

DRAWN = "offerings.drawn"


@open_to_all("the step of which it tells asked for its own permit")
def tell(entry: DrawEntry, what: str, *, actor: Actor, now: datetime, **more: str) -> None:
    """Tell somebody who entered a draw what came of it, if she left a number."""
    phone, one = contact_of(entry, ENTRIES).phone, entry.round
    if not phone:
        return
    values = {
        "name": one.name, "code": entry.code,
        "when": time_words(entry.visit, entry.language) if entry.visit else "", **more,
    }  # fmt: skip
    about = About(one.path, Link("offerings:entry", (entry.code,)))
    notify.send(
        f"{DRAWN}_{what}", To(phone=phone, language=entry.language), values, actor=actor, now=now,
        about=about,
    )  # fmt: skip
