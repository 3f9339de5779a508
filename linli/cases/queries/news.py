"""What is new with posts: cases that were offered, that are soon due, or that became late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from linli.access.queries.rights import posts_that_may
from linli.cases import permits
from linli.cases.queries.kinds import kinds_seen_by
from linli.cases.queries.receivers import governed_path
from linli.cases.rules.beside import PREFIX
from linli.cases.rules.routes import nearest_first
from linli.cases.types.words import AssignmentState, ClockState
from linli.kernel import sql
from linli.kernel.permits import STAFF

# an offer is answered by the post that it was made to; all else is done by who has the case
RUNG = """
SELECT c.path, c.level, c.kind, c.about_post_id || coalesce(c.about_more, '{}') AS accused,
       CASE WHEN k.key LIKE 'take/%%' THEN c.offered_post_id
            ELSE coalesce(c.lead_post_id, c.offered_post_id) END AS post_id,
       bool_or(k.is_overdue) AS is_late
  FROM cases_caseevent e
  JOIN cases_case c ON c.id = e.case_id AND c.is_open
  JOIN cases_caseclock k ON k.case_id = c.id AND k.state = %(running)s
   AND (e.facts -> 'overdue' ? k.key OR e.facts -> 'warned' ? k.key)
   AND k.key NOT LIKE %(beside)s
 WHERE e.move = 'ring' AND e.at > %(since)s AND e.at <= %(until)s
 GROUP BY c.id, 5
"""
OFFERED = """
SELECT a.post_id, count(*)::int
  FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id AND c.is_open
 WHERE a.state = %(offered)s AND a.offered_at > %(since)s AND a.offered_at <= %(until)s
   AND (c.about_post_id IS NULL
        OR a.post_id <> ALL(c.about_post_id || coalesce(c.about_more, '{}')))
 GROUP BY a.post_id
"""


@dataclass(slots=True)
class News:
    """How many cases of a post were offered, are soon due, or became late."""

    offered: int = 0
    soon: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Rung:
    """A case whose clock warned or ran out, and the post that has to do something."""

    path: str
    level: int
    kind: str
    accused: list[int | None]
    post_id: int | None
    is_late: bool


def rung(since: datetime, until: datetime) -> list[Rung]:
    """Return what rang after one moment and up to another, and still runs; one query."""
    params = {"since": since, "until": until, "running": ClockState.RUNNING.value,
              "beside": f"{PREFIX}%"}  # fmt: skip
    return sql.rows("cases.rung", RUNG, params, Rung)


def news_of_posts(found: Iterable[Rung], since: datetime, until: datetime) -> dict[int, News]:
    """Return what is new with each post that has or is offered cases; one query more."""
    params = {"since": since, "until": until, "offered": AssignmentState.OFFERED.value}
    news = {
        post: News(offered=count)
        for post, count in sql.tuples("cases.newly_offered", OFFERED, params)
    }
    for one in found:
        if one.post_id is None or one.post_id in one.accused:
            continue
        told = news.setdefault(one.post_id, News())
        told.late += one.is_late
        told.soon += not one.is_late
    return news


def late_for_supervisors(found: Iterable[Rung], now: datetime) -> dict[int, int]:
    """Return how many cases became late for the posts that supervise at the nearest place.

    Who has the case, whom it is about, what lies above the level of staff, and kinds that another
    permit shows than that of cases are left out.
    """
    shown = kinds_seen_by(permits.SEE)
    late = [one for one in found if one.is_late and one.level <= STAFF and one.kind in shown]
    near = supervisors_near((one.path for one in late), now)
    counts: dict[int, int] = {}
    for one in late:
        for post in set(near[one.path]) - {one.post_id, *one.accused}:
            counts[post] = counts.get(post, 0) + 1
    return counts


def supervisors_near(paths: Iterable[str], now: datetime) -> dict[str, list[int]]:
    """Return for each path the posts that supervise at the nearest place where any does."""
    chains = {path: nearest_first(governed_path(path)) for path in paths}
    wanted = {place for chain in chains.values() for place in chain}
    posts = posts_that_may(permits.SUPERVISE, wanted, now=now) if wanted else {}
    return {
        path: next((posts[place] for place in chain if posts.get(place)), [])
        for path, chain in chains.items()
    }
