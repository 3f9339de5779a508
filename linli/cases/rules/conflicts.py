"""Who stands too near to a case to see it: the posts that it is about, and who held one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linli.kernel.permits import Actor

FIRST, MORE = "about_post_id", "about_more"
# condition on a case `c`; parameters by `conflict_params`. Whoever held the post stays out, also
# after she went to another: what was said was said about her, by whichever of her joined entries
# she held it.
NOT_ABOUT = """(c.about_post_id IS NULL OR NOT (
    c.about_post_id || coalesce(c.about_more, '{}') && %s::bigint[] OR EXISTS (
    SELECT 1 FROM orgs_postholding h WHERE h.post_id = ANY(c.about_post_id || coalesce(c.about_more, '{}'))
       AND (h.account_id = %s OR h.person_id IN (
            SELECT e.id FROM people_person me JOIN people_person e
                ON e.id = coalesce(me.merged_into_id, me.id)
                OR e.merged_into_id = coalesce(me.merged_into_id, me.id)
             WHERE me.id = %s)))))"""


def conflict_params(actor: Actor) -> list[Any]:
    """Return the parameters of NOT_ABOUT."""
    return [sorted(actor.posts), actor.account_id, actor.human_id]


def accused_in(columns: Mapping[str, Any]) -> frozenset[int]:
    """Return the posts that a case is about, by the columns of its head."""
    first = columns.get(FIRST)
    return frozenset() if first is None else frozenset({first, *(columns.get(MORE) or ())})


def with_accused(columns: Mapping[str, Any], posts: Iterable[int]) -> dict[str, Any]:
    """Return the columns by which a case is about these posts besides those that it is about already."""
    known = accused_in(columns)
    rest = [post for post in dict.fromkeys(posts) if post not in known]
    if not rest:
        return {}
    if not known:
        return {FIRST: rest[0], **({MORE: rest[1:]} if rest[1:] else {})}
    return {MORE: [*(columns.get(MORE) or ()), *rest]}


def about_of(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a case that comes of another is about: the same."""
    return {FIRST: columns.get(FIRST), MORE: tuple(columns.get(MORE) or ())}


def is_about(columns: Mapping[str, Any], actor: Actor) -> bool:
    """Say whether a held case is about a post of the actor's."""
    return not accused_in(columns).isdisjoint(actor.posts)
