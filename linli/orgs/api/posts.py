"""Posts over the API: who holds them, and what can be changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.kernel.api import listed, plain
from linli.kernel.paging import clean_limit
from linli.kernel.paths import path_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits, queries, services
from linli.orgs.api.frame import ListIn, OnIn, WithEdition
from linli.orgs.api.shown_holdings import HolderOut, HoldingOut, holdings_of
from linli.orgs.forms.centres import DayForm
from linli.orgs.forms.posts import AppointmentForm, PostChangeForm, PostForm, ReopeningForm
from linli.orgs.queries.posts import details_within, post_choices
from linli.orgs.types import nobody_works

router = Router()
SHOWN = ("title", "title_en", "duties", "office_phone", "seats")


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


class ActingOut(Schema):
    """Who acts while nobody holds a post that goes on, or while the account of whoever holds it is closed."""

    post: int
    name: str


class PostDetailOut(PostOut):
    """What stands below `closed_on`, and the posts around it, is null for who sees no staff list."""

    edition: int
    rank: int
    is_public: bool
    above: int | None
    deputy: int | None
    closed_on: date | None
    holdings: list[HoldingOut] | None
    acting: ActingOut | None


class PostsIn(ListIn):
    organisation: str = ""
    kind: str = ""
    demo: str = ""


@router.get("/posts/", response=PostsOut)
def list_posts(request: Request, asked: Query[PostsIn]) -> dict[str, Any]:
    """Posts at a place and below with their holders, by place; vacant ones have none."""
    page, holders = queries.posts_page(
        request.actor,
        queries.PostsWanted(
            path=path_of(asked.place),
            organisation=asked.organisation,
            kind=asked.kind,
            with_invented=asked.demo == "include",
        ),
        on=localdate(),
        cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )
    items = [_post(post, holders.get(post.pk, [])) for post in page.items]
    return listed(page, items=items)


@router.get("/posts/{int:post_id}/", response=PostDetailOut)
def get_post(request: Request, post_id: int) -> dict[str, Any]:
    """One post: who holds it, who acts when it is vacant, who held it before."""
    return _detail(request, post_id)


def _detail(request: Request, post_id: int) -> dict[str, Any]:
    post, today = queries.get_post(request.actor, post_id), localdate()
    sees_all = queries.sees_all_posts(request.actor, post.organisation)
    holders = queries.holders_of_posts([post.pk], today).get(post.pk, [])
    is_over = post.closed_on is not None and post.closed_on <= today
    is_unmanned = not is_over and nobody_works(holders)
    acting = queries.acting_holder(post.pk, today) if sees_all and is_unmanned else None
    return {
        **_post(post, holders), **plain(post, "edition", "rank", "is_public", "closed_on"),
        "above": post.above_id if sees_all else None,
        "deputy": post.deputy_id if sees_all else None,
        "holdings": holdings_of(request.actor, post) if sees_all else None,
        "acting": acting and {"post": acting.by_post_id, "name": acting.holding.holder_name},
    }  # fmt: skip


def _post(post: Any, holders: list[Any]) -> dict[str, Any]:
    return {
        "id": post.pk, "organisation": post.organisation.code, "kind": post.kind_id,
        **plain(post, *SHOWN), "holders": [_holder(holding) for holding in holders],
    }  # fmt: skip


def shown_post(post: Any, organisation: str) -> dict[str, Any]:
    """A post as an organisation shows it."""
    return {
        "id": post.post_id, "organisation": organisation, "kind": post.kind, **plain(post, *SHOWN),
        "holders": [_holder(holding) for holding in post.holders],
    }  # fmt: skip


def _holder(holding: Any) -> dict[str, Any]:
    return {"name": holding.holder_name, "since": holding.since, "came_by": holding.came_by}


class PostFacts(Schema):
    title: str
    title_en: str = ""
    kind: str
    duties: str = ""
    office_phone: str = ""
    seats: int | None = 1
    rank: int = 100
    above: int | None = None
    deputy: int | None = None
    is_public: bool = False


class PostIn(PostFacts):
    organisation: str


@router.post("/posts/", response={201: PostDetailOut})
def add_post(request: Request, given: PostIn) -> Status[dict[str, Any]]:
    """Make a post in an organisation; it is vacant. A kind that checks others takes `orgs.kinds`."""
    organisation = queries.get_organisation(request.actor, given.organisation, on=localdate())
    permits.require_shaper(request.actor, organisation.level, at=organisation.path)
    above, own = post_choices(organisation)
    form = PostForm(_typed(given), above=above, own=own)
    form.accepted()
    post = services.add_post(organisation, form.details, actor=request.actor, now=timezone.now())
    return Status(201, _detail(request, post.pk))


class PostChangeIn(PostFacts, WithEdition):
    pass


@router.post("/posts/{int:post_id}/change", response=PostDetailOut)
def change_post(request: Request, post_id: int, given: PostChangeIn) -> dict[str, Any]:
    """Change what a post is. What gives or takes rights by it takes `orgs.kinds`, and no own post.

    Who holds `orgs.kinds` alone changes kind, above and deputy; what else is sent is left as it is.
    """
    post = queries.get_post(request.actor, post_id)
    permits.require_shaper(request.actor, post.organisation.level, at=post.path)
    above, own = post_choices(post.organisation, without=post.pk)
    form = PostChangeForm(_typed(given), above=above, own=own)
    edition = form.accepted()["edition"]
    details = details_within(request.actor, post, form.details)
    services.change_post(post, details, edition=edition, actor=request.actor, now=timezone.now())
    return _detail(request, post_id)


@router.post("/posts/{int:post_id}/close", response=PostDetailOut)
def close_post(request: Request, post_id: int, given: OnIn) -> dict[str, Any]:
    """Close a post that nobody holds; of those that lead or check others, from the level above."""
    post = kept_post(request, post_id)
    on = DayForm(given.dict()).accepted()["on"]
    services.close_post(post, on=on, actor=request.actor, now=timezone.now())
    return _detail(request, post_id)


class ReopenIn(Schema):
    reason: str


@router.post("/posts/{int:post_id}/reopen", response=PostDetailOut)
def reopen_post(request: Request, post_id: int, given: ReopenIn) -> dict[str, Any]:
    """Open a post again that was closed by mistake, as whoever may close it; it is vacant.

    What was given on when it closed stays there.
    """
    post = kept_post(request, post_id)
    reason = ReopeningForm(given.dict()).accepted()["reason"]
    services.reopen_post(post, reason=reason, actor=request.actor, now=timezone.now())
    return _detail(request, post_id)


class AppointmentIn(Schema):
    """`person` is the number of an entry in the register of people, if there is one."""

    holder_name: str
    since: date
    came_by: str
    expected_until: date | None = None
    is_full_time: bool = True
    document: str = ""
    person: int | None = None


@router.post("/posts/{int:post_id}/appoint", response=PostDetailOut)
def appoint(request: Request, post_id: int, given: AppointmentIn) -> dict[str, Any]:
    """Record that somebody takes a post."""
    post = queries.get_post(request.actor, post_id)
    require(request.actor, permits.appointer_of(post.organisation.level), at=post.path)
    form = AppointmentForm({**given.dict(), "person_id": given.person})
    form.accepted()
    services.appoint(post, form.appointment, actor=request.actor, now=timezone.now())
    return _detail(request, post_id)


def kept_post(request: Request, post_id: int) -> Any:
    """Return a post that the caller keeps. Refuses with NotFound, NotAllowed."""
    post = queries.get_post(request.actor, post_id)
    require(request.actor, permits.keeper_of(post.organisation.level), at=post.path)
    return post


def _typed(given: PostFacts) -> dict[str, Any]:
    """What was sent under the names of the form."""
    said = given.dict()
    return {**said, "above_id": str(said["above"] or ""), "deputy_id": str(said["deputy"] or "")}
