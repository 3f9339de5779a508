"""What is new with posts: cases that were offered, that are soon due, or that became late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linli.access.queries.hearing import hearing_above, nearest_of
from linli.cases import permits
from linli.cases.queries.keeping_away import near_to
from linli.cases.queries.kinds import all_kinds, kinds_seen_by
from linli.cases.queries.receivers import governed_path
from linli.cases.rules.beside import PREFIX
from linli.cases.rules.clocks import local_day
from linli.cases.types.words import AssignmentState, ClockState
from linli.kernel import sql
from linli.kernel.permits import STAFF, Permit

# an offer is answered by the post that it was made to; all else is done by who has the case
RUNG = """
SELECT c.path, c.level, c.kind, c.about_post_id || coalesce(c.about_more, '{}') AS accused,
       CASE WHEN k.key LIKE 'take/%%' THEN c.offered_post_id
            ELSE coalesce(c.lead_post_id, c.offered_post_id) END AS post_id,
       bool_or(k.is_overdue) AS is_late,
       bool_or(k.is_overdue AND k.key = 'decide_reopen') AS is_undecided
  FROM cases_caseevent e
  JOIN cases_case c ON c.id = e.case_id AND c.is_open
  JOIN cases_caseclock k ON k.case_id = c.id AND k.state = %(running)s
   AND (e.facts -> 'overdue' ? k.key OR e.facts -> 'warned' ? k.key)
   AND k.key NOT LIKE %(beside)s
 WHERE e.move = 'ring' AND e.at > %(since)s AND e.at <= %(until)s
 GROUP BY c.id, 5
"""
OFFERED = """
SELECT a.post_id, c.about_post_id || coalesce(c.about_more, '{}') AS accused, count(*)::int
  FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id AND c.is_open
 WHERE a.state = %(offered)s AND a.offered_at > %(since)s AND a.offered_at <= %(until)s
 GROUP BY 1, 2
"""


@dataclass(slots=True)
class News:
    """How many cases of a post were offered, are soon due, or became late."""

    offered: int = 0
    soon: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Offered:
    """How many cases that are about the same posts were offered to a post."""

    post_id: int
    accused: list[int | None]
    count: int


@dataclass(frozen=True, slots=True)
class Rung:
    """A case whose clock warned or ran out, and the post that has to do something."""

    path: str
    level: int
    kind: str
    accused: list[int | None]
    post_id: int | None
    is_late: bool
    # whoever supervises has not decided in time whether it is taken up again
    is_undecided: bool = False


def rung(since: datetime, until: datetime) -> list[Rung]:
    """Return what rang after one moment and up to another, and still runs; one query."""
    params = {"since": since, "until": until, "running": ClockState.RUNNING.value,
              "beside": f"{PREFIX}%"}  # fmt: skip
    return sql.rows("cases.rung", RUNG, params, Rung)


def news_of_posts(found: Iterable[Rung], since: datetime, until: datetime) -> dict[int, News]:
    """Return what is new with each post that has or is offered cases; one query more.

    Of a case about an official none of the posts hears that its people hold.
    """
    params = {"since": since, "until": until, "offered": AssignmentState.OFFERED.value}
    offers = sql.rows("cases.newly_offered", OFFERED, params, Offered)
    found = list(found)
    away = _kept_away([*offers, *found], local_day(until))
    news: dict[int, News] = {}
    for offer in offers:
        if offer.post_id not in away(offer):
            news.setdefault(offer.post_id, News()).offered += offer.count
    for one in found:
        if one.post_id is None or one.post_id in away(one):
            continue
        told = news.setdefault(one.post_id, News())
        told.late += one.is_late
        told.soon += not one.is_late
    return news


def late_for_supervisors(found: Iterable[Rung], now: datetime) -> dict[int, int]:
    """Return how many cases became late for the posts that supervise at the nearest place.

    Where that is only who has the case, those of the place above are told. Who has the case, whom it
    is about, and whoever may not see the kind or its level are left out.
    """
    late = [one for one in found if one.is_late]
    away = _kept_away(late, local_day(now))
    counts: dict[int, int] = {}
    for sees in _sights(late):
        these = [one for one in late if one.level <= max(STAFF, sees.level) and _is_seen(one, sees)]
        above = supervisors_above((one.path for one in these), now, sees)
        for one in these:
            for post in _told_of(one, above[one.path], away(one)):
                counts[post] = counts.get(post, 0) + 1
    return counts


def _sights(late: Iterable[Rung]) -> list[Permit]:
    """Return the permits that show these cases, of kinds that a post has; no other has supervisors."""
    kinds = {one.kind for one in late}
    found = {kind.sees.name: kind.sees for kind in all_kinds() if kind.key in kinds and kind.is_led}
    return [found[name] for name in sorted(found)]


def _is_seen(one: Rung, sees: Permit) -> bool:
    return one.kind in kinds_seen_by(sees)


def _told_of(one: Rung, above: Sequence[Sequence[int]], away: frozenset[int]) -> set[int]:
    """Return who hears that a case is late; of what supervisors left undecided those above them hear too."""
    known = away if one.post_id is None else away | {one.post_id}
    near = set(nearest_of(above, known))
    return near.union(nearest_of(above, known | near)) if one.is_undecided else near


def _kept_away(
    found: Sequence[Offered | Rung], on: date
) -> Callable[[Offered | Rung], frozenset[int]]:
    """Return how to tell which posts hear nothing of a case; a read for each who is accused."""
    sets = {frozenset(post for post in one.accused if post is not None) for one in found}
    near = {accused: near_to(accused, on) for accused in sets}
    return lambda one: near[frozenset(post for post in one.accused if post is not None)]


def supervisors_above(
    paths: Iterable[str], now: datetime, sees: Permit = permits.SEE
) -> dict[str, list[list[int]]]:
    """Return for each path the posts that supervise at its places, the nearest place first.

    Of cases that another permit shows than that of cases only those that hold it as well.

    Posts that nobody holds or stands in for are none: who is above them is told.
    """
    governed = {path: governed_path(path) for path in paths}
    above = hearing_above(permits.SUPERVISE, set(governed.values()), now=now)
    if sees.name != permits.SEE.name:
        shown = hearing_above(sees, set(governed.values()), now=now)
        above = {path: _both(there, shown[path]) for path, there in above.items()}
    return {path: above[there] for path, there in governed.items()}


def _both(first: list[list[int]], second: list[list[int]]) -> list[list[int]]:
    """Return, place by place, the posts that stand in both."""
    return [[post for post in a if post in b] for a, b in zip(first, second, strict=True)]
