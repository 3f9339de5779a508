"""One session with everything that a request needs: one prepared statement."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from linli.access.models import SignIn
from linli.access.types import SessionRow
from linli.kernel import sql
from linli.kernel.permits import Actor

# `held` are the posts of the account: its own, those that it stands in for, and vacant ones that
# fall to a post of its own. `given` are the live rights of these posts, of their kinds (each at
# the place of the post) and of the account itself. So a revocation holds from the next request
# on, whoever made it and wherever: nothing is cached.
RIGHTS = """
LEFT JOIN LATERAL (
    WITH mine AS (
        SELECT h.post_id FROM orgs_postholding h
        WHERE (h.account_id = a.id OR h.person_id = a.person_id)
          AND h.since <= %(today)s AND (h.until IS NULL OR h.until > %(today)s)
        UNION
        SELECT d.post_id FROM access_deputy d
        WHERE d.account_id = a.id AND d.revoked_at IS NULL
          AND d.starts_on <= %(today)s AND d.ends_on >= %(today)s
    ), held AS (
        SELECT post_id FROM mine
        UNION
        SELECT v.id FROM orgs_post v JOIN mine ON mine.post_id = v.deputy_id
        WHERE NOT EXISTS (SELECT 1 FROM orgs_postholding h WHERE h.post_id = v.id
            AND h.since <= %(today)s AND (h.until IS NULL OR h.until > %(today)s))
        UNION
        SELECT v.id FROM orgs_post v JOIN mine ON mine.post_id = v.above_id
        WHERE NOT EXISTS (SELECT 1 FROM orgs_postholding h
            WHERE (h.post_id = v.id OR h.post_id = v.deputy_id)
            AND h.since <= %(today)s AND (h.until IS NULL OR h.until > %(today)s))
    ), posts AS (
        SELECT p.id, p.title, p.path, p.kind_id, p.rank, mine.post_id IS NOT NULL AS own
        FROM held JOIN orgs_post p ON p.id = held.post_id LEFT JOIN mine ON mine.post_id = p.id
        WHERE p.closed_on IS NULL OR p.closed_on > %(today)s
    ), given AS (
        SELECT g.template, g.permit, g.path, g.ceiling, g.post_id, g.kind, g.purpose
        FROM access_givenright g JOIN posts ON posts.id = g.post_id
        WHERE g.starts_at <= %(now)s AND (g.ends_at IS NULL OR g.ends_at > %(now)s)
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
    )
    SELECT coalesce((SELECT jsonb_agg(jsonb_build_array(id, title, path, own)
                     ORDER BY own DESC, rank, id) FROM posts), '[]') AS posts,
           coalesce((SELECT jsonb_agg(jsonb_build_array(
                         template, permit, path, ceiling, post_id, kind, purpose)
                     ORDER BY path, template, permit, post_id, ceiling) FROM given), '[]') AS rights
) r ON true
"""

SESSION = f"""
SELECT s.id, s.data, s.account_id, a.state AS account_state, a.kind AS account_kind, a.person_id,
    a.display_name, s.seen_at, s.locked_at, s.ended_at, s.expires_at, s.device_id, s.idle_seconds,
    s.post_id, s.acting_for_id AS acting_for, s.acting_until, s.purpose, s.factor,
    d.revoked_at AS device_revoked_at, r.posts, r.rights
FROM access_signin s
LEFT JOIN access_account a ON a.id = s.account_id
LEFT JOIN access_counterdevice d ON d.id = s.device_id
{RIGHTS}
WHERE s.key_hash = %(key)s
"""

ACCOUNT = f"""
SELECT 0 AS id, '{{}}'::jsonb AS data, a.id AS account_id, a.state AS account_state,
    a.kind AS account_kind, a.person_id, a.display_name, %(now)s AS seen_at,
    NULL::timestamptz AS locked_at, NULL::timestamptz AS ended_at, %(now)s AS expires_at,
    NULL::bigint AS device_id, 0 AS idle_seconds, NULL::bigint AS post_id,
    NULL::bigint AS acting_for, NULL::timestamptz AS acting_until, '' AS purpose, '' AS factor,
    NULL::timestamptz AS device_revoked_at, r.posts, r.rights
FROM access_account a {RIGHTS}
WHERE a.id = %(key)s
"""


def session_row(key_hash: bytes, *, now: datetime) -> SessionRow | None:
    """Return a session with the rights of its account, ended and run-out ones included."""
    return _one("access.session", SESSION, key_hash, now)


def account_row(account_id: int, *, now: datetime) -> SessionRow | None:
    """Return an account with its rights, in the shape of a session."""
    return _one("access.account", ACCOUNT, account_id, now)


def _one(name: str, text: str, key: bytes | int, now: datetime) -> SessionRow | None:
    from django.utils.timezone import localdate

    given = {"key": key, "now": now, "today": localdate(now)}
    found = sql.rows(name, text, given, into=SessionRow)
    return found[0] if found else None


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
