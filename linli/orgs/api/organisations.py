"""Organisations over the API: what is public, and more for whom may see more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import listed, plain
from linli.kernel.paging import clean_limit
from linli.kernel.paths import path_of
from linli.kernel.web import Request
from linli.orgs import queries
from linli.orgs.api.frame import ListIn
from linli.orgs.api.posts import PostOut, shown_post
from linli.orgs.queries import Wanted

router = Router()


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


class VersionOut(Schema):
    name: str
    name_en: str
    short_name: str
    since: date | None
    until: date | None
    certainty: str


class RelativeOut(Schema):
    """`edge_id` is the number of the line, by which it can be ended."""

    edge_id: int
    since: date | None
    code: str
    name: str
    hierarchy: str
    basis: str
    is_above: bool


class SuccessionOut(Schema):
    """One line of a reorganisation; `successor` is null where nobody took over."""

    predecessor: str
    predecessor_name: str
    successor: str | None
    successor_name: str | None
    change: str
    on: date
    precision: str
    certainty: str
    document: str
    note: str


class OrganisationDetailOut(FactsOut):
    edition: int
    name_on: str
    reorganisations: list[SuccessionOut]
    versions: list[VersionOut]
    relatives: list[RelativeOut]
    posts: list[PostOut]


class OrganisationsIn(ListIn):
    kind: str = ""
    q: str = ""
    below: bool = True
    closed: bool = False
    demo: str = ""


@router.get("/organisations/", response=OrganisationsOut)
def list_organisations(request: Request, asked: Query[OrganisationsIn]) -> dict[str, Any]:
    """Organisations at a place and below, by place. `demo=include` adds the invented ones."""
    wanted = Wanted(
        path=path_of(asked.place),
        kind=asked.kind,
        words=asked.q[:80],
        here_only=bool(asked.place) and not asked.below,
        with_closed=asked.closed,
        with_invented=asked.demo == "include",
    )
    page = queries.organisations(
        request.actor, wanted, on=localdate(), cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page)


@router.get("/organisations/{code}/", response=OrganisationDetailOut)
def get_organisation(request: Request, code: str, on: date | None = None) -> dict[str, Any]:
    """One organisation with its posts; `name_on` is how its bearer was called on a day."""
    return detail(request, code, on)


def detail(request: Request, code: str, on: date | None = None) -> dict[str, Any]:
    """What the API says of one organisation, also after it was changed."""
    today = localdate()
    found = queries.get_organisation(request.actor, code, on=today)
    sees_all = queries.sees_all_posts(request.actor, found)
    posts = queries.posts_with_holders(found, today, public_only=not sees_all)
    return {
        **{name: getattr(found, name) for name in PLAIN},
        **{name: getattr(found, name) or "" for name in SPOKEN},
        "kind": found.kind_id,
        "place": found.place.code,
        "edition": found.edition,
        "name_on": queries.name_on(found, on or today),
        "reorganisations": _lines(request, found, today),
        "versions": queries.versions_of(found),
        "relatives": queries.relatives_of(request.actor, found, on=today),
        "posts": [shown_post(post, found.code) for post in posts],
    }


def _lines(request: Request, found: Any, today: date) -> list[dict[str, Any]]:
    """What went into an organisation and what it went into, with their names of today."""
    lines = queries.reorganisations_of(request.actor, found)
    names = queries.names_for_lines(lines, today)
    return [
        {
            **dict(
                zip(("predecessor", "predecessor_name"), names[line.predecessor_id], strict=True)
            ),
            **dict(
                zip(
                    ("successor", "successor_name"),
                    names[line.successor_id] if line.successor_id else (None, None),
                    strict=True,
                )
            ),
            **plain(line, "change", "on", "precision", "certainty", "document", "note"),
        }
        for line in lines
    ]


PLAIN = ("code", "opened_on", "closed_on", "certainty", "is_invented")
SPOKEN = ("name", "name_en", "short_name", "phone", "address", "hours", "uscc")
