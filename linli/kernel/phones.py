"""What a phone did without network: whose clock counts, and the key under which it lies sealed there.

Nothing of a phone is kept here. Its key lies with it in a box that only the server opens, for the
account that it was made for; a box that opens no more (its key of the server is gone) is replaced.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import WrongState
from linli.kernel.sealing import KeyMissing, SealBroken, open_sealed, seal

# as many people share one phone at most: each has a box there
MOST_BOXES, MOST_SIGNS = 40, 1000
# clocks that differ by less are right enough: what happened is told by the minute
WRONG = timedelta(minutes=5)
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened as far as one may believe the phone."""

    at: datetime
    is_clock_wrong: bool


def happened(
    phone_at: datetime, *, offset: int | None, drift: int, received_at: datetime
) -> Moment:
    """Return when it happened by the server's clock, and whether the phone's is wrong.

    `drift` is how far the server was ahead when the phone sent, `offset` how far the phone believed
    it to be when it wrote the entry, in seconds: a clock that was set between the two tells nothing
    by `drift`. Nothing happens after it was received.
    """
    known = drift if offset is None else offset
    wrong = max(abs(drift), abs(known)) > WRONG.total_seconds()
    return Moment(min(_moved(phone_at, known, received_at), received_at), wrong)


def _moved(phone_at: datetime, seconds: int, received_at: datetime) -> datetime:
    try:
        return phone_at + timedelta(seconds=seconds)
    except OverflowError:
        return received_at


@dataclass(frozen=True, slots=True)
class Box:
    """A phone's key for one person. `id` names it on the phone, `key` seals there (AES-GCM, 256 bits,
    base64url), `box` is what the phone keeps and shows again."""

    id: str
    key: str
    box: str


class PageIsOld(WrongState):
    """The page on the phone is from before phones kept boxes: it would lose a key that is made for it."""

    code = "page_is_old"
    message = _("This page was renewed. Open it once more while there is network.")


def own_box(page: str, account_id: int, known: Collection[str]) -> Box | None:
    """Return the key of somebody on a phone for one page, of the boxes there the one that is hers; or None."""
    mark = _mark(page, account_id)
    for box in known:
        told = _opened(page, account_id, box) if box.startswith(f"{mark}.") else None
        if told is not None:
            return Box(told["id"], told["key"], box)
    return None


def box_for(
    page: str, account_id: int, known: Collection[str], *, before: tuple[str, str] | None = None
) -> Box:
    """Return the key of somebody on a phone for one page: of the boxes there the one that is hers, or a new one.

    `before` is the id and the key under which her things lie there from before phones kept boxes: the
    new box holds it, and nothing has to be sealed anew.
    """
    found = own_box(page, account_id, known)
    if found is not None:
        return found
    told = before or (secrets.token_urlsafe(9), _new_key())
    made = {"id": told[0], "key": told[1]}
    sealed = seal(json.dumps(made), table="phones", column=page, row=account_id)
    box = f"{_mark(page, account_id)}.{base64.urlsafe_b64encode(sealed).decode()}"
    return Box(made["id"], made["key"], box)


def _mark(page: str, account_id: int) -> str:
    return hashlib.sha256(f"{page}/{account_id}".encode()).hexdigest()[:12]


def _new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _opened(page: str, account_id: int, box: str) -> dict[str, str] | None:
    try:
        sealed = base64.urlsafe_b64decode(box.partition(".")[2].encode())
        told: dict[str, str] = json.loads(
            open_sealed(sealed, table="phones", column=page, row=account_id)
        )
    except (ValueError, KeyMissing, SealBroken):
        return None
    return told
