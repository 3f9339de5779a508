"""The hall's list of items: read in, compared with what is known, decided on by a person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.exchange import permits
from linli.exchange.clients import hall
from linli.exchange.models import HallItem
from linli.exchange.queries.reasons import tidy_reason
from linli.exchange.rules import hall as rules
from linli.exchange.services.linking import advance
from linli.exchange.services.pulling import pull
from linli.exchange.types.connections import System
from linli.exchange.types.hall import Batch, Difference, ListedItem
from linli.kernel import locks
from linli.kernel.errors import Stale
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, open_to_all, require
from linli.trail.services import record


@open_to_all("run by its job alone")
def pull_items(*, actor: Actor, now: datetime) -> int:
    """Read what changed in the hall's list; return how many rows came.

    Nothing of ours changes: what is new, changed or gone waits on the page of differences.
    """
    return pull(
        System.HALL, "items", lambda line, mark: hall.items_after(line, mark, now=now),
        lambda batch: _keep(batch, actor, now), actor=actor, now=now,
    )  # fmt: skip


@transaction.atomic
def _keep(batch: Batch, actor: Actor, now: datetime) -> int:
    locks.hold("exchange.hall_items")
    found, unread = dict[str, ListedItem](), 0
    for raw in batch.rows:
        try:
            one = rules.read_item(raw)
        except rules.NoSense:
            unread += 1
            continue
        # rows of one answer come in any order: the newest version of a code is the one that holds
        if one.code not in found or one.version >= found[one.code].version:
            found[one.code] = one
    known = {row.code: row for row in HallItem.objects.filter(code__in=found)}
    for code, one in found.items():
        _keep_one(known.get(code), one, now)
    advance(System.HALL, "items", batch.mark, unread, actor=actor, now=now)
    return len(batch.rows)


def _keep_one(row: HallItem | None, one: ListedItem, now: datetime) -> None:
    digest = rules.digest_of([one.name, one.version, one.content])
    if row is None:
        row = HallItem(code=one.code, changed_at=now)
    elif one.version < row.version:
        return
    if row.digest != digest:
        row.changed_at = now
    row.version, row.name, row.content, row.digest = (
        one.version,
        one.name,
        dict(one.content),
        digest,
    )
    row.difference = rules.difference_of(row.known_digest, digest, is_valid=one.is_valid)
    row.seen_at = now
    row.save()


@transaction.atomic
def settle_item(
    item: HallItem, key: str, why: str, *, digest: str, actor: Actor, now: datetime
) -> HallItem:
    """Decide on an item of the hall's list: which of ours it is (or none), and why.

    What it says now is known from here on. Refuses with NotAllowed, Stale if the hall changed it
    while somebody was looking, Invalid without a reason.
    """
    item = HallItem.objects.select_for_update().get(pk=item.pk)
    require(actor, permits.CONNECT, at=CITY_PATH)
    if item.digest != digest:
        raise Stale()
    gone = item.difference == Difference.GONE
    item.item_key, item.why, item.difference = (
        "" if gone else key,
        tidy_reason(why),
        Difference.SAME,
    )
    item.known_digest = "" if gone else item.digest
    item.known = {} if gone else rules.known_of(item.name, item.version, item.content)
    item.decided_at, item.decided_by = now, actor.label[:120]
    item.save()
    record("exchange.hall_item_settled", on=item, actor=actor, now=now, place=CITY_PATH,
           code=item.code, key=key)  # fmt: skip
    return item
