"""The events behind published rates as lines of JSON, for `linli verify rates`.

Staff get all that they see, to the second. What everybody gets of a week is another file:
`queries/week_export.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from linli.cases.models import CallBack, Case, Rating, RatingReview
from linli.cases.models.reading import events_of
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.public import NEVER_SHOWN
from linli.cases.queries.rates import UNITS
from linli.cases.rules.rates import in_time_rate, solved_rate, summed
from linli.cases.rules.recounting import FORMAT
from linli.cases.types.rates import Figures
from linli.cases.types.shapes import Chained
from linli.kernel import sql
from linli.kernel.moments import moment
from linli.places.queries.rows_of_others import codes_of_ids
from linli.places.types import PlaceRow

AT_ONCE = 500
TOUCHED = """
SELECT DISTINCT e.case_id FROM cases_caseevent e JOIN cases_case c ON c.id = e.case_id
 WHERE e.at >= %s AND e.at < %s AND c.kind = %s AND c.path >= %s AND c.path < %s || '~'
   AND c.level <= %s AND NOT c.matter = ANY(%s) AND c.parent_id IS NULL AND c.about_post_id IS NULL
 ORDER BY e.case_id
"""


def lines_of(place: PlaceRow, figures: Figures, now: datetime) -> Iterator[str]:
    """Yield the file of a place's figures as of a moment: header, cases, ratings, calls, what was published.

    Ratings and calls stand without their case and in the order of their grades: the file tells no
    handler who rated what.
    """
    counted, period = figures.counted, figures.period
    yield _line(_header(figures, now))
    params = [
        period.since, period.until, counted.kind, place.path, place.path, counted.level,
        list(NEVER_SHOWN),
    ]  # fmt: skip
    with sql.unhurried():
        ids = [row[0] for row in sql.tuples("cases.rates_touched", TOUCHED, params)]
    for start in range(0, len(ids), AT_ONCE):
        yield from _cases(ids[start : start + AT_ONCE], place, figures)
    yield from _ratings(place, figures, now)
    yield from _calls(place, figures)
    for line in figures.lines:
        told = {"unit": line.unit, "category": line.category, "counts": line.counts.numbers}
        yield _line({"published": told})
    yield _line({"rates": rates_of(figures)})


def _header(figures: Figures, now: datetime) -> dict[str, Any]:
    period = figures.period
    return {
        "format": FORMAT, "kind": figures.counted.kind, "place": figures.place,
        "first": figures.first.isoformat(), "last": figures.last.isoformat(),
        "since": moment(period.since), "until": moment(period.until),
        "excludes": sorted(period.excludes), "as_of": moment(now),
    }  # fmt: skip


def rates_of(figures: Figures) -> dict[str, list[int]]:
    """Return the shares of all lines together as pairs of whole numbers."""
    whole, heard = summed(figures.lines), figures.heard
    found = {
        "solved": solved_rate(whole, figures.period.excludes),
        "in_time": in_time_rate(whole),
        "rated": heard.rated,
        "called": heard.called,
    }
    return {name: [rate.numerator, rate.denominator] for name, rate in found.items()}


def _cases(ids: list[int], place: PlaceRow, figures: Figures) -> Iterator[str]:
    events: dict[int, list[Chained]] = {}
    for case_id, event in events_of(ids):
        events.setdefault(case_id, []).append(event)
    cases = list(Case.objects.filter(pk__in=ids).select_related("category").order_by("pk"))
    units = _units(cases, place)
    for case in cases:
        known = [e for e in events[case.pk] if e.step.at < figures.period.until]
        told = [_event(case, event, figures.counted.clock) for event in known]
        category = case.category.code if case.category else ""
        yield _line(
            {"case": case.number, "unit": units[case.pk], "category": category, "events": told}
        )


def _units(cases: list[Case], place: PlaceRow) -> dict[int, str]:
    column = UNITS[place.level]
    ids = {getattr(case, column) for case in cases}
    codes = codes_of_ids(list(ids))
    return {case.pk: codes.get(getattr(case, column), place.code) for case in cases}


def _event(case: Case, event: Chained, counted_by: str) -> dict[str, Any]:
    step = event.step
    told: dict[str, Any] = {
        "seq": event.seq, "cycle": step.cycle, "at": moment(step.at), "move": step.move,
        "state": step.state, "stage": str(kind_of(case.kind, case.version).stage(step.state)),
        "hash": event.hash.hex(),
    }  # fmt: skip
    clocks = [
        {"cycle": clock["cycle"], "state": clock["state"]}
        for clock in step.facts.get("clocks", ())
        if clock["key"] == counted_by
    ]
    return {**told, "clocks": clocks} if clocks else told


def _ratings(place: PlaceRow, figures: Figures, now: datetime) -> Iterator[str]:
    ratings = Rating.objects.filter(_here(place, figures))
    span = (figures.period.since, figures.period.until)
    ratings = ratings.filter(given_at__gte=span[0], given_at__lt=span[1])
    left_out = _left_out(ratings.values_list("pk", flat=True), now)
    rows = [(g, c, pk in left_out) for pk, g, c in ratings.values_list("pk", "grade", "counts")]
    for grade, counts, excluded in sorted(rows):
        yield _line({"rating": {"grade": grade, "counts": counts, "excluded": excluded}})


def _calls(place: PlaceRow, figures: Figures) -> Iterator[str]:
    calls = CallBack.objects.filter(_here(place, figures), is_sample=True, reached="yes")
    calls = calls.filter(done_at__gte=figures.period.since, done_at__lt=figures.period.until)
    for heard in sorted(grade or 0 for grade in calls.values_list("grade", flat=True)):
        yield _line({"call": {"grade": heard}})


def _here(place: PlaceRow, figures: Figures) -> Q:
    """Return the condition for what hangs on a case that is counted."""
    counted = figures.counted
    return Q(
        case__kind=counted.kind, case__path__startswith=place.path,
        case__level__lte=counted.level, case__parent__isnull=True,
        case__about_post_id__isnull=True,
    ) & ~Q(case__matter__in=NEVER_SHOWN)  # fmt: skip


def _left_out(rating_ids: Any, as_of: datetime) -> set[int]:
    """Return the ratings that a review leaves out at a moment; when it did would tell the case."""
    held = RatingReview.objects.filter(rating__in=rating_ids, since__lte=as_of)
    held = held.filter(Q(until__isnull=True) | Q(until__gt=as_of))
    return set(held.values_list("rating_id", flat=True))


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
