"""Who stands in for whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from linli.access import entering, permits
from linli.access.api.frame import herself, signed_in
from linli.access.models import Deputy
from linli.access.queries.accounts import account_named
from linli.access.queries.posts import PostRow, kept_post, posts_by_id
from linli.access.queries.rights import DEPUTIES_BY_DAY, get_deputy, visible_deputies
from linli.access.services import deputies as services
from linli.kernel.api import listed
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()


class DeputyOut(Schema):
    id: int
    post: int
    post_title: str
    organisation: str
    place: str
    name: str
    username: str
    starts_on: date
    ends_on: date
    reason: str


class DeputiesOut(Schema):
    count: int
    items: list[DeputyOut]
    next: str | None


class NameIn(Schema):
    """`account` is the deputy's sign-in name; both days are included."""

    post: int
    account: str
    starts_on: date
    ends_on: date
    reason: str = Field(min_length=1, max_length=200)


@router.get("/access/deputies/", response=DeputiesOut)
def deputies(
    request: Request, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """Deputies of today and to come: of the caller's posts, of the caller, and where the caller gives rights."""
    signed_in(request)
    today = timezone.localdate()
    found = visible_deputies(request.actor, on=today)
    page = page_of(found, DEPUTIES_BY_DAY, cursor=cursor, limit=clean_limit(limit))
    posts = posts_by_id({one.post_id for one in page.items}, on=today)
    items = [_deputy(one, posts.get(one.post_id)) for one in page.items]
    return listed(page, items=items)


@router.post("/access/deputies/name", response=DeputyOut)
def name(request: Request, given: NameIn) -> dict[str, Any]:
    """Let somebody stand in for a post; whoever holds it names their own deputy. Not by a key."""
    herself(request)
    post = kept_post(request.actor, given.post, permits.GRANT, on=timezone.localdate())
    account = account_named(entering.name_typed(given.account))
    faults: dict[str, list[str]] = {}
    if post is None:
        faults["post"] = [_("Choose one of your posts.")]
    if account is None:
        faults["account"] = [_("Nobody signs in by this name.")]
    if post is None or account is None:
        raise Invalid(faults)
    named = services.name_deputy(
        post, account, (given.starts_on, given.ends_on), given.reason,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _deputy(named, post)


@router.post("/access/deputies/{int:deputy_id}/end", response=DeputyOut)
def end(request: Request, deputy_id: int) -> dict[str, Any]:
    """End a deputyship before its last day. Not by a key."""
    herself(request)
    today = timezone.localdate()
    deputy = get_deputy(request.actor, deputy_id, on=today)
    ended = services.end_deputy(deputy, actor=request.actor, now=timezone.now())
    return _deputy(ended, posts_by_id({deputy.post_id}, on=today).get(deputy.post_id))


def _deputy(one: Deputy, post: PostRow | None) -> dict[str, Any]:
    return {
        "id": one.pk, "post": one.post_id, "post_title": post.title if post else "",
        "organisation": post.organisation if post else "",
        "place": code_of(post.path) if post else "",
        "name": one.account.display_name, "username": one.account.username,
        "starts_on": one.starts_on, "ends_on": one.ends_on, "reason": one.reason,
    }  # fmt: skip
