"""Draws for scarce dates over the API: read, entered and followed by everybody, without an account."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from ninja import Query, Router, Schema, Status

from linli.kernel.api import PagedIn, named_as_sent, paged, plain
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.forms.visits import BookForm
from linli.offerings.queries import rounds as queries
from linli.offerings.queries import windows
from linli.offerings.queries.visits import UNBOOKED
from linli.offerings.services import draw_offers, drawing, rounds
from linli.offerings.types.visits import BOOKS, LOOKS, Way
from linli.orgs.queries import code_of
from linli.runtime.types import (
    account_or_address,
    came_at,
    client_address,
    in_line,
    is_fresh,
    limited,
)

if TYPE_CHECKING:
    from linli.offerings.models import DrawEntry, DrawRound

router = Router()


class DrawsIn(PagedIn):
    """`centre` is the code of a service centre."""

    centre: str


class DrawOut(Schema):
    """A draw: what was promised before (`commitment`), the closed list (`list_hash`), the file once it is made.

    `days` are those from first to last on which a window is open: only these can be wished."""

    code: str
    centre: str
    name: str
    item: str
    state: str
    first: date
    last: date
    days: list[date]
    takes_until: datetime
    kept_phone: int
    kept_counter: int
    public: str
    commitment: str
    list_hash: str
    entries: dict[str, int]
    file: str | None


class DrawsOut(Schema):
    count: int
    items: list[DrawOut]
    next: str | None


class EnterIn(Schema):
    """One to three days of the draw, the best first. `way` is online for oneself; phone and counter for who serves."""

    wishes: list[date]
    name: str = ""
    phone: str = ""
    way: str = "online"


class OfferOut(Schema):
    """A date that fell free and may be taken `until` then; afterwards it goes to the next in line."""

    starts_at: datetime
    ends_at: datetime
    until: datetime | None


class EntryOut(Schema):
    """An entry as whoever has its code sees it; `sign` stands in the published list, `visit` is what was won."""

    code: str
    sign: str
    draw: str
    wishes: list[str]
    way: str
    withdrawn: bool
    place: int | None
    visit: str | None
    offer: OfferOut | None


@router.get("/draws/", response=DrawsOut)
def list_draws(request: Request, asked: Query[DrawsIn]) -> dict[str, Any]:
    """The draws of a centre, the latest first."""
    centre = windows.centre_called(asked.centre, localdate())
    return paged(queries.rounds_of(centre.pk), queries.LATEST, asked, _draw)


@router.get("/draws/{code}/", response=DrawOut)
def get_draw(request: Request, code: str) -> dict[str, Any]:
    """A draw by its code."""
    return _draw(queries.round_called(code))


@router.post("/draws/{code}/entries/", response={201: EntryOut})
@in_line
@limited("offerings.draws", BOOKS, account_or_address, counts=is_fresh)
def enter_draw(request: Request, code: str, given: EnterIn) -> Status[dict[str, Any]]:
    """Enter a draw; the code that is answered follows the entry and takes it back."""
    form = BookForm({"name": given.name, "phone": given.phone})
    form.accepted()
    if given.way not in set(Way):
        raise Invalid({"way": [", ".join(Way)]})
    # the page asks for the best wish first; here they are one list
    with named_as_sent({"first_wish": "wishes"}):
        made = rounds.enter(
            queries.round_called(code), [on.isoformat() for on in given.wishes], form.contact,
            way=Way(given.way), language=get_language() or "zh-hans", actor=request.actor,
            now=came_at(request),
        )  # fmt: skip
    return Status(201, _entry(made))


@router.get("/draws/entries/{code}/", response=EntryOut)
@limited("offerings.codes", LOOKS, client_address)
def get_entry(request: Request, code: str) -> dict[str, Any]:
    """An entry by its code: what came of it."""
    return _entry(queries.entry_called(code))


@router.post("/draws/entries/{code}/withdraw", response=EntryOut)
@limited("offerings.codes", LOOKS, client_address)
def withdraw_entry(request: Request, code: str) -> dict[str, Any]:
    """Take an entry back while entries are taken."""
    return _entry(rounds.withdraw(code, actor=request.actor, now=timezone.now()))


class DrawStepIn(Schema):
    """`value` is the number that was promised to be mixed in, for the draw alone."""

    value: str = ""


@router.post("/draws/{code}/steps/{move}", response=DrawOut)
def step_draw(request: Request, code: str, move: str, given: DrawStepIn) -> dict[str, Any]:
    """Close the list (close), draw, or call off (call-off), for who keeps the windows."""
    one, now, actor = queries.round_called(code), timezone.now(), request.actor
    require(actor, permits.WINDOWS, at=one.path)
    if move == "close":
        one = drawing.close_round(one, actor=actor, now=now)
    elif move == "draw":
        one = drawing.draw_round(one, given.value, actor=actor, now=now)
    elif move == "call-off":
        one = rounds.call_off(one, actor=actor, now=now)
    else:
        raise NotFound()
    return _draw(one)


@router.post("/draws/entries/{code}/take", response=EntryOut)
@limited("offerings.codes", LOOKS, client_address)
def take_offer(request: Request, code: str) -> dict[str, Any]:
    """Take the date that is offered to an entry."""
    draw_offers.take(code, actor=request.actor, now=timezone.now())
    return _entry(queries.entry_called(code))


@router.post("/draws/entries/{code}/pass", response=EntryOut)
@limited("offerings.codes", LOOKS, client_address)
def pass_offer(request: Request, code: str) -> dict[str, Any]:
    """Let the date that is offered to an entry go to the next in line."""
    draw_offers.pass_on(code, actor=request.actor, now=timezone.now())
    return _entry(queries.entry_called(code))


def _draw(one: DrawRound) -> dict[str, Any]:
    columns = (
        "code", "name", "item", "state", "first", "last", "takes_until", "kept_phone",
        "kept_counter", "public", "commitment", "list_hash",
    )  # fmt: skip
    return {
        **plain(one, *columns),
        "centre": code_of(one.centre_id),
        "days": queries.open_days(one),
        "entries": queries.count_entries(one),
        "file": reverse("offerings:draw_file", args=[one.code]) if one.file else None,
    }


def _entry(entry: DrawEntry) -> dict[str, Any]:
    visit = entry.visit
    offer = (
        {**plain(visit, "starts_at", "ends_at"), "until": visit.offered_until}
        if visit is not None and visit.state == "offered"
        else None
    )
    has_it = visit is not None and visit.state not in UNBOOKED
    return {
        **plain(entry, "code", "sign", "wishes", "way"), "draw": entry.round.code,
        "withdrawn": entry.withdrawn_at is not None, "place": queries.place_of(entry),
        "visit": visit.code if visit is not None and has_it else None, "offer": offer,
    }  # fmt: skip
