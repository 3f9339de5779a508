"""Homes that are moved in a storm, over the API: masked on the list, in full for who moves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status

from linli.grid import permits
from linli.grid.forms.storms import HomeForm, StrikeForm
from linli.grid.queries import cells
from linli.grid.queries import storms as queries
from linli.grid.services import homes, striking
from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request, own_account_id
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.grid.models import StormHome
    from linli.grid.types.storms import HomeFacts

router = Router()


class HomeOut(Schema):
    """A home on the list; its name is masked, telephone and address are not told.

    `helper_is_closed` where there is work with it and the post of its helper is closed: choose another one.

    `why` says why it was taken off the list, where its state is struck.
    """

    id: int
    village: str
    storm_id: int
    name: str
    people: int
    need: str
    helper_id: int
    helper_is_closed: bool
    shelter_id: int | None
    state: str
    why: str
    edition: int


class OwnHomeOut(HomeOut):
    """A home that one's own post moves, in full."""

    phone: str
    address: str


class OwnHomesOut(Schema):
    count: int
    items: list[OwnHomeOut]
    next: str | None


class HomesOut(Schema):
    count: int
    items: list[HomeOut]
    next: str | None


class HomeIn(Schema):
    """`need` is none, carry, car or power: what the helper must bring, no illness.

    One with the address or telephone of another on the list is refused once; `is_another` says that it is not that one.
    """

    name: str
    phone: str = ""
    address: str
    people: int
    need: str
    helper_id: int
    shelter_id: int | None = None
    is_another: bool = False
    edition: int | None = None


class StrikeIn(Schema):
    why: str
    edition: int | None = None


class RestoreIn(Schema):
    edition: int | None = None


class MarkIn(Schema):
    """`move` is move, stay, return or undo."""

    move: str
    edition: int | None = None


def _home(one: StormHome) -> dict[str, Any]:
    columns = ("id", "storm_id", "people", "need", "helper_id", "shelter_id", "state", "why",
               "edition")  # fmt: skip
    return {**plain(one, *columns), "village": code_of(one.path), "name": one.masked_name,
            "helper_is_closed": queries.lacks_helper(one, localdate())}  # fmt: skip


@router.get("/homes/", response=OwnHomesOut)
def list_own_homes(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """The homes that one's own posts move in storms under way, in full; each look is recorded."""
    own_account_id(request)
    page = page_of_rows(
        list(queries.own_homes(request.actor)), lambda one: str(one.pk), cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    told = homes.read_homes(page.items, _("To move them"), actor=request.actor, now=timezone.now())

    def full(one: StormHome) -> dict[str, Any]:
        return {**_home(one), **dict(zip(homes.SEALED, told[one.pk], strict=True))}

    return listed(page, full)


@router.get("/storms/{int:storm_id}/homes/{code}/", response=HomesOut)
def list_homes(request: Request, storm_id: int, code: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """Homes of a village in a storm, masked: all for who keeps the list, for a helper their own."""
    place, storm = (
        queries.village_for(request.actor, code),
        queries.get_storm(request.actor, storm_id),
    )
    page = page_of_rows(
        list(queries.homes_of(request.actor, storm, place.path)), lambda one: str(one.pk),
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, _home)


@router.post("/storms/{int:storm_id}/homes/{code}/", response={201: HomeOut})
def name_home(request: Request, storm_id: int, code: str, given: HomeIn) -> Status[dict[str, Any]]:
    """Name a home that is to be moved, with its helper and shelter."""
    place, storm = (
        queries.village_for(request.actor, code),
        queries.get_storm(request.actor, storm_id),
    )
    require(request.actor, permits.STORM, at=place.path)
    made = homes.name_home(
        storm, places.open_place(code), _said(request, code, given), is_another=given.is_another,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _home(made))


def _kept_home(request: Request, home_id: int) -> StormHome:
    """Return a home whose list the caller keeps, before what was sent is read. Refuses with NotFound, NotAllowed."""
    home = queries.get_home(request.actor, home_id)
    require(request.actor, permits.STORM, at=home.path)
    return home


def _said(request: Request, code: str, given: HomeIn) -> HomeFacts:
    place = places.get_place(code)
    posts = cells.post_choices(request.actor, place, localdate())
    rooms = [(str(one.pk), one.title) for one in queries.shelters_of(place.path)]
    form = HomeForm(given.dict(), posts=posts, shelters=rooms)
    form.accepted()
    return form.facts


@router.post("/storms/homes/{int:home_id}/correct", response=HomeOut)
def change_home(request: Request, home_id: int, given: HomeIn) -> dict[str, Any]:
    """Correct a home on the list as long as the storm goes on; what was marked stays."""
    home = _kept_home(request, home_id)
    done = homes.change_home(
        home, _said(request, code_of(home.path), given), is_another=given.is_another, edition=given.edition,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _home(done)


@router.post("/storms/homes/{int:home_id}/mark", response=HomeOut)
def mark_home(request: Request, home_id: int, given: MarkIn) -> dict[str, Any]:
    """Mark a home as moved, staying of its own will or back, or take the mark back."""
    home = queries.get_home(request.actor, home_id)
    done = homes.mark_home(
        home, given.move, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _home(done)


@router.post("/storms/homes/{int:home_id}/strike", response=HomeOut)
def strike_home(request: Request, home_id: int, given: StrikeIn) -> dict[str, Any]:
    """Take a home off the list that was entered by mistake or twice; it counts nowhere any more."""
    home = _kept_home(request, home_id)
    said = StrikeForm(given.dict()).accepted()
    done = striking.strike_home(
        home, said["why"], edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _home(done)


@router.post("/storms/homes/{int:home_id}/restore", response=HomeOut)
def restore_home(request: Request, home_id: int, given: RestoreIn) -> dict[str, Any]:
    """Put a home back on the list, to be moved."""
    done = striking.restore_home(
        queries.get_home(request.actor, home_id), edition=given.edition, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return _home(done)
