"""Bench `caselist`: the list of cases at three levels in four ways, at 10,000 cases and at 1,000,000.

Ours is the whole page through every middleware, asked as a clerk of a village, a town, the city; the
floor is its SQL without scope, conflict and counts, and the same template around the same frame.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import patch

from django.core.cache import cache
from django.db import connection
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from linli.bench.caselist_fill import (
    EVENTS_EACH,
    POST,
    REPORTS,
    Kind,
    category_ids,
    empty,
    fill,
)
from linli.bench.measure import Part, Result, machine, p95
from linli.cases.queries.filters import category_titles
from linli.cases.queries.listing import PAGE, list_cases
from linli.cases.queries.telling import told_rows
from linli.cases.types.listing import CaseRow, View, Wanted
from linli.cli.serve import prepare_static
from linli.demo import city
from linli.kernel import scope, sql
from linli.kernel.permits import Actor, Grant, system_actor
from linli.places import queries as places

SMALL, LARGE = 10_000, 1_000_000
ASKED, PAIRS, PAGES, SHOWN = 400, 5, 20, 25
WAYS = ("due", "category", "mine", "overdue")
LIST = "/zh-hans/desk/cases/"
FLOOR = """
(SELECT c.*, coalesce(nullif(c.village_id, 0), nullif(c.town_id, 0), c.city_id) AS at_id
   FROM cases_case c WHERE {place} = %s AND c.is_open AND {way} AND (c.due_at, c.id) > (%s, %s)
  ORDER BY c.due_at, c.id LIMIT %s)
"""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the twelve: who asks for what, and where the first and the twentieth page begin."""

    name: str
    actor: Actor
    column: str
    place_id: int
    way: str
    query: str
    wanted: Wanted
    cursors: tuple[str | None, ...] = (None,)
    after: tuple[tuple[Any, int], ...] = (("-infinity", 0),)


@dataclass
class Figures:
    """Seconds of pages, of floors, and the most queries that a page made."""

    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    queries: int = 0


def run(say: Callable[[str], None]) -> Result:
    """Fill the small city, measure, fill the large one, measure again."""
    return measure_lists("caselist", REPORTS, say)


def measure_lists(name: str, kind: Kind, say: Callable[[str], None]) -> Result:
    """Measure the twelve lists of cases of one kind."""
    city.make_city(say)
    prepare_static()
    town = places.places_of_level("town").order_by("code")[0]
    with scope.acting(system_actor("bench caselist")):
        empty()
        fill(1, SMALL, f"{town.path}%", say, kind)
        small = {q.name: _measure(q, say) for q in _questions(town, kind)}
        fill(SMALL + 1, LARGE, "%", say, kind)
        large = {q.name: _measure(q, say) for q in _questions(town, kind)}
    parts = [part for way in large for part in _parts(way, small[way], large[way])]
    work = f"12 lists, {ASKED:,} pages each, {LARGE:,} cases with {LARGE * EVENTS_EACH:,} events"
    return Result(name, work, tuple(parts), machine())


def _parts(name: str, small: Figures, large: Figures) -> Iterator[Part]:
    ours, before, floor = p95(large.ours), p95(small.ours), p95(large.floor)
    growth, share = ours / before, floor / ours
    yield Part(
        f"{name}: p95 against {SMALL:,} cases", ours, before, round(growth, 3), 2, growth <= 2
    )
    yield Part(f"{name}: share of the floor", ours, floor, round(share, 3), 0.4, share >= 0.4)
    most = large.queries
    yield Part(f"{name}: queries", most, 12, most, 12, most <= 12, "queries")


def _questions(town: Any, kind: Kind) -> list[Question]:
    """Each level with each way; a clerk of the first village, her town, the city."""
    village = places.children_of(town)[0]
    levels = (("village", village.path, village.id), ("town", town.path, town.id),
              ("city", "441900/", places.get_place("441900").id))  # fmt: skip
    return [
        _with_pages(_question(level, path, place_id, way, kind))
        for level, path, place_id in levels
        for way in WAYS
    ]


def _question(level: str, path: str, place_id: int, way: str, kind: Kind) -> Question:
    grants = tuple(Grant(name, path, 5, POST) for name in (kind.sees, "cases.handle"))
    actor = Actor(1, None, f"clerk of the {level}", grants, posts=frozenset({POST}))
    category = category_ids()[0]
    (_, code, _title), *_ = category_titles([category])
    now = timezone.now()
    query, wanted = {
        "due": ("view=open", Wanted(now=now)),
        "category": (f"category={code}", Wanted(now=now, category_id=category)),
        "mine": ("view=mine", Wanted(View.MINE, now=now)),
        "overdue": ("view=overdue", Wanted(View.OVERDUE, now=now)),
    }[way]
    return Question(f"{level} by {way}", actor, f"c.{level}_id", place_id, way, query, wanted)


def _with_pages(question: Question) -> Question:
    """Find the cursors of the first page and of the twentieth, or of the last if there are fewer."""
    cursor: str | None = None
    after: tuple[Any, int] = ("-infinity", 0)
    for _ in range(PAGES - 1):
        page = list_cases(question.actor, question.wanted, cursor=cursor, limit=SHOWN)
        if page.next is None:
            break
        cursor, after = page.next, (page.items[-1].due_at, page.items[-1].id)
    return replace(question, cursors=(None, cursor), after=(("-infinity", 0), after))


def _measure(question: Question, say: Callable[[str], None]) -> Figures:
    """Ask for both pages in turn, ours and the floor alternating in blocks."""
    say(question.name)
    client, found = Client(**_as(question.actor)), Figures()
    render = _floor_of(question)
    _ask(client, question, 20), render(20)
    each = ASKED // PAIRS
    for _ in range(PAIRS):
        found.ours += _ask(client, question, each)
        found.floor += render(each)
    with CaptureQueriesContext(connection) as seen:
        _ask(client, question, 1)
    found.queries = len(seen)
    return found


def _as(actor: Actor) -> dict[str, Any]:
    return {"SERVER_NAME": "127.0.0.1", "test.actor": actor}


def _ask(client: Client, question: Question, count: int) -> list[float]:
    taken = []
    for number in range(count):
        cursor = question.cursors[number % 2]
        address = f"{LIST}?{question.query}" + (f"&cursor={cursor}" if cursor else "")
        cache.clear()
        began = time.perf_counter()
        answer = client.get(address)
        taken.append(time.perf_counter() - began)
        assert answer.status_code == 200
    return taken


def _floor_of(question: Question) -> Callable[[int], list[float]]:
    """Return what renders the same template from a frozen frame and rows read without scope."""
    frame = _frame_of(question)
    ways: dict[str, tuple[str, list[Any]]] = {
        "due": ("true", []), "category": ("c.category_id = %s", [question.wanted.category_id]),
        "mine": ("c.lead_post_id = %s", [POST]),
        "overdue": ("c.due_at <= %s", [question.wanted.now]),
    }  # fmt: skip
    way, more = ways[question.way]
    inner = FLOOR.format(place=question.column, way=way)
    text = PAGE.format(branches=inner, order="c.due_at, c.id")
    template, request = get_template("cases/list.html"), frame.pop("request")

    def once(number: int) -> None:
        after = question.after[number % 2]
        params = [question.place_id, *more, *after, SHOWN + 1, SHOWN + 1]
        rows = sql.rows("bench.floor", text, params, CaseRow)[:SHOWN]
        told = told_rows(question.actor, rows, timezone.now())
        template.render({**frame, "rows": told}, request)

    def render(count: int) -> list[float]:
        taken = []
        with translation.override("zh-hans"):
            for number in range(count):
                began = time.perf_counter()
                once(number)
                taken.append(time.perf_counter() - began)
        return taken

    return render


def _frame_of(question: Question) -> dict[str, Any]:
    """What the page hands to its template, taken once from the page itself."""
    from linli.cases.views import lists

    kept: dict[str, Any] = {}

    def keep(request: Any, whole: str, context: dict[str, Any], **more: Any) -> Any:
        kept.update(context, request=request)
        return None

    request: Any = RequestFactory(SERVER_NAME="127.0.0.1").get(f"{LIST}?{question.query}")
    request.actor, request.htmx = question.actor, None
    with patch.object(lists, "page", keep), translation.override("zh-hans"):
        lists.case_list(request)
    return kept
