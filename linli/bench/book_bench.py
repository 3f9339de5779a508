"""Bench `book`: 200 people want 500 times at once, against bare INSERT … ON CONFLICT of the same rows."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from linli.bench.home_bench import server
from linli.bench.measure import PAIRS, Part, Result, judge, machine
from linli.bench.report_bench import rate
from linli.bench.writers import at_once
from linli.cli.serve import prepare_static
from linli.demo import city
from linli.kernel.permits import NOBODY, system_actor

CLIENTS, EACH, SLOTS, ROUNDS, WRITERS = 200, 5, 500, 20, 16
WINDOWS, STEP, OPENS = 10, 10, 480
VILLAGE = "441900990201"
NOW = datetime(2026, 8, 9, 4, tzinfo=UTC)
REQUESTS = 100
BARE = """
INSERT INTO offerings_appointment (code, window_id, path, starts_at, ends_at, state, way, item, language,
    phone_masked, moves, why, made_at, edition, may_ask)
VALUES (%s, %s, %s, %s, %s, 'booked', 'online', '', 'zh-hans', '', 0, '', %s, 1, false) ON CONFLICT DO NOTHING
"""


def run(say: Callable[[str], None]) -> Result:
    """Ours: the service, each booking in a transaction with its line of the trail; baseline: one bare row."""
    city.make_demo(say)
    prepare_static()
    windows = _windows()
    say(f"{ROUNDS} rounds of {CLIENTS} clients, {WRITERS} processes …")
    ours, bare = [], []
    for number in range(ROUNDS + 1):
        pair = (_round(number, windows, _book), _round(number, windows, _insert))
        if number:
            ours.append(pair[0])
            bare.append(pair[1])
    service = judge(
        "wishes/s against bare rows", ours, bare, target=0.5, bound="at least", unit="1/s"
    )
    work = f"{CLIENTS} clients × {EACH} of {SLOTS} times, {ROUNDS} rounds, {WRITERS} processes: {SLOTS} booked, 0 double in each"
    return Result("book", work, (service, _over_http(windows, say)), machine())


def _windows() -> list[tuple[int, str]]:
    """Make the windows of the bench at the demo's centre, open every working day of the year."""
    from linli.offerings.services import windows
    from linli.offerings.types.visits import Span, WeekPlan, WindowFacts
    from linli.orgs.queries.centres import centre_rows
    from linli.places import queries as places

    actor, before = system_actor("bench"), NOW - timedelta(days=30)
    centre = centre_rows(places.get_place(VILLAGE).path, on=NOW.date())[0].organisation
    closes = OPENS + SLOTS // WINDOWS * STEP
    week = WeekPlan(before.date(), [Span(day, OPENS, closes, STEP) for day in range(5)])
    made = []
    for _number in range(WINDOWS):
        facts = WindowFacts(f"B{uuid4().hex[:5]}", "bench")
        window = windows.add_window(centre.pk, centre.path, facts, actor=actor, now=before)
        windows.set_hours(window, week, actor=actor, now=before)
        made.append((window.pk, window.path))
    return made


def _round(number: int, windows: list[tuple[int, str]], work: Callable[[Any], None]) -> float:
    """Let every client try for her times, each time wanted by two; return wishes a second."""
    starts = _times(number)
    wanted = [(*window, start) for window in windows for start in starts] * (
        CLIENTS * EACH // SLOTS
    )
    random.Random(number).shuffle(wanted)
    _clear()
    # each process has booked before: its connection knows the tables, ours and that of the bare rows alike
    parts = [[warm, *wanted[n::WRITERS]] for n, warm in enumerate(_warming(windows, number))]
    seconds = at_once(parts, work, warm=1, before=partial(_remember, windows))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT (window_id, starts_at)) FROM offerings_appointment"
            " WHERE state = 'booked' AND window_id = ANY(%s) AND starts_at = ANY(%s)",
            [[pk for pk, _path in windows], starts],
        )  # fmt: skip
        assert cursor.fetchone() == (SLOTS, SLOTS), "a time was lost or given twice"
    return len(wanted) / seconds


def _warming(windows: list[tuple[int, str]], number: int) -> list[tuple[int, str, datetime]]:
    """Return a time of another week for each process, which nobody else wants."""
    times = [(*window, start + timedelta(days=7)) for window in windows for start in _times(number)]
    return times[:WRITERS]


def _remember(windows: list[tuple[int, str]]) -> None:
    """Read what a process holds in memory that has taken bookings before; the bare rows need none of it."""
    from linli.offerings.queries.slots import terms_at
    from linli.offerings.queries.windows import ground_of
    from linli.rulebook import queries as rulebook

    rulebook.calendar()
    for pk, path in windows:
        ground_of(pk, timezone.localdate(NOW))
        terms_at(path, timezone.localdate(NOW))


def _times(number: int) -> list[datetime]:
    """Return the times of one window on the working day of a round."""
    day = NOW + timedelta(days=1 + number % 5)
    first = day.replace(hour=0, minute=0)  # 08:00 in Shanghai is midnight in UTC
    return [first + timedelta(minutes=STEP * n) for n in range(SLOTS // WINDOWS)]


def _clear() -> None:
    """Cancel what the round before booked, in place of deleting: the service may not delete a visit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE offerings_appointment SET state = 'cancelled' WHERE state = 'booked'"
        )


def _book(wish: tuple[int, str, datetime]) -> None:
    from linli.kernel.errors import Refusal
    from linli.offerings.errors import TimeTaken
    from linli.offerings.services import visits
    from linli.offerings.types.visits import Contact, Wish

    window, _path, start = wish
    try:
        visits.book(Wish(window, start), Contact(), actor=NOBODY, now=NOW)
    except TimeTaken:
        return
    except Refusal as refusal:
        raise AssertionError(refusal.code) from refusal


def _insert(wish: tuple[int, str, datetime]) -> None:
    window, path, start = wish
    values: list[Any] = [
        uuid4().hex[:12].upper(),
        window,
        path,
        start,
        start + timedelta(minutes=STEP),
        NOW,
    ]
    with connection.cursor() as cursor:
        cursor.execute(BARE, values)


def _over_http(windows: list[tuple[int, str]], say: Callable[[str], None]) -> Part:
    """Book over HTTP against one row and commit by the same server; only successes count."""
    say(f"{PAIRS} pairs of {REQUESTS} requests …")
    _clear()
    bodies = _bodies(windows)
    with server("linli.bench.report_app:app") as ours, server("linli.bench.floor:app") as floor:
        pairs = [
            (
                rate(ours, "/api/v1/slots/", itertools.islice(bodies, REQUESTS)),
                rate(floor, "/floor/insert/", iter(["{}"] * REQUESTS)),
            )
            for _ in range(PAIRS + 1)
        ][1:]  # fmt: skip
    first, second = ([pair[n] for pair in pairs] for n in (0, 1))
    return judge(
        "bookings/s over HTTP against one row",
        first,
        second,
        target=0.2,
        bound="at least",
        unit="1/s",
    )


def _bodies(windows: list[tuple[int, str]]) -> Iterator[str]:
    from linli.rulebook import queries as rulebook

    day = rulebook.calendar().next_work(timezone.localdate() + timedelta(days=1)).day
    found: list[tuple[int, datetime]] = []
    while len(found) < REQUESTS * (PAIRS + 1):
        first = datetime(day.year, day.month, day.day, tzinfo=UTC)
        for window, _path in windows:
            found += [
                (window, first + timedelta(minutes=STEP * n)) for n in range(SLOTS // WINDOWS)
            ]
        day = rulebook.calendar().next_work(day + timedelta(days=1)).day
    for window, start in found:
        yield json.dumps({"window": window, "starts_at": start.isoformat()})
