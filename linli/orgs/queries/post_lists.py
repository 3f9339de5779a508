"""Posts as a list of pages, with those who hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.kernel.paging import DEFAULT_LIMIT, Keyset, Page, page_of
from linli.kernel.permits import Actor
from linli.orgs.models import Post
from linli.orgs.queries.posts import holders_of_posts, visible_posts
from linli.orgs.queries.register import inside
from linli.orgs.types import HoldingView

BY_PLACE = Keyset("place", ("path", "rank", "pk"))


@dataclass(frozen=True, slots=True)
class PostsWanted:
    """Which posts a list shows."""

    path: str
    organisation: str = ""
    kind: str = ""
    with_invented: bool = False


def posts_page(
    actor: Actor,
    wanted: PostsWanted,
    *,
    on: date,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> tuple[Page[Post], dict[int, list[HoldingView]]]:
    """Return one page of posts that the actor sees, and who holds them; three queries at most."""
    found = visible_posts(actor).filter(inside(wanted.path), closed_on__isnull=True)
    if wanted.organisation:
        found = found.filter(organisation__code=wanted.organisation)
    if wanted.kind:
        found = found.filter(kind_id=wanted.kind)
    if not wanted.with_invented:
        found = found.filter(organisation__is_invented=False)
    page = page_of(found.select_related("organisation"), BY_PLACE, cursor=cursor, limit=limit)
    return page, holders_of_posts([post.pk for post in page.items], on)
