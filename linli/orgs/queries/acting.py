"""Who acts for a vacant post: its deputy, or the post above."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from linli.kernel import sql
from linli.kernel.permits import Actor
from linli.orgs.models import Post, PostHolding
from linli.orgs.queries.posts import holders_of_posts, visible_posts
from linli.orgs.rules.register import Step, stand_in
from linli.orgs.types import Acting, HoldingView
from linli.people.queries import entries_of_one


@dataclass(frozen=True, slots=True)
class SeatOfEntry:
    """A post that somebody holds as an entry of the register."""

    post_id: int
    title: str
    path: str
    level: int


# the way up from some posts; the depth ends a chain that somebody closed to a circle
CHAIN = """
WITH RECURSIVE up AS (
    SELECT id, deputy_id, above_id, 0 AS depth FROM orgs_post WHERE id = ANY(%s)
    UNION
    SELECT p.id, p.deputy_id, p.above_id, up.depth + 1
      FROM up JOIN orgs_post p ON p.id = up.above_id
     WHERE up.depth < 8 AND p.closed_on IS NULL
)
SELECT DISTINCT id, deputy_id, above_id FROM up
"""
# single posts that somebody left and nobody took, or whose holder is shut out, whose way up meets one of the given posts
LEFT_VACANT = """
WITH RECURSIVE down AS (
    SELECT id, 0 AS depth FROM orgs_post WHERE id = ANY(%s)
    UNION
    SELECT p.id, down.depth + 1
      FROM down JOIN orgs_post p ON p.above_id = down.id OR p.deputy_id = down.id
     WHERE p.closed_on IS NULL AND p.seats = 1 AND down.depth < 3
       AND EXISTS (SELECT 1 FROM orgs_postholding h
                    WHERE h.post_id = p.id AND (h.until IS NOT NULL AND h.until <= %s OR h.is_shut_out))
       AND NOT EXISTS (SELECT 1 FROM orgs_postholding h
                        WHERE h.post_id = p.id AND h.since <= %s AND NOT h.is_shut_out
                          AND (h.until IS NULL OR h.until > %s))
)
SELECT DISTINCT id FROM down WHERE depth > 0
"""
# posts held on a day by whoever holds or once held one of the given posts
OF_THE_SAME = """
SELECT o.post_id
  FROM orgs_postholding h JOIN orgs_postholding o ON o.account_id = h.account_id
 WHERE h.post_id = ANY(%(posts)s) AND o.since <= %(on)s AND (o.until IS NULL OR o.until > %(on)s)
UNION
SELECT o.post_id
  FROM orgs_postholding h JOIN orgs_postholding o ON o.person_id = h.person_id
 WHERE h.post_id = ANY(%(posts)s) AND o.since <= %(on)s AND (o.until IS NULL OR o.until > %(on)s)
"""


def acting_holder(post_id: int, on: date) -> Acting | None:
    """Return who acts for a post on a day, or None; two queries.

    A vacant post falls to its deputy, then to the post above and that one's deputy, and so on.
    """
    return acting_holders([post_id], on).get(post_id)


def acting_holders(
    post_ids: Sequence[int], on: date, *, without: Collection[int] = frozenset()
) -> dict[int, Acting]:
    """Return who acts for each of the posts on a day; two queries however many they are.

    Posts `without` whom it is asked act for nobody, not for themselves either: as if they had ended.
    """
    steps = {
        row[0]: Step(post_id=row[0], deputy_id=row[1], above_id=row[2])
        for row in sql.tuples("orgs.chain", CHAIN, [list(post_ids)])
    }
    held = working_holders(set(steps) | {s.deputy_id for s in steps.values() if s.deputy_id}, on)
    found: dict[int, Acting] = {}
    for post_id in post_ids:
        by = stand_in(post_id, steps, frozenset(held).difference(without))
        if by is not None:
            is_deputy = steps[post_id].deputy_id == by
            found[post_id] = Acting(post_id, by, held[by][0], is_deputy)
    return found


def working_holders(post_ids: Iterable[int], on: date) -> dict[int, list[HoldingView]]:
    """Return who does the work of each of the posts on a day; one query.

    Whose account is closed holds the post and does nothing: then it falls to others as a vacant one.
    """
    held = holders_of_posts(post_ids, on)
    working = {post: [one for one in there if not one.is_shut_out] for post, there in held.items()}
    return {post: there for post, there in working.items() if there}


def paths_of_posts(post_ids: Collection[int]) -> dict[int, str]:
    """Return where posts stand, closed ones too; one query."""
    found = Post.objects.filter(pk__in=sorted(post_ids))
    return dict(found.values_list("pk", "path")) if post_ids else {}


def posts_fallen_to(post_ids: Sequence[int], on: date) -> list[int]:
    """Return the posts left vacant that the holders of the given posts act for on a day.

    Posts that nobody ever held in this register do not fall to anybody: they were not left.
    """
    if not post_ids:
        return []
    mine = list(post_ids)
    left = [row[0] for row in sql.tuples("orgs.left_vacant", LEFT_VACANT, [mine, on, on, on])]
    if not left:
        return []
    acting = acting_holders(left, on)
    return sorted(p for p in left if p in acting and acting[p].by_post_id in mine)


def was_left(post_id: int, on: date) -> bool:
    """Say whether a post was held once and nobody does its work on a day, so that it falls to another."""
    begun = PostHolding.objects.filter(post=post_id, since__lte=on)
    still = Q(until__isnull=True) | Q(until__gt=on)
    return begun.exists() and not begun.filter(still, is_shut_out=False).exists()


def posts_that_fall_to(post_id: int) -> list[Post]:
    """Return the open posts whose deputy or post above is a given one."""
    falls = Q(deputy=post_id) | Q(above=post_id)
    return list(Post.objects.filter(falls, closed_on__isnull=True).order_by("pk"))


def posts_of_same_people(post_ids: Collection[int], on: date) -> frozenset[int]:
    """Return all posts that the people of the given posts, of today or earlier, hold or act for on a day."""
    if not post_ids:
        return frozenset()
    params = {"posts": sorted(post_ids), "on": on}
    held = {row[0] for row in sql.tuples("orgs.of_the_same", OF_THE_SAME, params)}
    return frozenset(held.union(posts_fallen_to(sorted(held), on)))


def posts_acted_for(post_ids: Collection[int], on: date) -> frozenset[int]:
    """Return those of the posts that somebody holds on a day, or that were left to a stand-in.

    As in `posts_fallen_to`, a vacant post of several seats, or one never held, falls to nobody.
    """
    acting = acting_holders(sorted(post_ids), on) if post_ids else {}
    vacant = [post for post, one in acting.items() if one.is_stand_in]
    left = Post.objects.filter(pk__in=vacant, seats=1, closed_on__isnull=True)
    was_held = Q(holdings__until__lte=on) | Q(holdings__is_shut_out=True)
    fallen = set(left.filter(was_held).values_list("pk", flat=True))
    return frozenset(set(acting).difference(vacant) | fallen)


def posts_ever_held(account_id: int | None, person_id: int | None) -> QuerySet[PostHolding, int]:
    """Return the ids of the posts that somebody holds or once held, as part of another read.

    A holding may rest on an entry that was joined to another since.
    """
    hers = Q(pk__in=[])
    if account_id is not None:
        hers |= Q(account_id=account_id)
    if person_id is not None:
        hers |= Q(person_id__in=entries_of_one(person_id))
    return PostHolding.objects.filter(hers).values_list("post_id", flat=True)


def holdings_going_on(account_id: int, person_ids: Sequence[int], on: date) -> list[PostHolding]:
    """Return what somebody holds or takes, by her account or by her entries; what has ended not."""
    going_on = Q(until__isnull=True) | Q(until__gt=on)
    hers = Q(account_id=account_id) | Q(person_id__in=list(person_ids))
    return list(PostHolding.objects.filter(going_on & hers).order_by("pk"))


def seats_of_entries(person_ids: Sequence[int], on: date) -> list[SeatOfEntry]:
    """Return the posts that rest on entries of the register alone and name no account, held or taken."""
    going_on = Q(until__isnull=True) | Q(until__gt=on)
    still_open = Q(post__closed_on__isnull=True) | Q(post__closed_on__gt=on)
    found = PostHolding.objects.filter(
        going_on & still_open, person_id__in=list(person_ids), account_id__isnull=True
    )
    columns = ("post_id", "post__title", "post__path", "post__organisation__level")
    rows = found.order_by("post__path", "rank", "pk").values_list(*columns)
    return [SeatOfEntry(*row) for row in rows]


def posts_at(actor: Actor, path: str, *, limit: int) -> list[tuple[int, int]]:
    """Return (post, body) of the posts at exactly one place that the actor sees, heads first."""
    found = visible_posts(actor).filter(path=path, closed_on__isnull=True).order_by("rank", "pk")
    return list(found.values_list("pk", "organisation_id")[:limit])
