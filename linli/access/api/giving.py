"""Rights one by one: which were given, a new one, and taking one back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.access import permits
from linli.access.api.frame import herself, holder_of, path_of
from linli.access.forms import RightForm, fill_right, right_meant
from linli.access.models import GivenRight
from linli.access.queries.rights import get_right, live, visible_rights
from linli.access.services import rights as services
from linli.kernel.api import PagedIn, paged
from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()
NEWEST = Keyset("-given", ("-given_at", "-pk"))
FIELDS = {"ends_at": "ends_on"}


class GivenOut(Schema):
    """A right of a post, of every post of a kind below a place, or of an account."""

    id: int
    kind: str
    place: str
    post: int | None
    post_kind: str
    account: int | None
    template: str
    permit: str
    title: str
    ceiling: int
    starts_at: datetime
    ends_at: datetime | None
    purpose: str
    given_by: str
    given_at: datetime
    revoked_at: datetime | None


class GivensOut(Schema):
    count: int
    items: list[GivenOut]
    next: str | None


class GivensIn(PagedIn):
    place: str = ""
    below: bool = False
    ended: bool = False


class GiveIn(Schema):
    """To one of post, post_kind and account; one of template and permit.

    Above level 5 it takes a purpose and a last day within a year.
    """

    place: str
    post: int | None = None
    post_kind: str = ""
    account: int | None = None
    template: str = ""
    permit: str = ""
    ceiling: int = 4
    ends_on: str = ""
    purpose: str = ""


@router.get("/access/rights/given/", response=GivensOut)
def given_rights(request: Request, asked: Query[GivensIn]) -> dict[str, Any]:
    """Rights at places where the caller gives or reviews them, the latest first; `ended` adds those gone.

    Not by a key.
    """
    holder_of(request, permits.GRANT, permits.GRANT_SPECIAL, permits.REVIEW)
    found = visible_rights(request.actor)
    if asked.place:
        path = path_of(asked.place)
        range_of = {"path__gte": path, "path__lt": path + "~"}
        found = found.filter(**range_of) if asked.below else found.filter(path=path)
    if not asked.ended:
        found = found.filter(live(timezone.now()))
    return paged(found, NEWEST, asked, _given)


@router.post("/access/rights/give", response={201: GivenOut})
def give(request: Request, given: GiveIn) -> Status[dict[str, Any]]:
    """Give a template or a permit at a place; it holds at the next request. Not by a key."""
    holder_of(request, permits.GRANT, permits.GRANT_SPECIAL)
    path = path_of(given.place)
    form = RightForm({**given.dict(), "place": path, "subject": _subject(given)})
    fill_right(form, request.actor, path, given.account)
    form.accepted()
    try:
        right = services.give_right(
            right_meant(form, request.actor), actor=request.actor, now=timezone.now()
        )
    except Invalid as refusal:
        raise Invalid({FIELDS.get(k, k): v for k, v in refusal.fields.items()}) from refusal
    return Status(201, _given(right))


@router.post("/access/rights/{int:right_id}/end", response=GivenOut)
def end(request: Request, right_id: int) -> dict[str, Any]:
    """Take a right back; it is gone at the next request. That of somebody who runs the system, gives
    rights or checks takes a second person (`/access/accounts/{id}/ask`, `right`). Not by a key."""
    herself(request)
    right = get_right(request.actor, right_id)
    return _given(services.end_right(right, actor=request.actor, now=timezone.now()))


def _subject(given: GiveIn) -> str:
    """Return the one whom the form offers; with none or several, none of its choices."""
    said = [
        f"{name}:{key}"
        for name, key in (("post", given.post), ("kind", given.post_kind), ("account", given.account))
        if key
    ]  # fmt: skip
    return said[0] if len(said) == 1 else ""


def _given(one: GivenRight) -> dict[str, Any]:
    names = (
        "kind", "post_kind", "template", "permit", "ceiling", "starts_at", "ends_at", "purpose",
        "given_at", "revoked_at",
    )  # fmt: skip
    return {
        **{name: getattr(one, name) for name in names},
        "id": one.pk, "place": code_of(one.path), "post": one.post_id, "account": one.account_id,
        "title": str(one.title), "given_by": one.given_by.display_name if one.given_by else "",
    }  # fmt: skip
