"""Posts that a message reaches: somebody holds them, stands in for them or deputises."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from linli.access.queries.rights import deputies_on, posts_that_may
from linli.kernel.paths import nearest_first
from linli.kernel.permits import PUBLIC, Permit
from linli.orgs import queries as orgs


def posts_that_hear(
    permit: Permit, paths: Iterable[str], *, now: datetime, level: int = PUBLIC
) -> dict[str, list[int]]:
    """Return, for each place, its posts that hold a permit there up to a level, and for which somebody reads.

    As `posts_that_may`, without those that nobody holds: what is told to them is told to nobody.
    """
    places = list(paths)
    if not places:
        return {}
    found, on = posts_that_may(permit, places, now=now, level=level), localdate(now)
    posts = {post for there in found.values() for post in there}
    read = orgs.posts_acted_for(posts, on) | _deputised(posts, on)
    return {path: [post for post in there if post in read] for path, there in found.items()}


def nearest_that_hear(
    permit: Permit, path: str, *, now: datetime, but: Collection[int] = frozenset()
) -> list[int]:
    """Return the posts that hear at the nearest place that has any besides some: this one, or one above."""
    return nearest_of(hearing_above(permit, [path], now=now)[path], but)


def hearing_above(
    permit: Permit, paths: Iterable[str], *, now: datetime
) -> dict[str, list[list[int]]]:
    """Return for each path the posts that hear at it and at the places above, the nearest first."""
    chains = {path: nearest_first(path) for path in paths}
    posts = posts_that_hear(permit, {one for chain in chains.values() for one in chain}, now=now)
    return {path: [posts[place] for place in chain] for path, chain in chains.items()}


def nearest_of(above: Sequence[Sequence[int]], but: Collection[int]) -> list[int]:
    """Return the posts of the nearest place that has any besides those."""
    left = ([post for post in there if post not in but] for there in above)
    return next((posts for posts in left if posts), [])


def _deputised(posts: set[int], on: date) -> set[int]:
    return set(deputies_on(posts, on).values_list("post_id", flat=True))
