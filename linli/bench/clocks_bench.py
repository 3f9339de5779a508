"""Bench `clocks`: the sweep of 50,000 due clocks against bare SQL that writes the same rows.

Once among 100,000 running clocks and once among 1,000,000: what is not due must cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from linli.bench.measure import PAIRS, Result, judge, machine, timed
from linli.cli.embedded import roles
from linli.config import secrets
from linli.config.env import read_env
from linli.demo import city
from linli.kernel import scope
from linli.kernel.permits import system_actor

DUE, SMALL, LARGE, AT_ONCE = 50_000, 100_000, 1_000_000, 1000
VILLAGE = "441900990201"
NOW = datetime(2026, 8, 20, 4, tzinfo=UTC)
JOB = system_actor("cases.sweep")
# one case that was accepted, many times over, spread over all villages; `at` orders the due ones
CASES = """
WITH model AS (SELECT * FROM cases_case WHERE id = %(model)s),
     village AS (SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, town_id, city_id, path
                   FROM places_place WHERE level = 'village' AND valid_to IS NULL)
INSERT INTO cases_case (uuid, number, kind, version, state, stage, is_open, level, channel, matter,
    title, path, city_id, town_id, village_id, opened_at, changed_at, due_at, due_clock,
    is_provisional, cycle, seq, head, bounced, reopened, is_released, waits_for_release,
    follow_digest)
SELECT gen_random_uuid(), 'BENCH-' || i, m.kind, m.version, m.state, m.stage, true, m.level,
    m.channel, m.matter, m.title, v.path, v.city_id, v.town_id, v.id, m.opened_at, m.changed_at,
    CASE WHEN i %% %(every)s = 0 THEN %(due)s ELSE %(later)s + (i %% 1000) * interval '1 minute' END,
    'solve', false, 1, m.seq, sha256(i::text::bytea), 0, 0, false, false, sha256(i::text::bytea)
  FROM generate_series(%(since)s::bigint, %(until)s::bigint) i
  CROSS JOIN model m
  JOIN village v ON v.n = i %% (SELECT count(*) FROM village)
"""
CLOCKS = """
INSERT INTO cases_caseclock (case_id, cycle, key, state, unit, amount, legal_amount, roll_over,
    extensions, started_at, pauses, due_at, warn_at, next_at, is_warned, is_overdue,
    is_provisional, law)
SELECT c.id, 1, 'solve', 'running', k.unit, k.amount, k.legal_amount, k.roll_over, k.extensions,
    k.started_at, k.pauses, c.due_at, c.due_at, c.due_at, true, false, false, k.law
  FROM cases_case c CROSS JOIN cases_caseclock k
 WHERE k.case_id = %(model)s AND k.key = 'solve' AND c.number LIKE 'BENCH-%%'
   AND NOT EXISTS (SELECT 1 FROM cases_caseclock o WHERE o.case_id = c.id)
"""
AGAIN = """
UPDATE cases_caseclock SET is_overdue = false, next_at = due_at
 WHERE is_overdue AND state = 'running'
"""
# what the sweep writes, in one statement for each thousand: events and marks with a hash each
BARE = """
WITH due AS (
    SELECT c.id, c.seq, c.head, c.state, c.path, c.number, k.id AS clock_id, k.due_at,
           to_jsonb(k) AS clock
      FROM (SELECT id, case_id, cycle, key, state, unit, amount, legal_amount, roll_over,
                   extensions, started_at, pauses, due_at, warn_at, is_provisional, law
              FROM cases_caseclock WHERE state = 'running' AND next_at <= %(now)s
             ORDER BY next_at, id LIMIT %(most)s) k
      JOIN cases_case c ON c.id = k.case_id ORDER BY c.id FOR UPDATE OF c
), told AS (
    SELECT *, jsonb_build_object('overdue', '["solve"]'::jsonb, 'warned', '[]'::jsonb,
           'clocks', jsonb_build_array(clock)) AS facts FROM due
), event AS (
    INSERT INTO cases_caseevent (case_id, seq, move, at, state, cycle, by, facts, hash)
    SELECT id, seq + 1, 'ring', %(now)s, state, 1, 'job', facts,
           sha256(head || convert_to(facts::text || seq || state, 'UTF8')) FROM told
    RETURNING case_id, seq, hash
), clock AS (
    UPDATE cases_caseclock k SET is_overdue = true, is_warned = true, next_at = 'infinity'
      FROM due WHERE k.id = due.clock_id
), head AS (
    UPDATE cases_case c SET seq = event.seq, head = event.hash, changed_at = %(now)s
      FROM event WHERE c.id = event.case_id
)
INSERT INTO trail_entry (epoch, id, at, label, verb, kind, key, path, town, village, purpose,
    level, details, outcome, mark)
SELECT (SELECT max(number) FROM trail_epoch), nextval('trail_entry_id_seq'), %(now)s,
    'cases.sweep', 'cases.moved', 'cases.case', id::text, path, substr(path, 1, 17), path, '', 1,
    jsonb_build_object('move', 'ring', 'seq', seq + 1, 'number', number), 'done',
    sha256(convert_to(id || path || number, 'UTF8'))
  FROM due
"""


def run(say: Callable[[str], None]) -> Result:
    """Each pair: the sweep, then bare SQL, over the same due clocks set back between."""
    city.make_demo(say)
    with scope.acting(JOB):
        model = _model()
        ours, bare = {}, {}
        since = _loaded()
        for size in (SMALL, LARGE):
            say(f"{size:,} running clocks, {DUE:,} due, {PAIRS} pairs …")
            since = _load(model, since, size)
            ours[size], bare[size] = _pairs()
    parts = (
        judge(f"seconds among {SMALL:,}", ours[SMALL], bare[SMALL], target=4.0, bound="at most"),
        judge(f"seconds among {LARGE:,}", ours[LARGE], bare[LARGE], target=4.0, bound="at most"),
        judge("1 M against 100 k", ours[LARGE], ours[SMALL], target=1.5, bound="at most"),
    )
    work = f"{DUE:,} clocks due of {SMALL:,} and of {LARGE:,} that run, {AT_ONCE:,} a transaction"
    return Result("clocks", work, parts, machine())


def _pairs() -> tuple[list[float], list[float]]:
    from linli.cases.services.sweeping import sweep

    ours, bare = [], []
    for number in range(PAIRS + 1):
        _set_back()
        pair = [timed(lambda: sweep(actor=JOB, now=NOW, at_once=AT_ONCE))]
        _set_back()
        pair.append(timed(_write_bare))
        if number:  # the first round warms everything
            ours.append(pair[0])
            bare.append(pair[1])
    return ours, bare


def _model() -> int:
    """Open one case and accept it; close its clocks to the sweep, so that only copies ring."""
    from linli.cases.services.opening import Opening, open_case
    from linli.cases.services.perform import perform
    from linli.cases.types.moves import Given, Wish
    from linli.kernel.permits import NOBODY
    from linli.places import queries as places

    said = Given(public={"text": "The street lamp at the bus stop is dark."}, by_reporter=True)
    place = tuple(places.chain_of(VILLAGE))
    opening = Opening("report", place, "page", matter="complaint", title="Lamp", given=said)
    with transaction.atomic():
        case_id = open_case(opening, actor=NOBODY, now=NOW - timedelta(days=1)).held.id
        perform(Wish(case_id, "accept"), actor=JOB, now=NOW - timedelta(hours=20))
    return case_id


def _loaded() -> int:
    """Return how many copies earlier runs left; they ring no more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caseclock SET state = 'met' WHERE state = 'running'")
        cursor.execute("UPDATE cases_case SET is_open = false, closed_at = now() WHERE is_open")
        cursor.execute(
            "SELECT coalesce(max(substr(number, 7)::bigint), 0) FROM cases_case"
            " WHERE number LIKE 'BENCH-%'"
        )
        return int(cursor.fetchone()[0])


def _load(model: int, since: int, size: int) -> int:
    """Add copies until so many run, so that the due ones are as many as before; return the last."""
    have, due = _running(), DUE
    with connection.cursor() as cursor:
        first = have == 0
        cursor.execute(
            CASES,
            {
                "model": model, "since": since + 1, "until": since + size - have,
                "every": size // due if first else size * 10,
                "due": NOW - timedelta(hours=1), "later": NOW + timedelta(days=1),
            },
        )  # fmt: skip
        cursor.execute(CLOCKS, {"model": model})
    _vacuum()
    return since + size - have


def _running() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_caseclock WHERE state = 'running'")
        return int(cursor.fetchone()[0])


def _set_back() -> None:
    """Let the same clocks be due again, and leave no dead rows for the next measure."""
    with connection.cursor() as cursor:
        cursor.execute(AGAIN)
    _vacuum()


def _vacuum() -> None:
    tables = ("cases_caseclock", "cases_case")
    roles.analyze(secrets.database(read_env(), "owner"), *tables, vacuum=True)


def _write_bare() -> None:
    """Write the same rows for all that is due, a transaction for each thousand."""
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BARE, {"now": NOW, "most": AT_ONCE})
            if not cursor.rowcount:
                return
