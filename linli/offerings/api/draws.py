"""Draws for scarce dates over the API: entered and followed by everybody without an account, announced by who keeps windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from ninja import Query, Router, Status

from linli.kernel.api import named_as_sent, paged, plain
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.api.draw_shapes import (
    DrawOut,
    DrawsIn,
    DrawsOut,
    DrawStepIn,
    EnterIn,
    EntryOut,
    NewDrawIn,
)
from linli.offerings.forms.rounds import RoundForm
from linli.offerings.forms.visits import BookForm
from linli.offerings.queries import rounds as queries
from linli.offerings.queries import windows
from linli.offerings.queries.hall import choices_of_items
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
# the forms of the pages have other names for them; a page asks for the best wish first, here they are one list
SENT_AS = {
    "title": "name", "takes_until": "until", "for_callers": "kept_phone", "for_counter": "kept_counter",
    "first_wish": "wishes",
}  # fmt: skip


@router.get("/draws/", response=DrawsOut)
def list_draws(request: Request, asked: Query[DrawsIn]) -> dict[str, Any]:
    """The draws of a centre, the latest first."""
    centre = windows.centre_called(asked.centre, localdate())
    return paged(queries.rounds_of(centre.pk), queries.LATEST, asked, _draw)


@router.post("/draws/", response={201: DrawOut})
def open_draw(request: Request, given: NewDrawIn) -> Status[dict[str, Any]]:
    """Announce a draw, for who keeps the windows; its days are kept for it from now on."""
    centre = windows.centre_called(given.centre, localdate())
    require(request.actor, permits.WINDOWS, at=centre.path)
    said = given.dict()
    typed = {**said, **{form: said[sent] for form, sent in SENT_AS.items() if sent in said}}
    form = RoundForm(typed, items=choices_of_items(localdate()))
    with named_as_sent(SENT_AS):
        form.accepted()
        made = rounds.open_round(
            centre.pk, centre.path, form.facts, actor=request.actor, now=timezone.now()
        )
    return Status(201, _draw(made))


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
    with named_as_sent(SENT_AS):
        made = rounds.enter(
            queries.round_called(code), [on.isoformat() for on in given.wishes], form.contact,
            way=Way(given.way), language=get_language() or "zh-hans", actor=request.actor,
            now=came_at(request),
        )  # fmt: skip
    return Status(201, entry_said(made))


@router.get("/draws/entries/{code}/", response=EntryOut)
@limited("offerings.codes", LOOKS, client_address)
def get_entry(request: Request, code: str) -> dict[str, Any]:
    """An entry by its code: what came of it."""
    return entry_said(queries.entry_called(code))


@router.post("/draws/entries/{code}/withdraw", response=EntryOut)
@limited("offerings.codes", LOOKS, client_address)
def withdraw_entry(request: Request, code: str) -> dict[str, Any]:
    """Take an entry back while entries are taken."""
    return entry_said(rounds.withdraw(code, actor=request.actor, now=timezone.now()))


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
    return entry_said(queries.entry_called(code))


@router.post("/draws/entries/{code}/pass", response=EntryOut)
@limited("offerings.codes", LOOKS, client_address)
def pass_offer(request: Request, code: str) -> dict[str, Any]:
    """Let the date that is offered to an entry go to the next in line."""
    draw_offers.pass_on(code, actor=request.actor, now=timezone.now())
    return entry_said(queries.entry_called(code))


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
        "file": reverse("offerings:draw_file", args=[one.code])
        if one.state in queries.MADE
        else None,
    }


def entry_said(entry: DrawEntry) -> dict[str, Any]:
    """Return an entry as whoever has its code reads it."""
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
