"""One's own shifts over the API, and swaps of shifts: asked, agreed to, or not."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.grid import permits
from linli.grid.queries import watch as queries
from linli.grid.services import swaps, watch
from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request

if TYPE_CHECKING:
    from linli.grid.models import WatchSeat, WatchSwap

router = Router()


class OwnSeatOut(Schema):
    id: int
    team_id: int
    team: str
    post_id: int
    on: date
    shift: str
    part: str


class OwnSeatsOut(Schema):
    count: int
    items: list[OwnSeatOut]
    next: str | None


class SwapOut(Schema):
    """`to_post` is asked to take the shift, in exchange for `back` or for nothing."""

    id: int
    seat: OwnSeatOut
    to_post: int
    back: int | None
    state: str
    asked_at: datetime


class SwapsOut(Schema):
    count: int
    items: list[SwapOut]
    next: str | None


class SwapIn(Schema):
    to_post: int
    back: int | None = None


class AnswerIn(Schema):
    """`move` is agree, refuse or withdraw."""

    move: str


class OffOut(Schema):
    """The shift from which the post was taken."""

    team_id: int
    on: date
    shift: str


def _seat(one: WatchSeat) -> dict[str, Any]:
    return {**plain(one, "id", "team_id", "post_id", "on", "shift", "part"), "team": one.team.name}


def _swap(one: WatchSwap) -> dict[str, Any]:
    return {
        **plain(one, "id", "state", "asked_at"), "to_post": one.to_post_id, "back": one.back_id,
        "seat": _seat(one.seat),
    }  # fmt: skip


@router.get("/watch/seats/", response=OwnSeatsOut)
def list_own_seats(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """The shifts of the caller's posts in the next 60 days."""
    require_somewhere(request.actor, permits.WORK, permits.KEEP)
    rows = list(queries.own_seats(request.actor, localdate()))
    page = page_of_rows(
        rows, lambda one: str(one.pk), cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, _seat)


@router.post("/watch/seats/{int:seat_id}/off", response=OffOut)
def take_off_duty(request: Request, seat_id: int) -> dict[str, Any]:
    """Take a post off duty again, in a shift that is not past."""
    seat = queries.get_seat(request.actor, seat_id)
    told = plain(seat, "team_id", "on", "shift")
    watch.take_off_duty(seat, actor=request.actor, now=timezone.now())
    return told


@router.post("/watch/seats/{int:seat_id}/swap", response={201: SwapOut})
def ask_swap(request: Request, seat_id: int, given: SwapIn) -> Status[dict[str, Any]]:
    """Ask another post to take one's own shift; it stays one's own until its holder agrees."""
    seat = queries.get_seat(request.actor, seat_id)
    back = queries.get_seat(request.actor, given.back) if given.back is not None else None
    made = swaps.ask_swap(
        seat, given.to_post, back=back, actor=request.actor, now=timezone.now()
    )  # fmt: skip
    return Status(201, _swap(queries.get_swap(request.actor, made.pk)))


@router.get("/watch/swaps/", response=SwapsOut)
def list_swaps(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Swaps that wait for an answer of the caller's posts, or that they asked for."""
    require_somewhere(request.actor, permits.WORK, permits.KEEP)
    page = page_of_rows(
        list(queries.swaps_for(request.actor, localdate())), lambda one: str(one.pk),
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, _swap)


@router.post("/watch/swaps/{int:swap_id}/answer", response=SwapOut)
def answer_swap(request: Request, swap_id: int, given: AnswerIn) -> dict[str, Any]:
    """Agree, refuse, or withdraw what one asked oneself; agreed, the shifts change hands."""
    swap = queries.get_swap(request.actor, swap_id)
    swaps.answer_swap(swap, given.move, actor=request.actor, now=timezone.now())
    return _swap(queries.get_swap(request.actor, swap_id))
