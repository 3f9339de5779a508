"""Posts as rights see them: at which place, of which kind, held by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from linli.access import permits
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, Permit
from linli.orgs.queries.lines_of_posts import AT, BELOW, FOUND, POSTS
from linli.orgs.queries.posts import holdings_of_account, holdings_of_person, post_kinds
from linli.ui.formats import is_chinese

MOST_FOUND = 50
# the entries `e` of a `person` and her staff accounts `a`, each found by its key
ENTRIES = """people_person e ON e.id = coalesce(person.merged_into_id, person.id)
    OR e.merged_into_id = coalesce(person.merged_into_id, person.id)"""
STAFF_ACCOUNT = "access_account a ON a.person_id = e.id AND a.kind = 'staff'"
# the staff accounts that hold a post, by whichever of the holder's joined entries, or posts of a kind at a place and below, or stand in for one
HOLDERS = f"""
WITH posts AS (
    SELECT id FROM orgs_post p WHERE p.id = %(post)s
    UNION ALL
    SELECT id FROM orgs_post p WHERE p.kind_id = %(kind)s AND p.path >= %(path)s AND p.path < %(path)s || '~'
)
SELECT coalesce(h.account_id, a.id) FROM orgs_postholding h
LEFT JOIN people_person person ON person.id = h.person_id
LEFT JOIN {ENTRIES}
LEFT JOIN {STAFF_ACCOUNT}
WHERE h.post_id IN (SELECT id FROM posts) AND coalesce(h.account_id, a.id) IS NOT NULL
  AND (h.until IS NULL OR h.until > %(on)s) AND (NOT %(begun)s OR h.since <= %(on)s)
UNION
SELECT d.account_id FROM access_deputy d
WHERE d.post_id IN (SELECT id FROM posts) AND d.revoked_at IS NULL AND d.ends_on >= %(on)s
  AND (NOT %(begun)s OR d.starts_on <= %(on)s)
"""  # noqa: S608 - our own constants


@dataclass(slots=True)
class PostRow:
    """One post in a list of rights; nobody in it means that it is vacant."""

    id: int
    title: str
    title_en: str
    path: str
    kind: str
    rank: int
    seats: int | None
    organisation: str
    organisation_en: str
    holders: str

    @property
    def most_deputies(self) -> int:
        """How many may be away at a time: one for each seat, or for each who holds it."""
        return self.seats or self.holders.count("、") + 1

    @property
    def office(self) -> str:
        """The name of the body in the reader's language, as far as it has one."""
        return self.organisation if is_chinese() else self.organisation_en or self.organisation


def posts_at(path: str, *, on: date, below: bool = False) -> list[PostRow]:
    """Return the posts of a place, with those below if asked."""
    text = POSTS.format(condition=BELOW if below else AT)
    return sql.rows("access.posts", text, {"on": on, "path": path}, into=PostRow)


def posts_at_each(paths: list[str], *, on: date) -> list[PostRow]:
    """Return the posts of several places."""
    text = POSTS.format(condition="p.path = ANY(%(paths)s)")
    return sql.rows("access.posts_at_each", text, {"on": on, "paths": paths}, into=PostRow)


def accounts_holding(
    post_id: int | None, kind: str, path: str, *, on: date, begun: bool = False
) -> list[int]:
    """Return the accounts of those who hold or take a post, or one of a kind at a place and below; only those who have `begun`."""
    given = {"post": post_id or 0, "kind": kind, "path": path, "on": on, "begun": begun}
    return sorted(row[0] for row in sql.tuples("access.accounts_holding", HOLDERS, given))


def own_seats(actor: Actor, *, on: date) -> set[int]:
    """Return the posts that the actor holds herself, none that she stands in for or that fell to her."""
    if actor.account_id is None:
        return set()
    held = holdings_of_account(actor.account_id, on)
    if actor.person_id is not None:
        held = [*held, *holdings_of_person(actor.person_id, on)]
    return {one.post_id for one in held} & set(actor.posts)


def posts_by_id(ids: set[int], *, on: date) -> dict[int, PostRow]:
    """Return posts by their ids."""
    if not ids:
        return {}
    text = POSTS.format(condition="p.id = ANY(%(ids)s)")
    found = sql.rows("access.posts_by_id", text, {"on": on, "ids": sorted(ids)}, into=PostRow)
    return {row.id: row for row in found}


def post_for_rights(actor: Actor, post_id: int, permit: Permit = permits.GRANT) -> PostRow:
    """Return a post whose rights the actor looks after. Refuses with NotFound."""
    row = posts_by_id({post_id}, on=localdate()).get(post_id)
    if row is None or not actor.may(permit, at=row.path):
        raise NotFound(post=post_id)
    return row


def kind_names() -> dict[str, tuple[str, str]]:
    """Return the names of the kinds of posts, Chinese and English, by their codes."""
    return {kind.code: (kind.name, kind.name_en) for kind in post_kinds()}


def kept_post(actor: Actor, post_id: int, permit: Permit, *, on: date) -> PostRow | None:
    """Return a post that the actor holds herself or that stands where she holds the permit, or None."""
    row = posts_by_id({post_id}, on=on).get(post_id)
    own = own_seats(actor, on=on)
    return row if row and (row.id in own or actor.may(permit, at=row.path)) else None


def find_posts(actor: Actor, permit: Permit, words: str, *, on: date) -> tuple[list[PostRow], bool]:
    """Return posts that the words mean where the actor holds the permit, and whether more fit.

    50 at most, in the order of the places. Without words nothing is found.
    """
    typed, paths = words.lower().split()[:8], sorted(actor.paths(permit))
    if not typed or not paths:
        return [], False
    text = POSTS.format(condition=FOUND) + f"LIMIT {MOST_FOUND + 1}"
    given = {"on": on, "paths": paths, "words": typed}
    found = sql.rows("access.posts_found", text, given, into=PostRow)
    return found[:MOST_FOUND], len(found) > MOST_FOUND
