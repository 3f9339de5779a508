"""Lists of items: handed in and checked without a trace, taken as drafts, or put away."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.handed_in import ListState
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.clients.item_files import read_sheet
from linli.offerings.errors import NoRowToTake
from linli.offerings.models import ItemList
from linli.offerings.queries.handed_items import fates_of, plain_faults
from linli.offerings.queries.item_lists import CHANGED, MADE, REFUSED, check_items
from linli.offerings.services.item_lists import take_items
from linli.offerings.states import ITEM_LIST
from linli.places import queries as places
from linli.runtime.services.long_jobs import start_job
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

JOB, CODE, STEP, MOST_BYTES = "offerings.take_items", 8, 100, 8 << 20
Say = Callable[[int], None]


@transaction.atomic
def receive_list(
    place: Place, content: bytes, name: str, *, actor: Actor, now: datetime
) -> ItemList:
    """Take a list in and check every row; no item is written yet.

    Refuses with NotAllowed, and with Invalid by `file` for what is no list of items.
    """
    require(actor, permits.WRITE_ITEMS, at=place.path)
    if len(content) > MOST_BYTES:
        raise Invalid({"file": [_("At most %(most)s MB.") % {"most": MOST_BYTES >> 20}]})
    rows = [[row.line, dict(row.data)] for row in read_sheet(content)]
    if not rows:
        raise Invalid({"file": [_("The list has no rows below its headings.")]})
    found = ItemList(
        code=public_code(CODE), path=place.path, file_name=clean_text(name).strip()[-200:] or "-",
        file_hash=hashlib.sha256(content).hexdigest(), rows=rows, account_id=actor.account_id,
        made_by=actor.label[:120], made_at=now,
    )  # fmt: skip
    # the columns are known by their headings: nobody names them
    found.state = ITEM_LIST.after(found.state or ListState.RECEIVED, "map_columns")
    _check(found, place, now)
    found.save()
    record(
        "offerings.item_list_received",
        on=found,
        actor=actor,
        now=now,
        place=found.path,
        rows=len(rows),
    )
    return found


def _check(found: ItemList, place: Place, now: datetime) -> None:
    checked = check_items(place, [data for _line, data in found.rows])
    found.state = ITEM_LIST.after(found.state, "check")
    found.fates, found.faults = fates_of(checked, len(found.rows)), plain_faults(checked)
    found.checked_at = now


def _held(found: ItemList, actor: Actor) -> ItemList:
    found = ItemList.objects.select_for_update().get(pk=found.pk)
    require(actor, permits.WRITE_ITEMS, at=found.path)
    return found


@transaction.atomic
def check_again(found: ItemList, *, actor: Actor, now: datetime) -> ItemList:
    """Check a list anew, after items were changed. Refuses with NotAllowed, WrongState."""
    found = _held(found, actor)
    _check(found, _place_of(found), now)
    found.save(update_fields=["state", "fates", "faults", "checked_at"])
    record("offerings.item_list_checked", on=found, actor=actor, now=now, place=found.path)
    return found


def _place_of(found: ItemList) -> Place:
    return places.open_place(found.path.rstrip("/").rpartition("/")[2])


@transaction.atomic
def start_taking(found: ItemList, *, actor: Actor, now: datetime) -> ItemList:
    """Queue the taking of a checked list, or go on with one that stopped.

    Refuses with NotAllowed, WrongState, NoRowToTake.
    """
    found = _held(found, actor)
    found.state = ITEM_LIST.after(found.state, "run")
    if not {MADE, CHANGED}.intersection(found.fates):
        raise NoRowToTake()
    job = start_job(
        JOB, params={"list": found.code}, place=found.path, actor=actor, now=now, title=found.file_name
    )  # fmt: skip
    found.job_code = job.code
    found.save(update_fields=["state", "job_code"])
    record("offerings.item_list_begun", on=found, actor=actor, now=now, place=found.path)
    return found


def take_list(found: ItemList, *, actor: Actor, now: datetime, say: Say = lambda n: None) -> ItemList:  # fmt: skip
    """Take the good rows of a list as drafts, step by step; after a power cut it goes on where it stood.

    What the check refused stays out; every other row is judged anew, for items may have changed since.
    Refuses with NotAllowed, WrongState.
    """
    require(actor, permits.WRITE_ITEMS, at=found.path)
    place = _place_of(found)
    while True:
        found, is_over = _step(found, place, actor=actor, now=now)
        say(found.taken)
        if is_over:
            return found


@transaction.atomic
def _step(found: ItemList, place: Place, *, actor: Actor, now: datetime) -> tuple[ItemList, bool]:
    found = _held(found, actor)
    found.state = ITEM_LIST.after(found.state, "run")
    numbers = range(found.taken, min(found.taken + STEP, len(found.rows)))
    good = [number for number in numbers if found.fates[number] != REFUSED]
    taken = take_items(place, [found.rows[number][1] for number in good], actor=actor, now=now)
    for at, number in enumerate(good):
        found.fates[number] = taken.fates[at]
        if at in taken.faults:
            found.faults[str(number)] = plain_faults(taken)[str(at)]
    found.taken += len(numbers)
    is_over = found.taken >= len(found.rows)
    if is_over:
        found.state, found.ended_at = ITEM_LIST.after(found.state, "finish"), now
        record("offerings.item_list_taken", on=found, actor=actor, now=now, place=found.path,
               drafts=sum(fate in (MADE, CHANGED) for fate in found.fates))  # fmt: skip
    found.save(update_fields=["state", "fates", "faults", "taken", "ended_at"])
    return found, is_over


@transaction.atomic
def drop_list(found: ItemList, *, actor: Actor, now: datetime) -> ItemList:
    """Put a list away that is not to be taken; its rows go. Refuses with NotAllowed, WrongState."""
    found = _held(found, actor)
    found.state, found.ended_at = ITEM_LIST.after(found.state, "drop"), now
    found.rows, found.fates, found.faults = [], [], {}
    found.save(update_fields=["state", "ended_at", "rows", "fates", "faults"])
    record("offerings.item_list_dropped", on=found, actor=actor, now=now, place=found.path)
    return found
