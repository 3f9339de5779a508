"""A city full of cases for the bench `caselist`: heads and events by two statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from linli.cli.embedded import roles
from linli.config import secrets
from linli.config.env import read_env
from linli.kernel import sql

EVENTS_EACH = 6
POST = 9_000_001
TABLES = ("cases_case", "cases_caseevent", "cases_casesigns")
# of every five cases two are open, two of five are of the asked category, with the asked post, late
CASES = """
WITH village AS (SELECT row_number() OVER (ORDER BY path) - 1 AS n, id, town_id, city_id, path
                   FROM places_place
                  WHERE level = 'village' AND valid_to IS NULL AND path LIKE %(below)s)
INSERT INTO cases_case (uuid, number, kind, version, state, stage, is_open, level, channel, matter,
    title, category_id, path, city_id, town_id, village_id, opened_at, closed_at, changed_at,
    due_at, due_clock, is_provisional, cycle, seq, head, lead_post_id, bounced, reopened,
    is_released, waits_for_release, follow_digest)
SELECT gen_random_uuid(), 'BENCH-' || i, %(kind)s, 1,
    CASE WHEN o THEN %(open)s ELSE 'closed' END, CASE WHEN o THEN 'open' ELSE 'solved' END, o,
    %(level)s, 'page', %(matter)s, 'The street lamp ' || i || ' is dark', CASE WHEN r < 40 THEN
        %(category)s ELSE (%(others)s::bigint[])[1 + i %% cardinality(%(others)s::bigint[])] END,
    v.path, v.city_id, v.town_id, v.id, %(now)s - (i %% 9000) * interval '1 minute',
    CASE WHEN o THEN NULL ELSE %(now)s END, %(now)s,
    %(now)s + ((i * 7919) %% 100000 - 40000) * interval '1 minute', 'solve', false, 1,
    %(events)s, sha256(i::text::bytea),
    CASE WHEN (i / 7) %% 100 < 40 THEN %(post)s ELSE %(post)s + 1 + i %% 900 END, 0, 0, false,
    false, sha256(i::text::bytea)
  FROM (SELECT i, (i * 31) %% 100 AS r, (i / 3) %% 5 < 2 AS o
          FROM generate_series(%(since)s::bigint, %(until)s::bigint) i) made
  JOIN village v ON v.n = i %% (SELECT count(*) FROM village)
"""
EVENTS = """
INSERT INTO cases_caseevent (case_id, seq, move, at, state, cycle, by, facts, hash)
SELECT c.id, s, CASE s WHEN 1 THEN 'open' ELSE 'note' END, c.opened_at, c.state, 1, 'post', '{}',
       c.head
  FROM cases_case c CROSS JOIN generate_series(1, %s) s
 WHERE c.number LIKE 'BENCH-%%' AND c.seq > 0 AND c.id > %s
"""


def empty() -> None:
    """Take out what earlier runs left in the home of the benches; the chain's guard stands aside."""
    with roles.connect(secrets.database(read_env(), "owner")) as owner:
        guard = "TRIGGER cases_caseevent_append_only"
        owner.execute(f"ALTER TABLE cases_caseevent DISABLE {guard}".encode())
        owner.execute("TRUNCATE cases_case, cases_caseevent CASCADE")
        owner.execute(f"ALTER TABLE cases_caseevent ENABLE {guard}".encode())


@dataclass(frozen=True, slots=True)
class Kind:
    """What the city is filled with: a kind in its first version, at its level, and who sees it."""

    key: str
    level: int
    matter: str
    open: str
    sees: str


REPORTS = Kind("report", 1, "complaint", "at_work", "cases.see")
APPLICATIONS = Kind("application", 4, "", "at_departments", "offerings.applications")


def fill(
    since: int, until: int, below: str, say: Callable[[str], None], kind: Kind = REPORTS
) -> None:
    """Add cases with their events, spread over the villages below a path."""
    say(f"{until:,} cases …")
    last = sql.tuples("bench.last", "SELECT coalesce(max(id), 0) FROM cases_case")[0][0]
    ids = category_ids()
    sql.execute(
        "bench.cases", CASES,
        {
            "since": since, "until": until, "below": below, "now": timezone.now(), "post": POST,
            "kind": kind.key, "level": kind.level, "matter": kind.matter, "open": kind.open,
            "category": ids[0], "others": ids[1:], "events": EVENTS_EACH,
        },
    )  # fmt: skip
    sql.execute("bench.events", EVENTS, [EVENTS_EACH, last])
    roles.analyze(secrets.database(read_env(), "owner"), *TABLES)


def category_ids() -> list[int]:
    """Return the categories that cases have; the first is the one that is asked for."""
    rows = sql.tuples(
        "bench.categories", "SELECT id FROM cases_category WHERE parent_id IS NOT NULL ORDER BY id"
    )
    return [int(row[0]) for row in rows]
