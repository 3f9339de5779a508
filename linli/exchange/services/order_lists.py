"""Lists of hotline orders: handed in, their columns named, checked without a trace, taken, or dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from linli.exchange import permits
from linli.exchange.clients.order_files import OrderSheet, read_orders
from linli.exchange.errors import ColumnsMissing, ListGone
from linli.exchange.models import OrderList, OrderSender
from linli.exchange.queries.lists import Shown, lines_of, may_see_list
from linli.exchange.rules import orders as rules
from linli.exchange.states import LIST
from linli.exchange.types.orders import TOLD
from linli.exchange.types.titles import FIELD
from linli.files import queries as stored
from linli.files import services as files
from linli.files.types import MIB, SHEETS, Owner, Policy, Upload
from linli.kernel.errors import NotFound
from linli.kernel.handed_in import ListState
from linli.kernel.permits import VAULT, Actor, open_to_all, require
from linli.places import queries as places
from linli.runtime.services.long_jobs import start_job
from linli.trail.services import record, record_read
from linli.ui.formats import listed

OWNER = "exchange.orders"
POLICY = Policy(SHEETS, 20 * MIB, level=VAULT, keep_days=30)


@transaction.atomic
def receive_list(
    upload: Upload, sender: str, *, place: str, actor: Actor, now: datetime
) -> OrderList:
    """Take a list in from a page; it is kept encrypted until it was taken or dropped.

    Refuses with NotAllowed, NotAList, and as files do.
    """
    require(actor, permits.HOTLINE, at=place)
    found = _new(upload.name or "", sender, place=place, actor=actor, now=now)
    owner = Owner(OWNER, found.pk)
    file = files.take_in(upload, policy=POLICY, owner=owner, place=place, actor=actor, now=now)
    found.file_code, found.file_hash = file.code, file.sha256
    _read_headings(found, content_of(found, actor=actor, now=now))
    return _noted(found, "exchange.list_received", actor, now)


@transaction.atomic
def receive_path(path: Path, sender: str, *, place: str, actor: Actor, now: datetime) -> OrderList:
    """Take a list in from the disk of the server; it stays where it is.

    The same file again continues what was broken off. Refuses with NotAllowed, NotAList, FileRefused.
    """
    require(actor, permits.HOTLINE, at=place)
    files.inspect_path(path, policy=POLICY, actor=actor)
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    broken_off = OrderList.objects.filter(
        file_hash=digest, path=place, state=ListState.RUNNING, file_code=""
    ).last()
    if broken_off is not None:
        return broken_off
    found = _new(path.name, sender, place=place, actor=actor, now=now)
    found.file_hash = digest
    _read_headings(found, read_orders(content))
    return _noted(found, "exchange.list_received", actor, now)


def _new(name: str, sender: str, *, place: str, actor: Actor, now: datetime) -> OrderList:
    if places.path_of(place.rstrip("/").rpartition("/")[2]) != place:
        raise NotFound(place=place)
    return OrderList.objects.create(
        path=place, sender=" ".join(sender.split())[:80] or "12345", file_name=name[:200],
        file_hash="", state=LIST.start, account_id=actor.account_id, made_by=actor.label[:120],
        made_at=now,
    )  # fmt: skip


def _read_headings(found: OrderList, sheet: OrderSheet) -> None:
    known = OrderSender.objects.filter(path=found.path, name=found.sender).first()
    found.headings = sheet.headings
    found.mapping = rules.suggest_columns(sheet.headings, known.columns if known else None)


@open_to_all("a list was found with the rights of who asks, or its file lies on the server's disk")
def content_of(
    found: OrderList, path: Path | None = None, *, actor: Actor, now: datetime
) -> OrderSheet:
    """Return what stands in a list: in the kept copy, or in the file itself. Refuses with ListGone."""
    if path is not None:
        return read_orders(path.read_bytes())
    kept = stored.files_of(Owner(OWNER, found.pk))
    if not kept:
        raise ListGone()
    return read_orders(files.read_content(kept[0], actor=actor, now=now))


def read_lines(found: OrderList, *, actor: Actor, now: datetime) -> Iterator[Shown]:
    """Return every row that was refused or waits, as its list had it; the reading is recorded.

    Refuses with NotAllowed.
    """
    require(actor, permits.HOTLINE, at=found.path)
    with transaction.atomic():
        record_read(on=found, fields=["cells"], actor=actor, now=now, place=found.path)
    return lines_of(actor, found, fates=tuple(TOLD))


@transaction.atomic
def map_columns(
    found: OrderList, mapping: Mapping[str, int], *, actor: Actor, now: datetime
) -> OrderList:
    """Say what each column means; remembered for the next list of the same sender.

    Refuses with NotAllowed, WrongState, ColumnsMissing.
    """
    found = _held(found, actor)
    found.state = LIST.after(found.state, "map_columns")
    known = {f: c for f, c in mapping.items() if f in rules.FIELDS and 0 <= c < len(found.headings)}
    missing = rules.missing_fields(known)
    if missing:
        raise ColumnsMissing(listed(FIELD[field] for field in missing))
    found.mapping, found.counts = known, {}
    found.save(update_fields=["state", "mapping", "counts"])
    columns = rules.remembering(found.headings, known)
    OrderSender.objects.update_or_create(
        path=found.path, name=found.sender, defaults={"columns": columns, "used_at": now}
    )
    return found


@open_to_all("exchange.hotline is required at the place of the list as soon as it is held")
@transaction.atomic
def start_check(found: OrderList, *, actor: Actor, now: datetime) -> OrderList:
    """Queue the dry run: nothing is opened or changed. Refuses with NotAllowed, WrongState."""
    return _queue(found, "check", actor=actor, now=now)


@open_to_all("exchange.hotline is required at the place of the list as soon as it is held")
@transaction.atomic
def start_run(found: OrderList, *, by_words: bool, actor: Actor, now: datetime) -> OrderList:
    """Queue the taking of a checked list.

    `by_words`: who starts it has seen the places that words suggest, and opens the orders there;
    otherwise each waits until somebody looks at it. Refuses with NotAllowed, WrongState.
    """
    return _queue(found, "run", by_words=by_words, actor=actor, now=now)


def _queue(
    found: OrderList, move: str, *, by_words: bool = False, actor: Actor, now: datetime
) -> OrderList:
    found = _held(found, actor)
    after = LIST.after(found.state, move)
    # a run that goes on opens the rest as it opened the first
    found.by_words = by_words if found.state == ListState.CHECKED else found.by_words
    # the check itself writes its result; a run is a run from the moment it waits
    found.state = after if move == "run" else found.state
    job = start_job(
        f"exchange.orders_{move}", params={"list": found.pk}, place=found.path, actor=actor, now=now,
        title=found.file_name,
    )  # fmt: skip
    found.job_code = job.code
    return _noted(found, f"exchange.list_{move}_started", actor, now)


@transaction.atomic
def drop_list(found: OrderList, *, actor: Actor, now: datetime) -> OrderList:
    """Put a list away that is not to be taken; its content is erased. Refuses with NotAllowed, WrongState."""
    found = _held(found, actor)
    found.state, found.ended_at = LIST.after(found.state, "drop"), now
    files.erase_files_of(OWNER, found.pk, reason="dropped", actor=actor, now=now)
    return _noted(found, "exchange.list_dropped", actor, now)


def _held(found: OrderList, actor: Actor) -> OrderList:
    """Return a list held for a step; to whom a row of it accuses it is not there (AP-07)."""
    found = OrderList.objects.select_for_update().get(pk=found.pk)
    require(actor, permits.HOTLINE, at=found.path)
    if not may_see_list(actor, found.pk):
        raise NotFound()
    return found


def _noted(found: OrderList, verb: str, actor: Actor, now: datetime) -> OrderList:
    found.save()
    record(verb, on=found, actor=actor, now=now, place=found.path, file=found.file_hash[:16])
    return found
