"""Posts that a message reaches: somebody holds them, stands in for them or deputises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localdate

from linli.access.models import Deputy
from linli.access.queries.rights import posts_that_may
from linli.kernel.permits import Permit
from linli.orgs import queries as orgs


def posts_that_hear(permit: Permit, paths: Iterable[str], *, now: datetime) -> dict[str, list[int]]:
    """Return, for each place, its posts that hold a permit there and for which somebody reads.

    As `posts_that_may`, without those that nobody holds: what is told to them is told to nobody.
    """
    found, on = posts_that_may(permit, paths, now=now), localdate(now)
    posts = {post for there in found.values() for post in there}
    read = orgs.posts_acted_for(posts, on) | _deputised(posts, now)
    return {path: [post for post in there if post in read] for path, there in found.items()}


def _deputised(posts: set[int], now: datetime) -> set[int]:
    on = localdate(now)
    found = Deputy.objects.filter(
        post_id__in=posts, revoked_at__isnull=True, starts_on__lte=on, ends_on__gte=on
    )
    return set(found.values_list("post_id", flat=True))
