"""JSON API on organisations and posts: what is public, and more for whom may see more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit
from linli.kernel.registries import PATH_OF
from linli.kernel.web import Request
from linli.orgs import queries
from linli.orgs.queries import Wanted

router = Router(tags=["organisations"])
CITY_PATH = ""


class FactsOut(Schema):
    code: str
    name: str
    name_en: str
    short_name: str
    kind: str
    place: str
    phone: str
    address: str
    hours: str
    uscc: str
    opened_on: date | None
    closed_on: date | None
    certainty: str
    is_invented: bool


class OrganisationOut(FactsOut):
    @staticmethod
    def resolve_kind(organisation: Any) -> str:
        return str(organisation.kind_id)

    @staticmethod
    def resolve_place(organisation: Any) -> str:
        return str(organisation.place.code)

    @staticmethod
    def resolve_short_name(organisation: Any) -> str:
        return organisation.short_name or ""

    @staticmethod
    def resolve_phone(organisation: Any) -> str:
        return organisation.phone or ""

    @staticmethod
    def resolve_address(organisation: Any) -> str:
        return organisation.address or ""

    @staticmethod
    def resolve_hours(organisation: Any) -> str:
        return organisation.hours or ""

    @staticmethod
    def resolve_uscc(organisation: Any) -> str:
        return organisation.uscc or ""


class OrganisationsOut(Schema):
    count: int
    items: list[OrganisationOut]
    next: str | None


class HolderOut(Schema):
    name: str
    since: date
    came_by: str


class PostOut(Schema):
    id: int
    organisation: str
    kind: str
    title: str
    title_en: str
    duties: str
    office_phone: str
    seats: int | None
    holders: list[HolderOut]


class PostsOut(Schema):
    count: int
    items: list[PostOut]
    next: str | None


class VersionOut(Schema):
    name: str
    name_en: str
    short_name: str
    since: date | None
    until: date | None
    certainty: str


class RelativeOut(Schema):
    code: str
    name: str
    hierarchy: str
    basis: str
    is_above: bool


class OrganisationDetailOut(FactsOut):
    name_on: str
    versions: list[VersionOut]
    relatives: list[RelativeOut]
    posts: list[PostOut]


class ListIn(Schema):
    place: str = ""
    kind: str = ""
    q: str = ""
    below: bool = True
    closed: bool = False
    demo: str = ""
    limit: int | None = None
    cursor: str | None = None


class PostsIn(Schema):
    place: str = ""
    organisation: str = ""
    kind: str = ""
    demo: str = ""
    limit: int | None = None
    cursor: str | None = None


@router.get("/organisations/", response=OrganisationsOut)
def list_organisations(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Organisations at a place and below, by place. `demo=include` adds the invented ones."""
    wanted = Wanted(
        path=_path(asked.place),
        kind=asked.kind,
        words=asked.q[:80],
        here_only=bool(asked.place) and not asked.below,
        with_closed=asked.closed,
        with_invented=asked.demo == "include",
    )
    page = queries.organisations(
        request.actor, wanted, on=localdate(), cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return {"count": page.count, "items": page.items, "next": page.next}


@router.get("/organisations/{code}/", response=OrganisationDetailOut)
def get_organisation(request: Request, code: str, on: date | None = None) -> dict[str, Any]:
    """One organisation with its posts; `name_on` is how its bearer was called on a day."""
    today = localdate()
    found = queries.get_organisation(request.actor, code, on=today)
    sees_all = queries.sees_all_posts(request.actor, found)
    posts = queries.posts_with_holders(found, today, public_only=not sees_all)
    return {
        **{name: getattr(found, name) for name in PLAIN},
        **{name: getattr(found, name) or "" for name in SPOKEN},
        "kind": found.kind_id,
        "place": found.place.code,
        "name_on": queries.name_on(found, on or today),
        "versions": queries.versions_of(found),
        "relatives": queries.relatives_of(request.actor, found, on=today),
        "posts": [_post_view(post, found.code) for post in posts],
    }


PLAIN = ("code", "opened_on", "closed_on", "certainty", "is_invented")
SPOKEN = ("name", "name_en", "short_name", "phone", "address", "hours", "uscc")


@router.get("/posts/", response=PostsOut)
def list_posts(request: Request, asked: Query[PostsIn]) -> dict[str, Any]:
    """Posts at a place and below with their holders, by place; vacant ones have none."""
    page, holders = queries.posts_page(
        request.actor,
        queries.PostsWanted(
            path=_path(asked.place),
            organisation=asked.organisation,
            kind=asked.kind,
            with_invented=asked.demo == "include",
        ),
        on=localdate(),
        cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )
    return {
        "count": page.count,
        "items": [_post(post, holders.get(post.pk, [])) for post in page.items],
        "next": page.next,
    }


def _path(code: str) -> str:
    if not code:
        return CITY_PATH
    path = PATH_OF.call(code)
    if path is None:
        raise Invalid({"place": [_("There is no place of this code.")]})
    return str(path)


def _post(post: Any, holders: list[Any]) -> dict[str, Any]:
    return {
        "id": post.pk,
        "organisation": post.organisation.code,
        "kind": post.kind_id,
        **{name: getattr(post, name) for name in SHOWN},
        "holders": [_holder(holding) for holding in holders],
    }


def _post_view(post: Any, organisation: str) -> dict[str, Any]:
    return {
        "id": post.post_id,
        "organisation": organisation,
        "kind": post.kind,
        **{name: getattr(post, name) for name in SHOWN},
        "holders": [_holder(holding) for holding in post.holders],
    }


SHOWN = ("title", "title_en", "duties", "office_phone", "seats")


def _holder(holding: Any) -> dict[str, Any]:
    return {"name": holding.holder_name, "since": holding.since, "came_by": holding.came_by}
