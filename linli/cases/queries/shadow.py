"""What another set of rules would have done with the cases of a time, beside the rules of today."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.cases.models import RuleSet
from linli.cases.queries.kinds import all_kinds
from linli.cases.queries.reading import visible_cases
from linli.cases.queries.routing import destinations
from linli.cases.rules.clocks import local_day
from linli.cases.types.routing import Asked, Routed
from linli.kernel import sql
from linli.kernel.permits import Actor

MOST = 10_000
MILLIONTH = 1e6
ANSWERS = """
SELECT DISTINCT ON (case_id) case_id, (facts -> 'route' -> 'answers')::text
  FROM cases_caseevent WHERE case_id = ANY(%s) AND facts -> 'route' ? 'answers'
 ORDER BY case_id, seq
"""
COLUMNS = (
    "pk", "number", "title", "opened_at", "path", "category_id", "matter", "channel", "lon", "lat",
    "bounced",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A case that another post would have got; `bounced` says how often it was handed back."""

    number: str
    title: str
    opened_at: datetime
    path: str
    category_id: int | None
    before: Routed | None
    after: Routed | None
    bounced: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cases that were looked at, those that differ, and how many of them go from post to post."""

    looked_at: int
    is_cut: bool
    differences: list[Difference]
    moves: list[tuple[int | None, int | None, int]]
    unreached: int


def compare(
    rule_set: RuleSet, actor: Actor, *, since: datetime, until: datetime, now: datetime
) -> Comparison:
    """Compare a set with the rules in force today, on cases that the actor may see.

    Tasks, papers and petitions go to a post by hand: no rule ever sends one, so none is looked at, nor what
    accuses an official. Both are asked about the moment at which a case was opened, with the posts as they are held
    today, so that only the rules make a difference. The newest MOST cases are looked at.
    """
    kinds = sorted({kind.key for kind in all_kinds() if kind.is_routed})
    found = visible_cases(actor).filter(
        path__startswith=rule_set.path, opened_at__gte=since, opened_at__lt=until,
        kind__in=kinds, about_post_id__isnull=True,
    )  # fmt: skip
    rows = list(found.order_by("-opened_at", "-pk").values(*COLUMNS)[: MOST + 1])
    is_cut, rows = len(rows) > MOST, rows[:MOST]
    asked, day = _asked(rows), local_day(now)
    before = destinations(asked, day)
    after = destinations(asked, day, instead=rule_set)
    differences = [
        _difference(row, one, other)
        for row, one, other in zip(rows, before, after, strict=True)
        if _post(one) != _post(other)
    ]
    moves = Counter((_post(d.before), _post(d.after)) for d in differences)
    counted = [(a, b, n) for (a, b), n in moves.most_common()]
    unreached = sum(1 for one in after if one is None)
    return Comparison(len(rows), is_cut, differences, counted, unreached)


def _asked(rows: list[dict[str, Any]]) -> list[Asked]:
    found = sql.tuples("cases.route_answers", ANSWERS, [[row["pk"] for row in rows]])
    answers = {case_id: json.loads(text) for case_id, text in found}
    return [
        Asked(
            at=row["opened_at"],
            path=row["path"],
            category_id=row["category_id"],
            matter=row["matter"],
            channel=row["channel"],
            point=None
            if row["lon"] is None or row["lat"] is None
            else (row["lon"] / MILLIONTH, row["lat"] / MILLIONTH),
            answers=answers.get(row["pk"], {}),
        )
        for row in rows
    ]


def _difference(row: dict[str, Any], before: Routed | None, after: Routed | None) -> Difference:
    return Difference(
        number=row["number"],
        title=row["title"],
        opened_at=row["opened_at"],
        path=row["path"],
        category_id=row["category_id"],
        before=before,
        after=after,
        bounced=row["bounced"],
    )


def _post(routed: Routed | None) -> int | None:
    return None if routed is None else routed.post_id
