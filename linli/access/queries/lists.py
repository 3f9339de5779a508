"""The list of who may do what at a place: for the screen, for Excel, for signature."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from linli.access import permits
from linli.access.models import GivenRight, RightsList
from linli.access.queries.posts import PostRow, posts_at
from linli.access.queries.rights import below, deputies_on, live
from linli.access.queries.sessions import rows_without_post
from linli.access.templates_of_rights import applies_at, title_of
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import Actor
from linli.ui.jinja import named


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line: who, by which post, may do what, where, up to which level, until when."""

    path: str
    organisation: str
    post: str
    holders: str
    right: str
    kind: str
    ceiling: int
    until: str
    deputy: str = ""


def rights_list(
    actor: Actor, path: str, *, now: datetime, below_too: bool = False
) -> list[ListRow]:
    """Return every live right at a place, in the order of the office. Refuses with NotAllowed.

    Five queries whatever its length.
    """
    if not actor.may(permits.REVIEW, at=path) and not actor.may(permits.GRANT, at=path):
        raise NotAllowed(permit=permits.REVIEW.name, at=path)
    posts = posts_at(path, on=localdate(now), below=below_too)
    by_post = _rights_by_post(posts, now)
    deputies = _deputies([post.id for post in posts], now)
    found = [
        _row(post, right, deputies.get(post.id, ""))
        for post in posts
        for right in by_post.get(post.id, [])
    ]
    return found + _of_accounts(path, now, below_too)


def _rights_by_post(posts: list[PostRow], now: datetime) -> dict[int, list[GivenRight]]:
    """Look each right up by its post or the kind of post: a city has thousands of both."""
    of_kind: dict[str, list[PostRow]] = defaultdict(list)
    for post in posts:
        of_kind[post.kind].append(post)
    rows = GivenRight.objects.filter(
        live(now), Q(post_id__in=[post.id for post in posts]) | Q(post_kind__in=of_kind)
    ).order_by("template", "permit", "pk")
    found: dict[int, list[GivenRight]] = defaultdict(list)
    for right in rows:
        if right.post_id is not None:
            found[right.post_id].append(right)
        for post in of_kind.get(right.post_kind, ()):
            if post.path.startswith(right.path) and applies_at(right.template, post.path):
                found[post.id].append(right)
    return found


def _row(post: PostRow, right: GivenRight, deputy: str) -> ListRow:
    return ListRow(
        path=post.path if right.post_kind else right.path,
        organisation=post.office,
        post=named(post),
        holders=post.holders,
        right=str(title_of(right.template, right.permit)),
        kind=right.kind,
        ceiling=right.ceiling,
        until=localdate(right.ends_at).isoformat() if right.ends_at else "",
        deputy=deputy,
    )


def _of_accounts(path: str, now: datetime, below_too: bool) -> list[ListRow]:
    where = Q(path__gte=path, path__lt=path + "~") if below_too else Q(path=path)
    rows = (
        GivenRight.objects.filter(where, live(now), account__isnull=False)
        .select_related("account")
        .order_by("path", "account__display_name", "pk")
    )
    return [
        ListRow(
            path=right.path,
            organisation=right.account.unit if right.account else "",
            post="",
            holders=right.account.display_name if right.account else "",
            right=str(title_of(right.template, right.permit)),
            kind=right.kind,
            ceiling=right.ceiling,
            until=localdate(right.ends_at).isoformat() if right.ends_at else "",
        )
        for right in rows
    ]


def _deputies(post_ids: list[int], now: datetime) -> dict[int, str]:
    rows = deputies_on(post_ids, localdate(now)).select_related("account")
    return {row.post_id: f"{row.account.display_name} – {row.ends_on.isoformat()}" for row in rows}


def as_plain(rows: list[ListRow]) -> list[dict[str, Any]]:
    """Return the lines as JSON keeps them."""
    return [asdict(row) for row in rows]


def visible_lists(actor: Actor) -> QuerySet[RightsList]:
    """Return printed lists at places where the actor reviews rights, the newest first."""
    return (
        RightsList.objects.filter(below(actor, permits.REVIEW, permits.GRANT))
        .select_related("made_by", "signed_by")
        .defer("rows")
        .order_by("-made_at", "-pk")
    )


def get_list(actor: Actor, list_id: int) -> RightsList:
    """Return one printed list. Refuses with NotFound."""
    found = visible_lists(actor).filter(pk=list_id).first()
    if found is None:
        raise NotFound(list=list_id)
    return found


def accounts_without_rights(path: str, *, now: datetime) -> list[str]:
    """Return the names of open staff accounts below a place that hold no post and no right.

    These are the accounts that a review closes: whoever left and was forgotten. What residents may
    where they live is no right of staff. One query.
    """
    return [
        row.display_name or ""
        for row in rows_without_post(path, now=now)
        if not row.posts and not any(right[0] != "resident" for right in row.rights)
    ]
