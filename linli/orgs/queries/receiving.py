"""Posts as apps above ask for them by place or id: who works there, whose body everybody may know of, which ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from linli.kernel import sql
from linli.kernel.permits import PUBLIC

# posts that somebody holds at a place, and works in unless those are asked for too who are shut out, of bodies that are not the Party's
WORKED_IN = """
SELECT p.id, p.organisation_id, p.path, o.kind_id
  FROM orgs_post p JOIN orgs_organisation o ON o.id = p.organisation_id
 WHERE p.path = %s AND o.level = 1 AND (p.closed_on IS NULL OR p.closed_on > %s)
   AND EXISTS (SELECT 1 FROM orgs_postholding h WHERE h.post_id = p.id AND h.since <= %s
                  AND (h.until IS NULL OR h.until > %s) AND (NOT h.is_shut_out OR %s))
 ORDER BY o.kind_id, p.rank, p.id
"""
OPEN = """
SELECT p.id, p.organisation_id, p.path, o.kind_id
  FROM orgs_post p JOIN orgs_organisation o ON o.id = p.organisation_id
 WHERE p.id = ANY(%s) AND o.level = 1 AND (p.closed_on IS NULL OR p.closed_on > %s)
"""
# bodies that everybody may know of; the Party's own are not among them
BODIES = """
SELECT p.id, v.name, v.name_en FROM orgs_post p
  JOIN orgs_organisation o ON o.id = p.organisation_id AND o.level = %s
  JOIN LATERAL (SELECT name, name_en FROM orgs_organisationversion
                 WHERE organisation_id = o.id AND (since IS NULL OR since <= %s)
                 ORDER BY since DESC NULLS LAST LIMIT 1) v ON true
 WHERE p.id = ANY(%s)
"""
ENDED = """
SELECT p.id, p.path, p.closed_on, p.organisation_id, p.kind_id
  FROM orgs_post p JOIN orgs_organisation o ON o.id = p.organisation_id
 WHERE p.id = %s AND p.closed_on IS NOT NULL AND o.level = 1
"""
SAME_KIND = "SELECT id FROM orgs_post WHERE organisation_id = %s AND kind_id = %s AND closed_on IS NULL ORDER BY rank, id"
CLOSED = "SELECT id, closed_on FROM orgs_post WHERE id = ANY(%s) AND closed_on IS NOT NULL"
# of each of some posts the first of its kind in another body that works at its place or above, and in which somebody works
HEIRS = """
SELECT DISTINCT ON (old.id) old.id, new.id
  FROM orgs_post old
  JOIN orgs_post new ON new.organisation_id = %(body)s AND new.kind_id = old.kind_id
       AND new.closed_on IS NULL AND starts_with(old.path, new.path)
 WHERE old.id = ANY(%(posts)s)
   AND EXISTS (SELECT 1 FROM orgs_postholding h WHERE h.post_id = new.id AND h.since <= %(on)s
                  AND (h.until IS NULL OR h.until > %(on)s) AND NOT h.is_shut_out)
 ORDER BY old.id, new.rank, new.id
"""
# (post, organisation, path, kind of the organisation)
PostLine = tuple[int, int, str, str]


def posts_worked_in(path: str, on: date, *, with_shut_out: bool = False) -> list[PostLine]:
    """Return the posts at a place that somebody holds, and works in unless those shut out are asked for too."""
    return sql.tuples("orgs.posts_worked_in", WORKED_IN, [path, on, on, on, with_shut_out])


def posts_open(ids: Sequence[int], on: date) -> list[PostLine]:
    """Return those of some posts that are open on a day, of bodies that are not the Party's."""
    return sql.tuples("orgs.posts_open", OPEN, [list(ids), on])


def public_bodies(posts: Sequence[int], on: date) -> list[tuple[int, str, str]]:
    """Return (post, name, English name) of the bodies of posts that everybody may know of."""
    return sql.tuples("orgs.public_bodies", BODIES, [PUBLIC, on, list(posts)])


def ended_line(post_id: int) -> tuple[Any, ...] | None:
    """Return (id, path, last day, organisation, kind) of a post of a public body that ended, or is to end; None of another."""
    found = sql.tuples("orgs.ended_line", ENDED, [post_id])
    return found[0] if found else None


def open_of_kind(organisation_id: int, kind: str) -> list[int]:
    """Return the open posts of a kind in a body, by rank."""
    return [row[0] for row in sql.tuples("orgs.open_of_kind", SAME_KIND, [organisation_id, kind])]


def heirs_of(post_ids: Iterable[int], organisation_id: int, on: date) -> dict[int, int]:
    """Return for posts which one of a body that takes over goes on with their work on a day; one query."""
    given = {"posts": sorted(set(post_ids)), "body": organisation_id, "on": on}
    return dict(sql.tuples("orgs.heirs", HEIRS, given)) if given["posts"] else {}


def closed_among(post_ids: Iterable[int]) -> dict[int, date]:
    """Return those of the posts that ended, or are to end on a day that is on record, with it; one query."""
    wanted = sorted(set(post_ids))
    return dict(sql.tuples("orgs.closed_among", CLOSED, [wanted])) if wanted else {}
