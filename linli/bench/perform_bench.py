"""Bench `perform`: 8 writers moving different cases against bare SQL that writes the same rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from psycopg import Cursor

from linli.bench.measure import PAIRS, Result, judge, machine
from linli.bench.writers import at_once
from linli.demo import city
from linli.kernel.permits import Actor, Grant

WRITERS, MOVES = 8, 100
VILLAGE = "441900990201"
PATH = f"441900/441900990/{VILLAGE}/"
WHO = Actor(1, None, "clerk of the bench", (Grant("cases.handle", PATH, 5, 1),))
NOW = datetime(2026, 8, 10, 4, tzinfo=UTC)


def run(say: Callable[[str], None]) -> Result:
    """Ours: `perform` in a transaction; baseline: the same rows by prepared INSERT and UPDATE."""
    city.make_demo(say)
    say(f"{WRITERS} writers, {MOVES} moves each, {PAIRS} pairs …")
    ours, bare = [], []
    for number in range(PAIRS + 1):
        pair = (_round(_perform, _none), _round(_write, _capture))
        if number:  # the first round warms everything
            ours.append(pair[0])
            bare.append(pair[1])
    part = judge("moves/s against bare SQL", ours, bare, target=0.25, bound="at least", unit="1/s")
    work = f"{WRITERS} writers × {MOVES} moves on different cases, one move a transaction"
    return Result("perform", work, (part,), machine())


def _round(work: Callable[[Any], None], prepare: Callable[[list[int]], list[Any]]) -> float:
    """Open fresh cases, then let all writers move theirs at once; return moves a second."""
    ids = _open(WRITERS * (MOVES + 1))
    parts = [prepare(ids[n::WRITERS]) for n in range(WRITERS)]
    # the first of each connects and prepares
    return WRITERS * MOVES / at_once(parts, work, warm=1)


def _open(count: int) -> list[int]:
    from linli.cases.services.opening import Opening, open_case
    from linli.cases.types.moves import Given
    from linli.kernel.permits import NOBODY
    from linli.places import queries as places

    place = tuple(places.chain_of(VILLAGE))
    said = Given(public={"text": "The street lamp at the bus stop is dark."}, by_reporter=True)
    opening = Opening("report", place, "page", matter="complaint", title="Lamp", given=said)
    with transaction.atomic():
        return [open_case(opening, actor=NOBODY, now=NOW).held.id for _ in range(count)]


def _none(ids: list[int]) -> list[Any]:
    return list(ids)


def _perform(case_id: int) -> None:
    from linli.cases.services.perform import perform
    from linli.cases.types.moves import Given, Wish

    given = Given(public={"text": "We have it and send a crew tomorrow."})
    with transaction.atomic():
        perform(Wish(case_id, "accept", given), actor=WHO, now=NOW + timedelta(hours=1))


EVENT = """
INSERT INTO cases_caseevent (case_id, seq, move, at, state, cycle, account_id, post_id, by, facts,
    public, hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
"""
WORDS = """
INSERT INTO cases_publicwords (event_id, case_id, nonce, said, is_by_reporter, waits)
VALUES (%s, %s, %s, %s, false, false)
"""
CLOCK = "UPDATE cases_caseclock SET state = %s, ended_at = %s, next_at = %s WHERE case_id = %s AND cycle = 1 AND key = %s"
HEAD = """
UPDATE cases_case SET state = %s, stage = %s, seq = %s, head = %s, changed_at = %s, due_at = %s,
    due_clock = %s WHERE id = %s
"""


def _capture(ids: list[int]) -> list[Any]:
    """The rows that a move writes, made before the clock starts."""
    at = NOW + timedelta(hours=1)
    facts = {"clocks": [{"key": "accept", "state": "met", "due": "2026-08-11T16:00:00.000000Z",
                         "law": {"key": "report.accept"}, "pauses": []}]}  # fmt: skip
    return [(case_id, at, json.dumps(facts), _trail(case_id, at)) for case_id in ids]


def _trail(case_id: int, at: datetime) -> Any:
    from linli.trail.services import recording
    from linli.trail.types import DONE, About, Act

    told = {"move": "accept", "seq": 2, "number": "JB-2026-0001"}
    act = Act("cases.moved", ("cases.case", case_id), told, About(place=PATH, level=1))
    return recording._values(recording._line(act, WHO, at, DONE))


def _write(row: Any) -> None:
    """The same rows in one transaction, prepared, on a kept connection."""
    from linli.trail.services.recording import INSERT

    case_id, at, facts, trail = row
    connection.ensure_connection()
    link: Any = connection.connection
    link.autocommit = False
    event = (case_id, 2, "accept", at, "at_work", 1, 1, 1, "post", facts, b"c" * 32, b"h" * 32)
    said = '{"text": "We have it and send a crew tomorrow."}'
    with Cursor(link) as cursor:
        cursor.execute(EVENT, event, prepare=True)
        (event_id,) = cursor.fetchone() or (0,)
        cursor.execute(WORDS, (event_id, case_id, b"n" * 32, said), prepare=True)
        cursor.execute(CLOCK, ("met", at, at, case_id, "accept"), prepare=True)
        head = ("at_work", "open", 2, b"h" * 32, at, at, "solve", case_id)
        cursor.execute(HEAD, head, prepare=True)
        cursor.execute(INSERT, trail, prepare=True)
    link.commit()
