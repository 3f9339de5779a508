"""One order of the hotline: a case, an addition to its case, or something that waits for a person."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.timezone import localdate

from linli.cases.queries import categories
from linli.cases.queries.accusing import accuses
from linli.cases.queries.conflicts import with_accused
from linli.cases.queries.own_moves import ASK_REOPEN, own_moves, whole_of
from linli.cases.queries.promising import begun_at
from linli.cases.queries.suggesting import covered
from linli.cases.services import following, sent_here
from linli.cases.services.filing import file_report
from linli.cases.services.words import add_words
from linli.cases.types.filing import Added, Contact, Filing, Naming
from linli.cases.types.moves import At
from linli.cases.types.words import Channel
from linli.exchange import permits
from linli.exchange.models import HotlineOrder
from linli.exchange.queries.judging import (
    about_columns,
    accused_by,
    correction_of,
    digest_of,
    is_read_first,
    words_of_cadres,
)
from linli.exchange.queries.orders import orders_of_matter
from linli.exchange.queries.waiting import COLUMN, TABLE, row_of
from linli.exchange.rules.orders import joined
from linli.exchange.states import OrderState
from linli.exchange.types.orders import WAITS, Fate, Judged, OrderRow
from linli.kernel.permits import NOBODY, Actor, open_to_all, require
from linli.kernel.sealing import seal
from linli.places import queries as places

# so that an order is one case, whoever brings it in
ROOM = UUID("3c1f6a52-9d1b-4f35-8d27-0c0a31323334")
NEW = frozenset({Fate.NEW, *WAITS})


def take_order(
    one: Judged, *, path: str, sender: str, by_words: bool, actor: Actor, now: datetime
) -> HotlineOrder | None:
    """Take one judged row, in the running transaction; a known one changes what it says anew.

    Refuses with NotAllowed, and as file_report does.
    """
    require(actor, permits.HOTLINE, at=path)
    if one.fate in NEW:
        order = _kept(one, path, sender, now)
        is_placed = one.fate is Fate.NEW or (one.fate is Fate.SUGGESTED and by_words)
        return (
            open_order(order, one.hint.code, one.row, actor=actor, now=now) if is_placed else order
        )
    if one.fate is Fate.KNOWN:
        return None
    order = HotlineOrder.objects.select_for_update(of=("self",)).get(number=one.row.number)
    if order.state == OrderState.WAITING:
        return _replaced(order, one.row, localdate(now))
    if order.case_id is None:
        # somebody led it away since the row was judged
        return order
    return _changed(order, one, At(order.case_id), actor, now)


def _kept(one: Judged, path: str, sender: str, now: datetime) -> HotlineOrder:
    row = one.row
    order = HotlineOrder.objects.create(
        number=row.number, path=path, sender=sender, state=OrderState.WAITING,
        digest=digest_of(row), sent_at=row.sent_at, due_at=row.due_at, came_at=now, fate=one.fate,
        hint=one.hint.code, words=" ".join(one.hint.words)[:80], **with_accused({}, one.about),
    )  # fmt: skip
    return _sealed(order, row)


def _sealed(order: HotlineOrder, row: OrderRow) -> HotlineOrder:
    told = json.dumps(dataclasses.asdict(row), ensure_ascii=False, default=_plain)
    order.row = seal(told, table=TABLE, column=COLUMN, row=order.pk)
    order.save(update_fields=["row"])
    return order


def _plain(value: Any) -> str:
    return str(value.isoformat())


def open_order(
    order: HotlineOrder, place: str, row: OrderRow, *, actor: Actor, now: datetime
) -> HotlineOrder:
    """Open the case of an order at a place, with the caller sealed and the hotline's last moment.

    Refuses with NotAllowed, and as file_report does.
    """
    require(actor, permits.HOTLINE, at=places.path_of(place) or "")
    filed = file_report(_filing(row, place, now), actor=NOBODY, now=now)
    if row.due_at is not None:
        sent_here.set_last_moment(At(filed.case_id), row.due_at, actor=actor, now=now)
    order.case_id, order.state, order.row = filed.case_id, OrderState.TAKEN, None
    order.save(update_fields=["case", "state", "row"])
    return order


def _filing(row: OrderRow, place: str, now: datetime) -> Filing:
    contact = Contact(row.name, row.phone)
    named = Naming.WITHHELD if row.is_withheld else Naming.NAMED
    return Filing(
        text=covered(row.text, row.phone),
        channel=Channel.HOTLINE,
        place=place,
        where=row.address,
        matter=row.matter,
        category_id=_category(row.category, now),
        contact=contact,
        naming=named if row.name or row.phone else Naming.ANONYMOUS,
        # whoever took the call wrote them down for the office
        numbers_meant=True,
        uuid=uuid5(ROOM, row.number),
    )


def _category(words: str, now: datetime) -> int | None:
    """A category is set where the list names one of ours; else rules and people find it."""
    if not words:
        return None
    found = [
        one.pk
        for one in categories.in_use(localdate(now))
        if words in (one.title, one.title_en, one.code)
    ]
    return found[0] if len(found) == 1 else None


def _replaced(order: HotlineOrder, newest: OrderRow, on: date) -> HotlineOrder:
    """An order that waits still: the newest list holds; whom either accuses does not see it."""
    row = joined(row_of(order), newest)
    order.digest, order.due_at = digest_of(row), row.due_at
    if is_read_first(row):
        order.fate = Fate.LOOK
    path = places.path_of(order.hint) if order.hint else None
    accused = accused_by(row, path or order.path, on, words_of_cadres(on))
    about = with_accused(about_columns(order), accused)
    for name, value in about.items():
        setattr(order, name, value)
    order.save(update_fields=["digest", "due_at", "fate", *about])
    return _sealed(order, row)


def _changed(order: HotlineOrder, one: Judged, at: At, actor: Actor, now: datetime) -> HotlineOrder:
    row = one.row
    if order.digest != digest_of(row):
        order.needs_look = _say_anew(order, one, at, now)
        order.digest = digest_of(row)
    if one.fate is Fate.AGAIN:
        # its new day counts once the case is taken up again
        order.due_at = row.due_at
    elif row.due_at and row.due_at != order.due_at and one.fate is Fate.CHANGED:
        _follow_day(order, row.due_at, actor, now)
        order.due_at = row.due_at
    # also for what is asked to be taken up again: somebody will call
    sent_here.correct_contact(at, correction_of(row), actor=actor, now=now)
    order.save(update_fields=["digest", "due_at", "needs_look"])
    return order


def _say_anew(order: HotlineOrder, one: Judged, at: At, now: datetime) -> bool:
    """Add what an order says anew to its case; say whether a person has to look at it."""
    assert order.case is not None
    text, moves = covered(one.row.text, one.row.phone), own_moves(order.case, now)
    # what accuses an official is nothing to say in a case that only follows another: a person reads it (AP-07)
    is_own_matter = order.case.merged_into_id is not None and accuses(text)
    if one.fate is Fate.CHANGED and moves & {"add", "add_words"} and not is_own_matter:
        added = Added(text, is_correction=True, numbers_meant=True)
        following.add_to_report(at, added, actor=NOBODY, now=now)
        return False
    if one.fate is Fate.AGAIN and ASK_REOPEN in moves and not is_own_matter:
        following.ask_to_reopen(at, text, actor=NOBODY, now=now)
    else:
        add_words(at, text, actor=NOBODY, now=now, facts={"correction": 1})
    return True


def _follow_day(order: HotlineOrder, due_at: datetime, actor: Actor, now: datetime) -> None:
    """Let what is handled run by the order's new day; of several orders that it is the same as, by the first.

    The day of another counts unless it was over before this round of the case began.
    """
    assert order.case is not None
    whole = whole_of(order.case) or order.case
    others = orders_of_matter(whole.pk).exclude(pk=order.pk).filter(due_at__isnull=False)
    begun = begun_at(whole.pk, sent_here.CLOCK)
    if begun is not None:
        others = others.filter(due_at__gt=begun)
    days = [day for day in others.values_list("due_at", flat=True) if day is not None]
    sent_here.follow_last_moment(At(whole.pk), min([due_at, *days]), actor=actor, now=now)


@open_to_all(
    "the job that follows a case taken up again; the list that named the day was asked for its permit"
)
@transaction.atomic
def renew_last_moment(case_id: int, *, actor: Actor, now: datetime) -> bool:
    """Give a case that was taken up again the hotline's last moment, if one is still to come.

    Of several orders that are the same the first day counts. Safe to run again.
    """
    found = orders_of_matter(case_id).filter(due_at__gt=now).select_for_update(of=("self",))
    # locked in one order by whoever does
    orders = sorted(found.select_related("case").order_by("pk"), key=lambda one: one.due_at or now)
    if not orders or orders[0].case is None:
        return False
    first, part = orders[0], orders[0].case
    whole = part if part.pk == case_id else whole_of(part)
    if whole is None:
        return False
    at = At(case_id, key=uuid5(ROOM, f"{first.number} last {whole.cycle}"))
    return sent_here.follow_last_moment(at, first.due_at, actor=actor, now=now) is not None
