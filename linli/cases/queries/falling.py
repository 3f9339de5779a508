"""What lies with a post or body that is to end, whom it goes to and by which rule: for whoever closes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import islice

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from linli.cases.queries.closed_posts import able_for, next_in_turn, parts_with, parts_with_post
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.left_parts import LeftPart, Such
from linli.cases.queries.posts import post_names
from linli.cases.queries.reading import visible_cases
from linli.cases.types.falling import RULES, Next, Rule
from linli.kernel.contributions import Hit
from linli.kernel.falling import Falling
from linli.kernel.permits import Actor
from linli.orgs import queries as orgs
from linli.ui.jinja import named

# whoever has more than that reads what becomes of the first; the count is that of all
MOST = 100


def falls_of_post(actor: Actor, post_id: int, _successor: int | None) -> list[Falling]:
    """Tell what becomes of the parts of open cases that a post has, should it end today."""
    return falling(actor, parts_with_post(post_id), _turns({post_id}, None, timezone.now()))


def falls_of_body(actor: Actor, org_id: int, successor: int | None) -> list[Falling]:
    """Tell what becomes of the parts of open cases that a body has, should it end today."""
    ending = frozenset(orgs.open_posts_of(org_id))
    parts = (part for part in parts_with(org_id) if part.post_id in ending)
    return falling(actor, parts, _turns(ending, successor, timezone.now()))


def _turns(
    ending: Iterable[int], successor: int | None, now: datetime
) -> Callable[[LeftPart], Next]:
    """Return what finds who is asked first, without the posts that end; looked up once for all of a sort."""
    gone, on = frozenset(ending), localdate(now)
    held = orgs.held_posts_of(successor, on) if successor is not None else []

    @cache
    def able(such: Such) -> list[int]:
        return able_for(such, now)

    @cache
    def first(part: LeftPart) -> Next:
        able_ones = able(part.such)
        taking = [post for post in held if post in able_ones]
        if taking:
            return Next(Rule.SUCCESSOR, successor, taking[0])
        return next(next_in_turn(part, able_ones, on, gone), Next(Rule.NOBODY))

    # which case it is of, and as what, says nothing of who is asked
    return lambda part: first(replace(part, case_id=0, number=0, role=""))


def falling(
    actor: Actor, parts: Iterable[LeftPart], to: Callable[[LeftPart], Next]
) -> list[Falling]:
    """Put parts together by who is asked for them first; the actor sees those cases that she may see."""
    found: dict[Next, list[int]] = {}
    for part in islice(parts, MOST):
        found.setdefault(to(part), []).append(part.case_id)
    seen = _seen(actor, [case_id for there in found.values() for case_id in there])
    names = post_names(one.post_id for one in found)
    return [
        Falling(
            one.post_id, names.get(one.post_id or 0, ""), one.rule.value, RULES[one.rule],
            len(there), [seen[case_id] for case_id in dict.fromkeys(there) if case_id in seen],
        )
        for one, there in found.items()
    ]  # fmt: skip


def _seen(actor: Actor, case_ids: Sequence[int]) -> dict[int, Hit]:
    """What the actor may see of these cases, by their ids; one query."""
    if not case_ids:
        return {}
    hits = {}
    for case in visible_cases(actor).filter(pk__in=case_ids):
        kind = kind_of(case.kind, case.version).title
        title = named(case) or str(kind)
        hits[case.pk] = Hit(title, reverse("cases:sheet", args=[case.number]), case.number, kind)
    return hits
