"""Posts as rights see them: at which place, of which kind, held by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from linli.access import permits
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, Permit
from linli.orgs.queries.posts import post_kinds

POSTS = """
SELECT p.id, p.title, p.title_en, p.path, p.kind_id AS kind, p.rank,
       coalesce(v.name, o.code) AS organisation,
       coalesce((SELECT string_agg(h.holder_name, '、' ORDER BY h.since, h.id)
                 FROM orgs_postholding h WHERE h.post_id = p.id AND h.since <= %(on)s
                 AND (h.until IS NULL OR h.until > %(on)s)), '') AS holders
FROM orgs_post p
JOIN orgs_organisation o ON o.id = p.organisation_id
LEFT JOIN LATERAL (SELECT name FROM orgs_organisationversion n
    WHERE n.organisation_id = o.id AND (n.since IS NULL OR n.since <= %(on)s)
    ORDER BY n.since DESC NULLS LAST LIMIT 1) v ON true
WHERE (p.closed_on IS NULL OR p.closed_on > %(on)s) AND {condition}
ORDER BY p.path, p.rank, p.id LIMIT {limit}
"""
MOST = 500


@dataclass(slots=True)
class PostRow:
    """One post in a list of rights; nobody in it means that it is vacant."""

    id: int
    title: str
    title_en: str
    path: str
    kind: str
    rank: int
    organisation: str
    holders: str


def posts_at(path: str, *, on: date, below: bool = False) -> list[PostRow]:
    """Return the posts of a place, with those below if asked; 500 at most."""
    condition = "p.path >= %(path)s AND p.path < %(path)s || '~'" if below else "p.path = %(path)s"
    text = POSTS.format(condition=condition, limit=MOST)
    return sql.rows("access.posts", text, {"on": on, "path": path}, into=PostRow)


def posts_at_each(paths: list[str], *, on: date) -> list[PostRow]:
    """Return the posts of several places, 500 for each at most."""
    text = POSTS.format(condition="p.path = ANY(%(paths)s)", limit=MOST * max(len(paths), 1))
    return sql.rows("access.posts_at_each", text, {"on": on, "paths": paths}, into=PostRow)


def posts_by_id(ids: set[int], *, on: date) -> dict[int, PostRow]:
    """Return posts by their ids."""
    if not ids:
        return {}
    text = POSTS.format(condition="p.id = ANY(%(ids)s)", limit=len(ids))
    found = sql.rows("access.posts_by_id", text, {"on": on, "ids": sorted(ids)}, into=PostRow)
    return {row.id: row for row in found}


def post_for_rights(actor: Actor, post_id: int, permit: Permit = permits.GRANT) -> PostRow:
    """Return a post whose rights the actor looks after. Refuses with NotFound."""
    row = posts_by_id({post_id}, on=localdate()).get(post_id)
    if row is None or not actor.may(permit, at=row.path):
        raise NotFound(post=post_id)
    return row


def posts_below(actor: Actor, permit: Permit) -> list[int]:
    """Return the ids of posts at places where the actor holds a permit, 5,000 at most."""
    text = "SELECT id FROM orgs_post WHERE path >= %s AND path < %s || '~' ORDER BY path LIMIT 5000"
    return [
        row[0]
        for path in actor.paths(permit)
        for row in sql.tuples("access.posts_below", text, [path, path])
    ]


def kind_names() -> dict[str, tuple[str, str]]:
    """Return the names of the kinds of posts, Chinese and English, by their codes."""
    return {kind.code: (kind.name, kind.name_en) for kind in post_kinds()}


def kept_posts(actor: Actor, permit: Permit, *, on: date) -> dict[int, PostRow]:
    """Return the actor's own posts and those at places where she holds the permit."""
    return posts_by_id({*actor.posts, *posts_below(actor, permit)}, on=on)
