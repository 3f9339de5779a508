"""The visit of somebody who entered a draw: how she is reached is sealed anew for it."""

from __future__ import annotations

from datetime import datetime

from linli.kernel.ids import public_code
from linli.offerings.clients.contacts import APPOINTMENTS, ENTRIES, as_kept, contact_of
from linli.offerings.models import Appointment, DrawEntry, DrawRound


def visit_for(
    entry: DrawEntry, one: DrawRound, time: tuple[int, datetime, datetime], now: datetime
) -> Appointment:
    """Return the visit of somebody who entered a draw at a time of a window, not saved yet."""
    window_id, starts, ends = time
    code = public_code()
    return Appointment(
        code=code, window_id=window_id, path=one.path, starts_at=starts, ends_at=ends, way=entry.way,
        item=one.item, language=entry.language, made_at=now,
        **as_kept(contact_of(entry, ENTRIES), code, APPOINTMENTS),
    )  # fmt: skip
