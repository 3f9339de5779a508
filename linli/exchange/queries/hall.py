"""Reads on the service hall: its list against ours, and applications that were made there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.exchange.models import HallApplication, HallChange, HallItem, Letter
from linli.exchange.queries.connections import NEWEST, in_view, is_connected, one_of, seen
from linli.exchange.rules.hall import changes_of, known_of, read_back, shown
from linli.exchange.states import SentInState
from linli.exchange.types.connection_titles import ITEM_FIELD
from linli.exchange.types.connections import System
from linli.exchange.types.hall import Difference, SentIn
from linli.kernel import sealing, sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import Actor

TABLE, COLUMN = "exchange_hallapplication", "row"
BY_CODE = Keyset("code", ("code", "id"))
FROM_HALL = "SELECT id FROM exchange_hallapplication WHERE case_id = %s"
UNREADABLE = "unreadable"


def visible_sent_in(actor: Actor) -> QuerySet[HallApplication]:
    """Applications of the hall for places where the actor oversees connections."""
    return seen(actor, HallApplication.objects.select_related("case"))


def list_sent_in(
    actor: Actor, view: str, words: str, *, cursor: str | None, limit: int
) -> Page[HallApplication]:
    """Return a page of them, newest first: all, those that wait, or those of one state."""
    found = in_view(visible_sent_in(actor), view)
    if words:
        found = found.filter(Q(number=words) | Q(case__number=words))
    return page_of(found, NEWEST, cursor=cursor, limit=limit)


def get_sent_in(actor: Actor, application_id: int) -> HallApplication:
    """Return one of them. Refuses with NotFound."""
    return one_of(visible_sent_in(actor), application_id)


def content_of(row: HallApplication) -> SentIn | None:
    """Return what an application that waits says; None where it cannot be read, or is not kept."""
    if row.row is None or row.fault == UNREADABLE:
        return None
    return read_back(
        sealing.open_sealed(bytes(row.row), table=TABLE, column=COLUMN, row=row.number)
    )


def can_be_taken(row: HallApplication) -> bool:
    """Say whether an application waits and what it says is here and can be read."""
    return row.state == SentInState.WAITING and row.row is not None and row.fault != UNREADABLE


def hall_number_of(case_id: int) -> str:
    """Return the hall's number of a case, or nothing; nobody is asked where there is no hall."""
    if not is_connected(System.HALL) or not sql.tuples("exchange.from_hall", FROM_HALL, [case_id]):
        return ""
    return str(HallApplication.objects.values_list("number", flat=True).get(case_id=case_id))


def last_letter(system: System, ref: str) -> int:
    """Return the number of the last letter about a matter; 0 where there is none."""
    found = Letter.objects.filter(system=system, ref=ref).order_by("-seq")
    return found.values_list("seq", flat=True).first() or 0


def last_told(system: System, ref: str) -> str:
    """Return the state that the last letter about a matter tells; nothing where there is none."""
    found = Letter.objects.filter(system=system, ref=ref).order_by("-seq").first()
    return str(found.body.get("state", "")) if found else ""


def list_items(view: str, *, cursor: str | None, limit: int) -> Page[HallItem]:
    """Return a page of the hall's list: what a person should look at, or all of it."""
    found = HallItem.objects.all()
    if view == "open":
        found = found.exclude(difference=Difference.SAME)
    elif view:
        found = found.filter(difference=view)
    return page_of(found, BY_CODE, cursor=cursor, limit=limit)


def get_hall_item(item_id: int) -> HallItem:
    """Return an item of the hall's list. Refuses with NotFound."""
    found = HallItem.objects.filter(pk=item_id).first()
    if found is None:
        raise NotFound()
    return found


def key_of_code(code: str) -> str:
    """Return which of our items an item of the hall is, or nothing while nobody has said so."""
    return HallItem.objects.filter(code=code).values_list("item_key", flat=True).first() or ""


def keys_of_codes(codes: Iterable[str]) -> dict[str, HallItem]:
    """Return items of the hall's list by their codes; one query."""
    return {one.code: one for one in HallItem.objects.filter(code__in=set(codes))}


def told_of_day(on: date) -> dict[str, str]:
    """Return the numbers that were made at the hall on a day, each with the last state that it took."""
    start = timezone.make_aware(datetime.combine(on, time()))
    found = HallApplication.objects.filter(
        sent_at__gte=start, sent_at__lt=start + timedelta(days=1)
    )
    numbers = list(found.exclude(number__startswith="?").values_list("number", flat=True))
    told = dict.fromkeys(numbers, "")
    sent = Letter.objects.filter(system=System.HALL, ref__in=numbers, state="sent").order_by("seq")
    told.update({one.ref: str(one.body.get("state", "")) for one in sent})
    return told | _answered_of_day(start)


def _answered_of_day(start: datetime) -> dict[str, str]:
    """Return the steps that were made at the hall on a day, each with the answer that it took."""
    found = HallChange.objects.filter(
        made_at__gte=start, made_at__lt=start + timedelta(days=1), application__gt=""
    )
    numbers = list(found.values_list("number", flat=True))
    told = dict.fromkeys(numbers, "")
    sent = Letter.objects.filter(system=System.HALL, ref__in=numbers, state="sent")
    told.update({one.ref: str(one.body.get("result", "")) for one in sent})
    return told


def waiting_to_be_taken(limit: int) -> list[int]:
    """Return applications that no job has looked at yet: one may have died."""
    found = HallApplication.objects.filter(state=SentInState.WAITING, fault="").order_by("pk")
    return list(found.values_list("pk", flat=True)[:limit])


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an item: what was known when somebody last decided, and what it says now."""

    field: Any
    known: str
    now: str


def changes_in(item: HallItem) -> list[FieldChange]:
    """Return every field of an item of the hall that is not as it was known."""
    now = known_of(item.name, item.version, item.content)
    return [
        FieldChange(ITEM_FIELD[key], was, says) for key, was, says in changes_of(item.known, now)
    ]


def fields_of(item: HallItem) -> list[tuple[Any, str]]:
    """Return what an item of the hall says, field by field."""
    now = known_of(item.name, item.version, item.content)
    return [
        (ITEM_FIELD[key], shown(now[key])) for key in ITEM_FIELD if now.get(key) not in (None, "")
    ]
