"""One session with everything that a request needs: one prepared statement."""

from __future__ import annotations

import json
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from linli.access.models import SignIn
from linli.access.rules import agent_text
from linli.access.types import SessionRow
from linli.kernel import sql
from linli.kernel.permits import Actor

# `who` are the entries of the register that are this person: what hung on one before two were
# joined still points to it. `mine` are the posts of the account: its own, which come first since
# she is called by them, and those that it stands in for; a resident's account, which opens by a
# code to a telephone alone, gives no right of a post; `held` adds those left vacant, or whose
# holder is shut out, that fall to them (orgs.queries.posts_fallen_to says the same in two steps). `given` are the live rights of
# these posts, of their kinds (each at the place of the post), of the account itself, and what
# residents may at the places where they live. Lists go in as arrays and each way to a post has its
# own arm, since the planner then takes the keys instead of reading whole tables (it cannot know
# that a recursion ends after one row). Nothing is cached, so a revocation holds from the next
# request on, whoever made it and wherever.
RIGHTS = """
LEFT JOIN LATERAL (
    WITH RECURSIVE who AS (
        SELECT coalesce(me.merged_into_id, me.id) AS id WHERE me.id IS NOT NULL
        UNION ALL
        SELECT j.id FROM people_person j WHERE j.merged_into_id = coalesce(me.merged_into_id, me.id)
    ), mine AS (
        SELECT h.post_id, 0 AS stands_in FROM orgs_postholding h
        WHERE h.account_id = a.id
          AND h.since <= %(today)s AND (h.until IS NULL OR h.until > %(today)s)
        UNION
        SELECT h.post_id, 0 FROM orgs_postholding h
        WHERE h.person_id = ANY (ARRAY(SELECT id FROM who)) AND a.kind = 'staff'
          AND h.since <= %(today)s AND (h.until IS NULL OR h.until > %(today)s)
        UNION
        SELECT d.post_id, 1 FROM access_deputy d
        WHERE d.account_id = a.id AND d.revoked_at IS NULL
          AND d.starts_on <= %(today)s AND d.ends_on >= %(today)s
    ), held AS (
        SELECT post_id, 0 AS depth FROM mine
        UNION
        SELECT v.id, held.depth + 1 FROM held CROSS JOIN LATERAL (
            SELECT d.id, d.seats FROM orgs_post d WHERE d.deputy_id = held.post_id
            UNION ALL
            SELECT b.id, b.seats FROM orgs_post b
            WHERE b.above_id = held.post_id AND NOT EXISTS (
                SELECT 1 FROM orgs_postholding h WHERE h.post_id = b.deputy_id AND NOT h.is_shut_out
                AND h.since <= %(today)s AND (h.until IS NULL OR h.until > %(today)s))
        ) v CROSS JOIN LATERAL (
            SELECT count(*) AS ever,
                count(*) FILTER (WHERE (h.until IS NULL OR h.until > %(today)s) AND NOT h.is_shut_out) AS still
            FROM orgs_postholding h WHERE h.post_id = v.id AND h.since <= %(today)s
        ) n
        WHERE held.depth < 3 AND v.seats = 1 AND n.ever > 0 AND n.still = 0
    ), posts AS (
        SELECT p.id, p.title, p.path, p.kind_id, p.rank,
            (SELECT min(mine.stands_in) FROM mine WHERE mine.post_id = p.id) AS stands_in
        FROM orgs_post p WHERE p.id = ANY (ARRAY(SELECT post_id FROM held))
          AND (p.closed_on IS NULL OR p.closed_on > %(today)s)
    ), given AS (
        SELECT g.template, g.permit, g.path, g.ceiling, g.post_id, g.kind, g.purpose
        FROM access_givenright g WHERE g.post_id = ANY (ARRAY(SELECT id FROM posts))
          AND g.starts_at <= %(now)s AND (g.ends_at IS NULL OR g.ends_at > %(now)s)
          AND g.revoked_at IS NULL
        UNION ALL
        SELECT g.template, g.permit, posts.path, g.ceiling, posts.id, g.kind, g.purpose
        FROM access_givenright g JOIN posts ON posts.kind_id = g.post_kind
        WHERE g.post_kind <> '' AND posts.path >= g.path AND posts.path < g.path || '~'
          AND g.starts_at <= %(now)s AND (g.ends_at IS NULL OR g.ends_at > %(now)s)
          AND g.revoked_at IS NULL
        UNION ALL
        SELECT g.template, g.permit, g.path, g.ceiling, NULL, g.kind, g.purpose
        FROM access_givenright g
        WHERE g.account_id = a.id AND g.starts_at <= %(now)s
          AND (g.ends_at IS NULL OR g.ends_at > %(now)s) AND g.revoked_at IS NULL
        UNION ALL
        SELECT 'resident', '', l.path, 2, NULL, 'ordinary', '' FROM people_residency l
        WHERE l.person_id = ANY (ARRAY(SELECT id FROM who)) AND NOT l.is_shadowed
          AND (l.since IS NULL OR l.since <= %(today)s) AND (l.until IS NULL OR l.until > %(today)s)
    )
    SELECT coalesce((SELECT jsonb_agg(jsonb_build_array(id, title, path, stands_in IS NOT NULL)
                     ORDER BY stands_in NULLS LAST, rank, id) FROM posts), '[]') AS posts,
           coalesce((SELECT jsonb_agg(jsonb_build_array(
                         template, permit, path, ceiling, post_id, kind, purpose)
                     ORDER BY path, template, permit, post_id, ceiling) FROM given), '[]') AS rights
) r ON true
"""

# where a session may act for somebody now: the root by a mandate that still holds, else the places
# where she has lived, at one of which it takes the permit; nowhere for somebody who died
ACTING = """CASE WHEN f.id IS NOT NULL THEN ARRAY(
    SELECT '' FROM access_mandate m JOIN people_person p ON p.id = m.principal_id
    WHERE m.agent_id = a.id AND coalesce(f.merged_into_id, f.id) IN (p.id, p.merged_into_id)
      AND m.revoked_at IS NULL AND m.starts_at <= %(now)s AND m.ends_at > %(now)s
      AND NOT EXISTS (SELECT 1 FROM people_person g
          WHERE g.id IN (p.id, p.merged_into_id) AND g.died_on IS NOT NULL)
    UNION ALL
    SELECT l.path FROM people_residency l
    WHERE l.person_id = coalesce(f.merged_into_id, f.id) AND NOT l.is_shadowed
      AND NOT EXISTS (SELECT 1 FROM people_person g
          WHERE g.id = l.person_id AND g.died_on IS NOT NULL)) END"""

SESSION = f"""
SELECT s.id, s.data, s.account_id, a.state AS account_state, a.kind AS account_kind,
    coalesce(me.merged_into_id, a.person_id) AS person_id, a.display_name, s.seen_at, s.locked_at, s.ended_at, s.expires_at, s.device_id, s.idle_seconds,
    s.post_id, coalesce(f.merged_into_id, s.acting_for_id) AS acting_for, s.acting_until, s.purpose, s.factor,
    a.is_demo, d.revoked_at AS device_revoked_at, d.path AS device_path,
    f.name AS acting_name, {ACTING} AS acting_at, r.posts, r.rights
FROM access_signin s
LEFT JOIN access_account a ON a.id = s.account_id
LEFT JOIN people_person me ON me.id = a.person_id
LEFT JOIN access_counterdevice d ON d.id = s.device_id
LEFT JOIN people_person f ON f.id = s.acting_for_id
{RIGHTS}
WHERE s.key_hash = %(key)s
"""  # noqa: S608 - put together from constants

ACCOUNTS = f"""
SELECT 0 AS id, '{{{{}}}}'::jsonb AS data, a.id AS account_id, a.state AS account_state,
    a.kind AS account_kind, coalesce(me.merged_into_id, a.person_id) AS person_id, a.display_name, %(now)s AS seen_at,
    NULL::timestamptz AS locked_at, NULL::timestamptz AS ended_at, %(now)s AS expires_at,
    NULL::bigint AS device_id, 0 AS idle_seconds, NULL::bigint AS post_id,
    NULL::bigint AS acting_for, NULL::timestamptz AS acting_until, '' AS purpose, '' AS factor,
    a.is_demo, NULL::timestamptz AS device_revoked_at, NULL::text AS device_path,
    NULL::text AS acting_name, NULL::text[] AS acting_at, r.posts, r.rights
FROM {{accounts}} a LEFT JOIN people_person me ON me.id = a.person_id {RIGHTS}
"""  # noqa: S608 - put together from constants
ACCOUNT = ACCOUNTS.format(accounts="access_account") + "WHERE a.id = %(key)s"
# most of the staff hold a post by their account: these are left out before rights are looked for
IDLE = """(
    SELECT * FROM access_account s
    WHERE s.kind = 'staff' AND s.state = 'active' AND s.path >= %(path)s AND s.path < %(path)s || '~'
      AND NOT EXISTS (SELECT 1 FROM orgs_postholding h JOIN orgs_post p ON p.id = h.post_id
          WHERE h.account_id = s.id AND h.since <= %(today)s
            AND (h.until IS NULL OR h.until > %(today)s)
            AND (p.closed_on IS NULL OR p.closed_on > %(today)s))
    OFFSET 0)"""
WITHOUT_POST = ACCOUNTS.format(accounts=IDLE) + "ORDER BY a.display_name, a.id"


def session_row(key_hash: bytes, *, now: datetime) -> SessionRow | None:
    """Return a session with the rights of its account, ended and run-out ones included."""
    return _one("access.session", SESSION, key_hash, now)


def account_row(account_id: int, *, now: datetime) -> SessionRow | None:
    """Return an account with its rights, in the shape of a session."""
    return _one("access.account", ACCOUNT, account_id, now)


def rows_without_post(path: str, *, now: datetime) -> list[SessionRow]:
    """Return staff accounts below a place that hold no post by themselves, with what else they have."""
    given = {"path": path, "now": now, "today": localdate(now)}
    return [decoded(row) for row in sql.rows("access.idle", WITHOUT_POST, given, into=SessionRow)]


def _one(name: str, text: str, key: bytes | int, now: datetime) -> SessionRow | None:
    given = {"key": key, "now": now, "today": localdate(now)}
    found = sql.rows(name, text, given, into=SessionRow)
    return decoded(found[0]) if found else None


def decoded(row: SessionRow) -> SessionRow:
    """Read the JSON columns: Django leaves them to its fields, and these are none."""
    for column in ("data", "posts", "rights"):
        setattr(row, column, json.loads(getattr(row, column)))
    return row


def own_sessions(actor: Actor, *, now: datetime) -> QuerySet[SignIn]:
    """Return the actor's sessions that are open, the last used first."""
    return (
        SignIn.objects.filter(
            account_id=actor.account_id or 0, ended_at__isnull=True, expires_at__gt=now
        )
        .select_related("device")
        .defer("data")
        .order_by("-seen_at", "-id")
    )


def agents_before(account_id: int) -> list[str]:
    """Return the browsers and systems of the sessions that are still kept, the newest last."""
    known = SignIn.objects.filter(account_id=account_id).exclude(agent="")
    agents = list(known.order_by("-id").values_list("agent", flat=True)[:200])
    return list(dict.fromkeys(agent_text(one) for one in reversed(agents)))
