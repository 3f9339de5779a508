"""The rights of an actor as parts of one statement: what lists, counts, maps and calendars share.

Each right is one branch over an index that begins with the id of its place. Whatever narrows a
list is a condition in every branch, so that nothing is filtered after the cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from linli.cases.queries.kinds import sight_of, unled_kinds, waiting_states
from linli.cases.rules.clocks import SHANGHAI
from linli.cases.rules.conflicts import NOT_ABOUT, conflict_params
from linli.cases.rules.finding import signs_of
from linli.cases.types.listing import Flag, View, Wanted
from linli.kernel.days import bounds
from linli.kernel.permits import Actor, Grant
from linli.places.queries.rows_of_others import ID_OF_CODE

LEVELS = ("city_id", "town_id", "village_id")
MOST_WORDS = 60
NUMBER = re.compile(r"[A-Za-z]{0,4}-?\d[\d-]*")
NOBODY_HAS_IT = "c.lead_post_id IS NULL AND NOT c.kind = ANY(%s)"
FLAGS = {
    Flag.BOUNCED: "c.bounced > 0",
    Flag.REOPENED: "c.reopened > 0",
}
OFFERED = (
    "c.id IN (SELECT a.case_id FROM cases_assignment a WHERE a.post_id = ANY(%s)"
    " AND a.state = 'offered')"
)
# joint work, supervision and advice that a post has taken on
TAKEN_ON = (
    "c.id IN (SELECT a.case_id FROM cases_assignment a WHERE a.post_id = ANY(%s)"
    " AND a.state = 'accepted' AND a.role <> 'lead')"
)
# what may hold the words, by an index; whether it does is compared to the letter after it
HOLDS = "c.id IN (SELECT s.case_id FROM cases_casesigns s WHERE s.signs @> %s::text[])"


@dataclass(frozen=True, slots=True)
class Branch:
    """One right as a part of the statement."""

    condition: str
    params: tuple[Any, ...]

    def and_(self, condition: str, *params: Any) -> Branch:
        return replace(
            self, condition=f"{self.condition} AND {condition}", params=(*self.params, *params)
        )


def branches(actor: Actor, wanted: Wanted) -> list[Branch]:
    """Return the branches whose union is what the actor may see of what is asked for."""
    found: dict[tuple[str, str], Branch] = {}
    for grant, kinds in _sight(actor, wanted):
        for narrowed in _by_category(wanted):
            for branch in _in_view(_placed(grant, kinds, wanted.path), narrowed, actor):
                whole = _narrowed(branch, narrowed).and_(NOT_ABOUT, *conflict_params(actor))
                found[whole.condition, repr(whole.params)] = whole
    return list(found.values())


def _sight(actor: Actor, wanted: Wanted) -> Iterator[tuple[Grant, list[str]]]:
    for grant, kinds in sight_of(actor):
        shown = [kind for kind in kinds if not wanted.kind or kind == wanted.kind]
        if shown and (not wanted.path or _meet(grant.path, wanted.path)):
            yield grant, shown


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _by_category(wanted: Wanted) -> list[Wanted]:
    """One branch for each category: an index gives each of them in order, not several at once."""
    if wanted.category_id is not None or not wanted.categories:
        return [wanted]
    return [replace(wanted, category_id=one) for one in wanted.categories]


def _placed(grant: Grant, kinds: Sequence[str], wanted_path: str) -> Branch:
    path = max(grant.path, wanted_path, key=len)
    codes = path.rstrip("/").split("/")
    column = LEVELS[min(len(codes), 3) - 1]
    branch = Branch(
        f"c.{column} = {ID_OF_CODE} AND c.kind = ANY(%s) AND c.level <= %s",
        (codes[min(len(codes), 3) - 1], list(kinds), grant.ceiling),
    )
    return branch.and_("c.path LIKE %s", path + "%") if len(codes) > 3 else branch


def _in_view(branch: Branch, wanted: Wanted, actor: Actor) -> Iterator[Branch]:
    posts = sorted(actor.posts)
    if wanted.view is View.CLOSED:
        yield branch.and_("NOT c.is_open")
        return
    opened = branch.and_("c.is_open")
    if wanted.view is View.MINE:
        # an index gives in its order what one post leads, not what several do
        for post_id in posts:
            yield opened.and_("c.lead_post_id = %s", post_id)
        yield opened.and_(TAKEN_ON, posts)
    elif wanted.view is View.OFFERED:
        yield opened.and_(OFFERED, posts)
    elif wanted.view is View.OVERDUE:
        yield opened.and_("c.due_at <= %s", wanted.now)
    elif wanted.view is View.WAITING:
        named = waiting_states()
        # the state alone has an index, and the planner knows how many bear it
        states = sorted({one.rpartition(":")[2] for one in named})
        yield opened.and_("c.state = ANY(%s)", states).and_(
            "c.kind || ':' || c.state = ANY(%s)", named
        )
    else:
        yield opened


def _narrowed(branch: Branch, wanted: Wanted) -> Branch:
    if wanted.is_own and wanted.path:
        branch = branch.and_("c.path = %s", wanted.path)
    if wanted.category_id is not None:
        branch = branch.and_("c.category_id = %s", wanted.category_id)
    if wanted.is_uncategorised:
        branch = branch.and_("c.category_id IS NULL")
    if wanted.matter:
        branch = branch.and_("c.matter = %s", wanted.matter)
    if wanted.flag == Flag.UNACCEPTED:
        branch = branch.and_(NOBODY_HAS_IT, unled_kinds())
    elif wanted.flag:
        branch = branch.and_(FLAGS[Flag(wanted.flag)])
    if wanted.lead_post_id is not None:
        branch = branch.and_("c.lead_post_id = %s", wanted.lead_post_id)
    if wanted.is_placed:
        branch = branch.and_("c.lon IS NOT NULL")
    return _worded(_dated(branch, wanted), wanted.words[:MOST_WORDS].strip())


def _dated(branch: Branch, wanted: Wanted) -> Branch:
    if wanted.due_on is not None:
        branch = branch.and_("c.due_at >= %s AND c.due_at < %s", *_day(wanted.due_on))
    if wanted.since is not None:
        branch = branch.and_("c.opened_at >= %s", bounds(wanted.since, wanted.since)[0])
    return branch


def _worded(branch: Branch, words: str) -> Branch:
    if not words:
        return branch
    if NUMBER.fullmatch(words):
        # a number, or its end as people say it
        found = branch.and_(HOLDS, signs_of([words]))
        return found.and_("c.number LIKE %s", f"%{_literal(words.upper())}%")
    asked = words.split()[:5]
    branch = branch.and_(HOLDS, signs_of(asked))
    for word in asked:
        branch = branch.and_("c.title ILIKE %s", f"%{_literal(word)}%")
    return branch


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _day(day: Any) -> tuple[datetime, datetime]:
    """A day of Shanghai; what is due at its end belongs to it."""
    begin = datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
    return begin + timedelta(microseconds=1), begin + timedelta(days=1, microseconds=1)
