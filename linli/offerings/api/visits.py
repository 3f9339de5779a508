"""Free times and visits over the API: read and booked by everybody, kept and missed by who serves."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from linli.kernel.api import Moment, PagedIn, Plain, listed, plain
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.forms.visits import BookForm
from linli.offerings.queries import slots, windows
from linli.offerings.queries import visits as queries
from linli.offerings.queries.called_off import called_off
from linli.offerings.queries.item_versions import refuse_unknown
from linli.offerings.queries.next_times import next_times
from linli.offerings.rules.window_groups import group_of
from linli.offerings.services import serving, visits
from linli.offerings.types.visits import BOOKS, LOOKS, Purpose, Way, WindowGroup, Wish
from linli.orgs.queries import code_of
from linli.runtime.types import account_or_address, client_address, is_fresh, limited

if TYPE_CHECKING:
    from linli.offerings.models import Appointment

router = Router()
MOST_DAYS = 31


class SlotOut(Schema):
    """A free time. `kept` names for whom it is kept until it is near: nobody, phone, counter."""

    window: int
    window_name: str
    starts_at: datetime
    ends_at: datetime
    kept: str


class WindowGroupOut(Schema):
    """Windows that do the same, by their ids; `items` are keys of what they do, none means everything."""

    windows: list[int]
    name: str
    name_en: str
    items: list[str]


class SlotsOut(Schema):
    """Free times, and by `groups` what the windows of the centre do."""

    groups: list[WindowGroupOut]
    count: int
    items: list[SlotOut]
    next: str | None


class SlotsIn(PagedIn):
    """`since` is the first day, today if it is left out; `days` at most 31. For what one comes: `item` is its
    key, `group` any window that does it; neither means every window."""

    centre: str
    since: date | None = None
    days: int = 7
    item: str = ""
    group: int | None = None


class BookSlotIn(Plain):
    """`window` and `starts_at` of a free time; `way` is online for oneself, phone and counter are for who serves.

    The text message with the code goes to `phone`.
    """

    window: int
    starts_at: Moment
    item: str = Field(default="", description="The key of the item one comes for.")
    name: str = ""
    phone: str = ""
    way: str = "online"


class SlotMoveIn(Schema):
    """Another free time of the same centre."""

    window: int
    starts_at: Moment


class NextTimeOut(Schema):
    """A free time at a window that does what a visit is for."""

    window: int
    starts_at: datetime
    ends_at: datetime


class BookedVisitOut(Plain):
    """A visit as whoever has its code sees it: nothing of the person.

    Of one that the office cancelled: its `note` for the public, and whether the closing was taken back since.
    """

    code: str
    centre: str
    window: int
    window_number: str
    starts_at: datetime
    ends_at: datetime
    state: str
    way: str
    item: str
    why: str
    note: str
    is_reopened: bool
    moves: int


@router.get("/slots/", response=SlotsOut)
def list_slots(request: Request, asked: Query[SlotsIn]) -> dict[str, Any]:
    """Free times of a centre, earliest first, of the windows for an item or of one group."""
    now = timezone.now()
    today = localdate(now)
    centre = windows.centre_called(asked.centre, today)
    if not 1 <= asked.days <= MOST_DAYS:
        raise Invalid({"days": [f"1 to {MOST_DAYS}"]})
    refuse_unknown(asked.item, centre.path, today)
    serves = request.actor.may(permits.SERVE, at=centre.path)
    groups = windows.groups_of(windows.windows_of(centre.pk))
    days = slots.free_days(
        centre.pk, centre.path, max(asked.since or today, today), asked.days,
        purpose=_purpose(asked, groups), way=Way.PHONE if serves else Way.ONLINE, now=now,
    )  # fmt: skip
    found = [one for day in days for one in day.times]
    names = {pk: one.name for one in groups for pk in one.windows}
    page = page_of_rows(
        found, lambda one: f"{one.window_id} {one.starts_at.isoformat()}", cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    told = [plain(one, "windows", "name", "name_en", "items") for one in groups]
    return {"groups": told, **listed(page, items=[
        {"window": one.window_id, "window_name": names.get(one.window_id, ""), "starts_at": one.starts_at, "ends_at": one.ends_at, "kept": str(one.kept)}
        for one in page.items
    ])}  # fmt: skip


def _purpose(asked: SlotsIn, groups: list[WindowGroup]) -> Purpose:
    """Return what a program asks the times for. Refuses with Invalid a group that the centre does not have."""
    if asked.group is None:
        return Purpose(asked.item)
    group = group_of(groups, asked.group)
    if group is None:
        raise Invalid({"group": [_("The centre has no such window.")]})
    return Purpose(asked.item, group.windows)


@router.post("/slots/", response={201: BookedVisitOut})
@limited("offerings.book", BOOKS, account_or_address, counts=is_fresh)
def book_slot(request: Request, given: BookSlotIn) -> Status[dict[str, Any]]:
    """Book a free time; the code that is answered finds, moves and cancels the visit."""
    form = BookForm({"name": given.name, "phone": given.phone})
    form.accepted()
    if given.way not in set(Way):
        raise Invalid({"way": [", ".join(Way)]})
    wish = Wish(given.window, given.starts_at, given.item, get_language() or "zh-hans")
    made = visits.book(
        wish, form.contact, way=Way(given.way), address=client_address(request), actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _shown(made))


@router.get("/visits/{code}/", response=BookedVisitOut)
@limited("offerings.codes", LOOKS, client_address)
def get_visit(request: Request, code: str) -> dict[str, Any]:
    """A visit by its code."""
    return _shown(queries.visit_called(code))


@router.get("/visits/{code}/times/", response=list[NextTimeOut])
@limited("offerings.codes", LOOKS, client_address)
def list_next_times(request: Request, code: str) -> list[dict[str, Any]]:
    """The free times that come next for a visit that the office cancelled, or that is to be moved; `move` takes one."""
    found, now = queries.visit_called(code), timezone.now()
    times = next_times(found, now) if queries.may_move(found, now) else []
    return [
        {"window": one.window_id, "starts_at": one.starts_at, "ends_at": one.ends_at}
        for one in times
    ]


@router.post("/visits/{code}/move", response=BookedVisitOut)
@limited("offerings.codes", LOOKS, client_address)
def move_visit(request: Request, code: str, given: SlotMoveIn) -> dict[str, Any]:
    """Give a visit another time at its centre; one that the office cancelled is booked again."""
    wish = Wish(given.window, given.starts_at)
    visits.move(code, wish, actor=request.actor, now=timezone.now())
    return _shown(queries.visit_called(code))


@router.post("/visits/{code}/cancel", response=BookedVisitOut)
@limited("offerings.codes", LOOKS, client_address)
def cancel_visit(request: Request, code: str) -> dict[str, Any]:
    """Cancel a visit; its time is free at once."""
    visits.cancel(code, actor=request.actor, now=timezone.now())
    return _shown(queries.visit_called(code))


@router.post("/visits/{code}/come", response=BookedVisitOut)
def receive_visit(request: Request, code: str) -> dict[str, Any]:
    """Write down that somebody came, for who serves at the centre."""
    serving.receive(code, actor=request.actor, now=timezone.now())
    return _shown(queries.visit_called(code))


@router.post("/visits/{code}/undo", response=BookedVisitOut)
def undo_visit(request: Request, code: str) -> dict[str, Any]:
    """Take back that somebody came."""
    serving.undo(code, actor=request.actor, now=timezone.now())
    return _shown(queries.visit_called(code))


def _shown(one: Appointment) -> dict[str, Any]:
    columns = ("code", "starts_at", "ends_at", "state", "way", "item", "why", "moves")
    number, centre = windows.sign_of(one.window_id)
    off = called_off(one)
    return {
        **plain(one, *columns), "window": one.window_id, "window_number": number,
        "centre": code_of(centre), "note": off.note, "is_reopened": off.is_over,
    }  # fmt: skip
