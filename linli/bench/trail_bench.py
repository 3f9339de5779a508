"""Bench `trail`: 16 writers recording acts against bare INSERT of the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from psycopg import Cursor

from linli.bench.measure import Part, Result, judge, machine
from linli.bench.writers import FORK, at_once
from linli.kernel import sql
from linli.kernel.permits import Actor, system_actor

# long enough that the sealer, which turns once a second, seals in each run
WRITERS, ACTS, PAIRS = 16, 450, 7
PATH = "441900/441900990/441900990201/"
WHO = Actor(1, None, "clerk of the bench")
BACKLOG_SECONDS = 5.0
BACKLOG = """
    SELECT coalesce(extract(epoch FROM clock_timestamp() - min(e.at)), 0)
    FROM trail_entry e LEFT JOIN trail_seal s ON s.entry_id = e.id WHERE s.entry_id IS NULL
"""


def run(say: Callable[[str], None]) -> Result:
    """Ours: record() in a transaction; baseline: the same INSERT and commit on a kept connection.

    Then the same with the sealer running beside it against without.
    """
    say(f"{WRITERS} writers, {ACTS} acts each, {PAIRS} pairs …")
    rates: dict[str, list[float]] = {"ours": [], "bare": [], "sealed": [], "alone": []}
    for number in range(PAIRS + 1):
        pair = {"ours": _together(_record), "bare": _together(_insert)}
        beside, backlog = _with_sealer()
        pair |= {"sealed": beside, "alone": _together(_record)}
        if number:  # the first round warms everything
            for name, rate in pair.items():
                rates[name].append(rate)
    parts = (
        judge("acts/s against bare INSERT", rates["ours"], rates["bare"], target=0.5,
              bound="at least", unit="1/s"),
        judge("acts/s with sealer against without", rates["sealed"], rates["alone"], target=0.9,
              bound="at least", unit="1/s"),
        Part("backlog at the end", round(backlog, 3), BACKLOG_SECONDS,
             round(backlog / BACKLOG_SECONDS, 3), 1.0, backlog <= BACKLOG_SECONDS),
    )  # fmt: skip
    work = f"{WRITERS} writers × {ACTS} acts, one act a transaction"
    return Result("trail", work, parts, machine())


def _together(work: Callable[[int], None]) -> float:
    """Return acts a second of all writers, from the moment when all are ready."""
    parts = [[-1, *range(n * ACTS, (n + 1) * ACTS)] for n in range(WRITERS)]
    # the first of each connects and prepares
    return WRITERS * ACTS / at_once(parts, work, warm=1)


def _record(number: int) -> None:
    from linli.trail.services import record

    with transaction.atomic():
        record(
            "bench.done", on=("bench", number), actor=WHO, now=datetime.now(UTC), place=PATH, n=number,
        )  # fmt: skip


_ready: list[Any] = []


def _insert(number: int) -> None:
    """The same rows, made before the clock starts: what is left is the INSERT and its commit."""
    from linli.trail.services.recording import INSERT

    connection.ensure_connection()
    link: Any = connection.connection
    if number < 0:
        _ready[:] = [_row(n) for n in range(ACTS + 1)]
        link.autocommit = False
    # Django's own cursors never prepare: the baseline must be as good as it can be
    with Cursor(link) as cursor:
        cursor.execute(INSERT, _ready.pop(), prepare=True)
    link.commit()


def _row(number: int) -> Any:
    from linli.trail.services import recording
    from linli.trail.types import DONE, About, Act

    act = Act("bench.done", ("bench", number), {"n": number}, About(place=PATH))
    return recording._values(recording._line(act, WHO, datetime.now(UTC), DONE))


def _with_sealer() -> tuple[float, float]:
    """Return acts a second while a sealer runs beside, and the age of the oldest unsealed row.

    It seals what is written then, not what other runs left.
    """
    _seal_all()
    stop = FORK.Event()
    connection.close()
    sealer = FORK.Process(target=_seal, args=(stop,))
    sealer.start()
    rate = _together(_record)
    time.sleep(1.5)  # one more turn of the sealer, as in service
    backlog = float(sql.tuples("bench.backlog", BACKLOG)[0][0])
    stop.set()
    sealer.join()
    return rate, backlog


def _seal_all() -> None:
    """Seal what others left, as a worker would have: what waits in the end is of one run alone."""
    from linli.trail.services import seal_once

    while seal_once(actor=system_actor("bench sealer"), now=datetime.now(UTC)):
        pass


def _seal(stop: Any) -> None:
    from linli.trail.services import seal_once

    while not stop.wait(1.0):
        seal_once(actor=system_actor("bench sealer"), now=datetime.now(UTC))
