"""Bench `rush`: 600 scarce dates by draw, 20,000 people who enter within two minutes and press twice.

They come when they come, whether the service keeps up or not: an answer is timed from the moment at which
the form was sent, not from when the service got round to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.timezone import localdate

from linli.bench.home_bench import server
from linli.bench.measure import Part, Result, machine, p95
from linli.bench.rush_crowd import Seen, crowd, one_by_one
from linli.cli.serve import prepare_static
from linli.demo import city
from linli.kernel.permits import system_actor
from linli.runtime.types import HONOURED

ENTRIES, SECONDS, CALM, WARM = 20_000, 120, 400, 50
WINDOWS, TIMES, STEP, OPENS = 10, 30, 10, 480
DATES = WINDOWS * TIMES * 2
VILLAGE, MARK = "441900990201", "RB"
# as `linli up --workers 2` has it
WORKERS = 2
ACTOR = system_actor("bench")


def run(say: Callable[[str], None]) -> Result:
    """Ours: the 95th percentile of answers in the rush; baseline: of the same when one comes after the other."""
    city.make_demo(say)
    prepare_static()
    one, days = _announced()
    with server("linli.bench.report_app:app", threads=4, workers=WORKERS) as port:
        path = f"/api/v1/draws/{one.code}/entries/"
        say(f"{CALM} people one after the other …")
        one_by_one(port, path, days, range(WARM))
        calm = one_by_one(port, path, days, range(WARM, WARM + CALM))
        say(f"{ENTRIES:,} people in {SECONDS} seconds, each twice …")
        seen = crowd(port, path, days, range(10_000, 10_000 + ENTRIES), SECONDS)
    say("the draw …")
    lost, doubled, wrong = _judged(one, seen, calm)
    quick, slow = p95(calm.seconds), p95(seen.seconds)
    ratio = round(slow / quick, 4)
    parts = (
        Part("p95 of an answer against calm", round(slow, 4), round(quick, 4), ratio, 2.0, ratio <= 2),
        Part("entries lost", lost, 0, lost, 0, lost == 0, "entries"),
        Part("entries twice", doubled, 0, doubled, 0, doubled == 0, "entries"),
        Part("places drawn otherwise than by the published file", wrong, 0, wrong, 0, wrong == 0, "places"),
    )  # fmt: skip
    work = f"{DATES} dates, {ENTRIES:,} entries in {SECONDS} s over HTTP, each sent twice at once; then the draw, made again from its file"
    return Result("rush", work, parts, machine())


def _announced() -> tuple[Any, list[str]]:
    """Open windows with 600 times on a weekend, when the centre's own are shut, and announce a draw for them."""
    from linli.offerings.queries import rounds as queries
    from linli.offerings.services import rounds
    from linli.offerings.types.rounds import RoundFacts
    from linli.orgs.queries.centres import centre_rows
    from linli.places import queries as places
    from linli.rulebook import queries as rulebook

    now = timezone.now()
    today = localdate(now)
    centre = centre_rows(places.get_place(VILLAGE).path, on=today)[0].organisation
    _open_windows(centre, now)
    calendar, first = rulebook.calendar(), today + timedelta(days=12 - today.weekday())
    while calendar.is_work(first) or calendar.is_work(first + timedelta(days=1)):
        first += timedelta(days=7)
    facts = RoundFacts("bench", first, first + timedelta(days=1), now + timedelta(hours=6))
    made = rounds.open_round(centre.pk, centre.path, facts, actor=ACTOR, now=now)
    times = queries.times_of(made)
    assert sum(map(len, times.values())) == DATES, "the dates of the bench are not those it names"
    return made, [day.isoformat() for day in times]


def _open_windows(centre: Any, now: datetime) -> None:
    from linli.offerings.models import ServiceWindow
    from linli.offerings.services import windows
    from linli.offerings.types.visits import Span, WeekPlan, WindowFacts

    week = WeekPlan(
        localdate(now), [Span(day, OPENS, OPENS + TIMES * STEP, STEP) for day in (5, 6)]
    )
    # those of an earlier run in this home are shut: their times would count as well
    ServiceWindow.objects.filter(number__startswith=MARK, closed_on__isnull=True).update(
        closed_on=localdate(now)
    )
    for _number in range(WINDOWS):
        facts = WindowFacts(f"{MARK}{uuid4().hex[:5]}", "bench")
        window = windows.add_window(centre.pk, centre.path, facts, actor=ACTOR, now=now)
        windows.set_hours(window, week, actor=ACTOR, now=now)


def _judged(one: Any, seen: Seen, calm: Seen) -> tuple[int, int, int]:
    """Draw, and return how many entries are lost, how many stand twice, how many places are not as published."""
    from linli.kernel.draw_files import check
    from linli.offerings.models import Appointment, DrawEntry
    from linli.offerings.services import drawing

    kept = dict(DrawEntry.objects.filter(round=one).values_list("code", "sign"))
    lost = sum(code not in kept for code in (*seen.codes, *calm.codes)) + seen.unanswered
    doubled = len(kept) - len({*seen.codes, *calm.codes}) - WARM + seen.differing
    after = one.takes_until + HONOURED
    drawing.close_round(one, actor=ACTOR, now=after)
    drawn = drawing.draw_round(one, "", actor=ACTOR, now=after)
    drawing.finish_draw(drawn.pk, actor=ACTOR, now=after)
    told = check(drawn.file)
    booked = Appointment.objects.filter(entry__round=one).values_list("window_id", "starts_at")
    wrong = len(told.problems) + abs(DATES - told.drawn) + abs(DATES - len(set(booked)))
    return lost, doubled, wrong
