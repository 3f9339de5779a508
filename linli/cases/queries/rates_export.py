"""The events behind published rates as lines of JSON, for `linli verify rates`."""

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
from linli.cases.queries.rates import KIND, UNITS
from linli.cases.rules.chain import moment
from linli.cases.rules.rates import in_time_rate, solved_rate, summed
from linli.cases.rules.recounting import FORMAT
from linli.cases.types.rates import CLOCK, Figures
from linli.cases.types.shapes import Chained
from linli.kernel import sql
from linli.kernel.permits import STAFF
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
    since, until = figures.period.since, figures.period.until
    yield _line(
        {
            "format": FORMAT, "kind": KIND, "place": figures.place,
            "first": figures.first.isoformat(), "last": figures.last.isoformat(),
            "since": moment(since), "until": moment(until),
            "excludes": sorted(figures.period.excludes), "as_of": moment(now),
        }
    )  # fmt: skip
    params = [since, until, KIND, place.path, place.path, STAFF, list(NEVER_SHOWN)]
    ids = [row[0] for row in sql.tuples("cases.rates_touched", TOUCHED, params)]
    for start in range(0, len(ids), AT_ONCE):
        yield from _cases(ids[start : start + AT_ONCE], place, figures)
    yield from _ratings(place, figures, now)
    for line in figures.lines:
        told = {"unit": line.unit, "category": line.category, "counts": line.counts.numbers}
        yield _line({"published": told})
    yield _line({"rates": rates_of(figures)})


def rates_of(figures: Figures) -> dict[str, list[int]]:
    """Return the shares of all lines together as pairs of whole numbers."""
    whole = summed(figures.lines)
    found = {
        "solved": solved_rate(whole, figures.period.excludes),
        "in_time": in_time_rate(whole),
        "rated": figures.heard.rated,
        "called": figures.heard.called,
    }
    return {name: [rate.numerator, rate.denominator] for name, rate in found.items()}


def _cases(ids: list[int], place: PlaceRow, figures: Figures) -> Iterator[str]:
    events: dict[int, list[Chained]] = {}
    for case_id, event in events_of(ids):
        events.setdefault(case_id, []).append(event)
    cases = list(Case.objects.filter(pk__in=ids).select_related("category").order_by("pk"))
    units = _units(cases, place)
    for case in cases:
        told = [_event(case, e) for e in events[case.pk] if e.step.at < figures.period.until]
        category = case.category.code if case.category else ""
        yield _line(
            {"case": case.number, "unit": units[case.pk], "category": category, "events": told}
        )


def _units(cases: list[Case], place: PlaceRow) -> dict[int, str]:
    column = UNITS[place.level]
    ids = {getattr(case, column) for case in cases}
    text = "SELECT id, code FROM places_place WHERE id = ANY(%s)"
    codes = dict(sql.tuples("cases.unit_codes", text, [list(ids)]))
    return {case.pk: codes.get(getattr(case, column), place.code) for case in cases}


def _event(case: Case, event: Chained) -> Mapping[str, Any]:
    step = event.step
    told: dict[str, Any] = {
        "seq": event.seq, "cycle": step.cycle, "at": moment(step.at), "move": step.move,
        "state": step.state, "stage": str(kind_of(case.kind, case.version).stage(step.state)),
        "hash": event.hash.hex(),
    }  # fmt: skip
    clocks = [
        {"cycle": clock["cycle"], "state": clock["state"]}
        for clock in step.facts.get("clocks", ())
        if clock["key"] == CLOCK
    ]
    return {**told, "clocks": clocks} if clocks else told


def _ratings(place: PlaceRow, figures: Figures, now: datetime) -> Iterator[str]:
    here = {
        "case__kind": KIND, "case__path__startswith": place.path, "case__level__lte": STAFF,
        "case__parent__isnull": True, "case__about_post_id__isnull": True,
    }  # fmt: skip
    span = (figures.period.since, figures.period.until)
    ratings = Rating.objects.filter(**here, given_at__gte=span[0], given_at__lt=span[1])
    ratings = ratings.exclude(case__matter__in=NEVER_SHOWN)
    left_out = _left_out(ratings.values_list("pk", flat=True), now)
    rows = [(g, c, pk in left_out) for pk, g, c in ratings.values_list("pk", "grade", "counts")]
    for grade, counts, excluded in sorted(rows):
        yield _line({"rating": {"grade": grade, "counts": counts, "excluded": excluded}})
    calls = CallBack.objects.filter(**here, is_sample=True, reached="yes")
    calls = calls.filter(done_at__gte=span[0], done_at__lt=span[1])
    calls = calls.exclude(case__matter__in=NEVER_SHOWN)
    for heard in sorted(grade or 0 for grade in calls.values_list("grade", flat=True)):
        yield _line({"call": {"grade": heard}})


def _left_out(rating_ids: Any, as_of: datetime) -> set[int]:
    """Return the ratings that a review leaves out at a moment; when it did would tell the case."""
    held = RatingReview.objects.filter(rating__in=rating_ids, since__lte=as_of)
    held = held.filter(Q(until__isnull=True) | Q(until__gt=as_of))
    return set(held.values_list("rating_id", flat=True))


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
