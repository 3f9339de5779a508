"""Working through a list of orders: the dry run, and the run that goes on where it was broken off.

Both judge rows in the same way, so that what is promised is what happens.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from linli.cases.queries.conflicts import FIRST, MORE, with_accused
from linli.exchange import permits
from linli.exchange.errors import ListTakenOver
from linli.exchange.models import OrderLine, OrderList
from linli.exchange.queries.judging import Judge
from linli.exchange.queries.lists import CELLS
from linli.exchange.services.order_lists import OWNER, content_of
from linli.exchange.services.taking_orders import take_order
from linli.exchange.states import LIST
from linli.exchange.types.orders import TOLD, Fate, Fault, Judged
from linli.files import services as files
from linli.kernel import locks, sealing, sql
from linli.kernel.errors import Refusal
from linli.kernel.permits import Actor, require
from linli.kernel.tables import Line
from linli.trail.services import record

# orders of one transaction; each opens a case with its clocks, route and jobs
STEP = 50
IDS = (
    "SELECT nextval(pg_get_serial_sequence('exchange_orderline', 'id')) FROM generate_series(1, %s)"
)

Say = Callable[[int], None]


def check_list(
    found: OrderList, *, actor: Actor, now: datetime, path: Path | None = None,
    say: Say = lambda n: None,
) -> OrderList:  # fmt: skip
    """Go through a list without opening anything; every row that is refused or waits is listed.

    Refuses with NotAllowed, WrongState, NotAList, ListGone, and with ListTakenOver if its columns
    were named anew meanwhile.
    """
    require(actor, permits.HOTLINE, at=found.path)
    LIST.after(found.state, "check")
    sheet = content_of(found, path, actor=actor, now=now)
    counts, done = Counter[str](), 0
    with transaction.atomic():
        OrderLine.objects.filter(of=found, is_dry=True).delete()
        for batch in Judge(found.path, found.mapping, localdate(now)).judged(sheet.rows):
            _keep_told(found, batch, is_dry=True)
            counts.update(_counted(batch))
            done += len(batch)
            say(done)
        found = _as_it_stood(found)
        found.state, found.counts = LIST.after(found.state, "check"), dict(counts)
        found.save(update_fields=["state", "counts"])
        record("exchange.list_checked", on=found, actor=actor, now=now, place=found.path,
               rows=counts["rows"], refused=counts["refused"])  # fmt: skip
    return found


def _as_it_stood(found: OrderList) -> OrderList:
    """Hold a list; what was checked must be what stands there."""
    held = OrderList.objects.select_for_update().get(pk=found.pk)
    if held.mapping != found.mapping:
        raise ListTakenOver()
    return held


def take_list(
    found: OrderList, *, actor: Actor, now: datetime, path: Path | None = None,
    say: Say = lambda n: None,
) -> OrderList:  # fmt: skip
    """Take a list, step by step; each step is whole or not there at all.

    Called again after a power cut it goes on behind the last step. Refuses with NotAllowed,
    WrongState, NotAList, ListGone, ListTakenOver.
    """
    require(actor, permits.HOTLINE, at=found.path)
    found = _begun(found)
    sheet = content_of(found, path, actor=actor, now=now)
    judge = Judge(found.path, found.mapping, localdate(now))
    judge.remember(sheet.rows[: found.taken])
    for start in range(0, len(sheet.rows), STEP):
        if start >= found.taken:
            step = sheet.rows[start : start + STEP]
            found = _take_step(found, judge, step, start, actor=actor, now=now)
        say(min(start + STEP, len(sheet.rows)))
    return _finished(found, actor=actor, now=now)


@transaction.atomic
def _begun(found: OrderList) -> OrderList:
    # read behind the lock: what another run finished is not begun again
    found = OrderList.objects.select_for_update().get(pk=found.pk)
    found.state = LIST.after(found.state, "run")
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def _take_step(
    found: OrderList, judge: Judge, step: Sequence[Line], start: int, *,
    actor: Actor, now: datetime,
) -> OrderList:  # fmt: skip
    # two lists with the same number wait for one another, and the later one knows of the earlier
    locks.hold("exchange.orders")
    found = OrderList.objects.select_for_update().get(pk=found.pk)
    if found.taken != start:
        raise ListTakenOver()
    taken = [_taken(found, one, actor, now) for batch in judge.judged(step) for one in batch]
    _keep_told(found, taken, is_dry=False)
    counts = Counter(found.counts if start else {})
    counts.update(_counted(taken))
    found.counts, found.taken = dict(counts), start + len(step)
    found.save(update_fields=["counts", "taken"])
    record("exchange.orders_taken", on=found, actor=actor, now=now, place=found.path,
           rows=len(step), until=found.taken)  # fmt: skip
    return found


def _taken(found: OrderList, one: Judged, actor: Actor, now: datetime) -> Judged:
    """Take one row; what is refused leaves nothing behind and does not stop the others."""
    if one.fate is Fate.REFUSED:
        return one
    try:
        with transaction.atomic():
            take_order(one, path=found.path, sender=found.sender, by_words=found.by_words,
                       actor=actor, now=now)  # fmt: skip
    except Refusal:
        return replace(one, fate=Fate.REFUSED, faults=(Fault("text", "not_taken"),))
    return one


@transaction.atomic
def _finished(found: OrderList, *, actor: Actor, now: datetime) -> OrderList:
    found = OrderList.objects.select_for_update().get(pk=found.pk)
    found.state, found.ended_at = LIST.after(found.state, "finish"), now
    found.save(update_fields=["state", "ended_at"])
    files.erase_files_of(OWNER, found.pk, reason="taken", actor=actor, now=now)
    record("exchange.list_taken", on=found, actor=actor, now=now, place=found.path,
           rows=found.taken)  # fmt: skip
    return found


def _counted(batch: Sequence[Judged]) -> Iterator[str]:
    for one in batch:
        yield "rows"
        yield str(one.fate)
        yield from (f"fault:{fault.code}" for fault in one.faults)


def _keep_told(found: OrderList, batch: Sequence[Judged], *, is_dry: bool) -> None:
    told = [one for one in batch if one.fate in TOLD]
    if not told:
        return
    ids = [row[0] for row in sql.tuples("exchange.line_ids", IDS, [len(told)])]
    texts = [json.dumps(one.cells, ensure_ascii=False) for one in told]
    sealed = sealing.seal_many(texts, table=CELLS[0], column=CELLS[1], rows=ids)
    OrderLine.objects.bulk_create(
        [
            OrderLine(
                pk=pk, of=found, line=one.row.line, is_dry=is_dry, fate=one.fate,
                place=one.hint.code, words=" ".join(one.hint.words)[:80], cells=cells,
                faults=[[fault.field, fault.code] for fault in one.faults],
                **{FIRST: None, MORE: None, **with_accused({}, one.about)},
            )
            for pk, one, cells in zip(ids, told, sealed, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
