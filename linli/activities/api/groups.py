"""Groups of neighbours over the API: the public register, and the office that keeps it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.activities import permits
from linli.activities.forms.rounds import GroupForm
from linli.activities.queries import rounds as queries
from linli.activities.queries.narrowing import Narrowed, groups_wanted
from linli.activities.services import groups
from linli.activities.types.rounds import GroupKind
from linli.kernel.api import PagedIn, one_of, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.paths import CITY_PATH, code_of, path_of
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()
BY_KIND, BY_NAME = Keyset("kind", ("kind", "name", "id")), Keyset("name", ("path", "name", "id"))
PUBLIC = ("id", "kind", "name", "about", "people")


class GroupsIn(PagedIn):
    """`q` are words of the name or of what the group does."""

    place: str = ""
    kind: str = ""
    q: str = ""


class GroupOut(Schema):
    """A group that agreed to stand in the public register; whom to ask is never told."""

    id: int
    place: str
    kind: str
    name: str
    about: str
    people: int


class GroupsOut(Schema):
    count: int
    items: list[GroupOut]
    next: str | None


class KeptGroupOut(GroupOut):
    """As the office keeps it; `code` is the key with which the group wishes and objects."""

    code: str
    is_shown: bool
    agreed_on: date | None
    since: date
    ended_on: date | None
    edition: int


class KeptGroupsOut(Schema):
    count: int
    items: list[KeptGroupOut]
    next: str | None


class GroupIn(Schema):
    """As the form of the page; a group is shown only with the day on which it agreed."""

    name: str
    kind: str
    people: int
    contact: str
    phone: str
    about: str = ""
    is_shown: bool = False
    agreed_on: date | None = None
    edition: int | None = None


class EndGroupIn(Schema):
    edition: int | None = None


def _public(one: Any) -> dict[str, Any]:
    return {**plain(one, *PUBLIC), "place": code_of(one.path)}


def _kept(one: Any) -> dict[str, Any]:
    more = plain(one, "code", "is_shown", "agreed_on", "since", "ended_on", "edition")
    return {**_public(one), **more}


def _wanted(asked: GroupsIn, path: str) -> Narrowed:
    return Narrowed(path, asked.q[:60], one_of("kind", asked.kind, GroupKind))


@router.get("/groups/", response=GroupsOut)
def list_groups(request: Request, asked: Query[GroupsIn]) -> dict[str, Any]:
    """The public register of groups of a place and below."""
    path = path_of(asked.place, empty=CITY_PATH)
    found = groups_wanted(queries.shown_groups(path), _wanted(asked, path))
    return paged(found, BY_KIND, asked, _public)


@router.get("/desk/groups/", response=KeptGroupsOut)
def list_kept_groups(request: Request, asked: Query[GroupsIn]) -> dict[str, Any]:
    """Groups of the places where one keeps venues."""
    require_somewhere(request.actor, permits.VENUES)
    found = queries.kept_groups(request.actor).filter(ended_on__isnull=True)
    return paged(
        groups_wanted(found, _wanted(asked, path_of(asked.place)), by_code=True),
        BY_NAME,
        asked,
        _kept,
    )


@router.post("/places/{code}/groups/", response={201: KeptGroupOut})
def add_group(request: Request, code: str, given: GroupIn) -> Status[dict[str, Any]]:
    """Enter a group; it gets its code."""
    form, place = _form(given), places.open_place(code)
    return Status(
        201, _kept(groups.add_group(place, form.facts, actor=request.actor, now=timezone.now()))
    )


@router.post("/desk/groups/{int:group_id}/correct", response=KeptGroupOut)
def change_group(request: Request, group_id: int, given: GroupIn) -> dict[str, Any]:
    """Correct a group; with `edition` only if nobody saved meanwhile."""
    found, form = queries.get_group(request.actor, group_id), _form(given)
    changed = groups.change_group(
        found, form.facts, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _kept(changed)


@router.post("/desk/groups/{int:group_id}/end", response=KeptGroupOut)
def end_group(request: Request, group_id: int, given: EndGroupIn) -> dict[str, Any]:
    """Let a group end; whom to ask is forgotten at once."""
    found = queries.get_group(request.actor, group_id)
    return _kept(
        groups.end_group(found, edition=given.edition, actor=request.actor, now=timezone.now())
    )


def _form(given: GroupIn) -> GroupForm:
    form = GroupForm(given.dict())
    form.accepted()
    return form
