"""Where cases go: rules in force, the list of responsibilities, the office of the place; many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Q

from linli.cases.models import CaseEvent, Category, Responsibility, RoutingRule, RuleSet
from linli.cases.queries.in_cells import in_cells
from linli.cases.rules.routes import in_charge, plain_inputs
from linli.cases.rules.routing import Router
from linli.cases.types.routing import Asked, By, Duty, Routed, Rule
from linli.kernel import sql
from linli.kernel.paths import nearest_first
from linli.kernel.quick import changed
from linli.orgs import queries as orgs

# the digest tells when a place was moved, which rewrites paths of rules without a new edition
IN_FORCE = """
SELECT s.id, s.path, s.edition, (SELECT md5(string_agg(r.path, ',' ORDER BY r.id))
         FROM cases_routingrule r WHERE r.rule_set_id = s.id AND r.path <> '') AS digest
  FROM cases_ruleset s
 WHERE s.state = 'in_force' AND s.since <= %s AND (s.until IS NULL OR s.until > %s)
   AND s.path = ANY(%s)
 ORDER BY length(s.path) DESC
"""
# routers made ready, by their set; a changed set has another stamp
_ready: dict[int, tuple[tuple[Any, ...], Router]] = {}
MOST_READY = 200


class _InForce(NamedTuple):
    """A set of rules as it is in force; place, edition and digest are the stamp of its rules."""

    id: int
    path: str
    edition: int
    digest: str | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """What routing at a place reads in most cases, on its way: the sets in force, and the nearest office."""

    path: str
    sets: Callable[[], list[_InForce]]
    offices: Callable[[], dict[str, tuple[int, int]]]


def begin(path: str, on: date) -> Ahead:
    """Begin to read what sends a case at a place, and go on: neither waits for what is sent behind it."""
    places = list(nearest_first(path))
    return Ahead(path, _begin_sets(places, on), orgs.begin_nearest_in_charge(places, on))


def destinations(
    asked: Sequence[Asked], on: date, *, instead: RuleSet | None = None, ahead: Ahead | None = None
) -> list[Routed | None]:
    """Return where each case goes on a day, in the order given; None where nobody holds any post.

    A rule comes first, then the list of responsibilities, then the office of the place. A vacant
    post falls to its deputy or the post above; if that is vacant too, to the office of the place.
    With `instead` that set is asked in place of the one in force at its place; `ahead` was begun for
    the place of all of them.
    """
    found = _by_rules(asked, on, instead, ahead)
    _by_list(asked, found, on)
    _by_holders(found, on)
    _by_office(asked, found, on, ahead)
    return [one if one is not None and one.post_id else None for one in found]


def rule_values(row: RoutingRule) -> Rule:
    """Return a rule as routing takes it."""
    hours = (row.hours_from, row.hours_to) if row.hours_from and row.hours_to else None
    return Rule(
        id=row.pk,
        order=row.order,
        org_id=row.org_id,
        post_id=row.post_id,
        categories=frozenset(row.categories),
        matters=frozenset(row.matters),
        channels=frozenset(row.channels),
        path=row.path,
        polygon=row.polygon,
        hours=hours,
        weekdays=frozenset(row.weekdays),
        answers=tuple((key, frozenset(values)) for key, values in sorted(row.answers.items())),
        since=row.since,
        until=row.until,
        layer=row.layer,
    )


def router_of(set_id: int, stamp: tuple[Any, ...]) -> Router:
    """Return the rules of a set made ready, from memory while it did not change."""
    known = _ready.get(set_id)
    if known is not None and known[0] == stamp:
        return known[1]
    rows = RoutingRule.objects.filter(rule_set_id=set_id)
    router = Router([rule_values(row) for row in rows])
    if len(_ready) >= MOST_READY:
        _ready.clear()
    _ready[set_id] = (stamp, router)
    return router


def rule_by_id(rule_id: int) -> Rule | None:
    """Return one rule, or None if it is gone."""
    row = RoutingRule.objects.filter(pk=rule_id).first()
    return None if row is None else rule_values(row)


def last_route(case_id: int) -> dict[str, Any] | None:
    """Return what the last routing of a case was made by, as its event keeps it."""
    events = CaseEvent.objects.filter(case_id=case_id, facts__has_key="route").order_by("-seq")
    return events.values_list("facts__route", flat=True).first()


def informed_before(case_id: int) -> set[int]:
    """Return the posts that were told of a case before, as its events keep it."""
    events = CaseEvent.objects.filter(case_id=case_id, facts__route__has_key="informed")
    told = events.values_list("facts__route__informed", flat=True)
    return {post for posts in told for post in posts}


def _by_rules(
    asked: Sequence[Asked], on: date, instead: RuleSet | None, ahead: Ahead | None
) -> list[Routed | None]:
    found: list[Routed | None] = [None] * len(asked)
    look = partial(in_cells, on=on)
    sets = ahead.sets if ahead else _begin_sets(_places_of(asked), on)
    for path, router in _routers(sets(), instead):
        rest = [n for n, one in enumerate(found) if one is None and asked[n].path.startswith(path)]
        for n, to in zip(rest, router.route_many([asked[n] for n in rest], look), strict=True):
            found[n] = to
    return found


def _places_of(asked: Iterable[Asked]) -> list[str]:
    return sorted({path for one in asked for path in nearest_first(one.path)})


def _begin_sets(places: list[str], on: date) -> Callable[[], list[_InForce]]:
    return sql.ask(
        "cases.sets_in_force", IN_FORCE, [on, on, places], _InForce, is_hurried=True
    ).rows


def _routers(sets: Iterable[_InForce], instead: RuleSet | None) -> list[tuple[str, Router]]:
    """Return the sets to ask, each with its place, the nearest first."""
    found = [
        (one.path, router_of(one.id, one[1:]))
        for one in sets
        if instead is None or one.path != instead.path
    ]
    if instead is not None:
        rules = RoutingRule.objects.filter(rule_set=instead)
        found.append((instead.path, Router([rule_values(row) for row in rules])))
    return sorted(found, key=lambda one: len(one[0]), reverse=True)


def _by_list(asked: Sequence[Asked], found: list[Routed | None], on: date) -> None:
    rest = {
        n: category
        for n, one in enumerate(found)
        if one is None and (category := asked[n].category_id) is not None
    }
    if not rest:
        return
    wanted = set(rest.values())
    parents = dict(Category.objects.filter(pk__in=wanted).values_list("pk", "parent_id"))
    groups = {parent for parent in parents.values() if parent is not None}
    places = {path for n in rest for path in nearest_first(asked[n].path)}
    rows = responsible_rows(wanted | groups, places, on)
    for n, category in rest.items():
        who = in_charge(rows, asked[n], parents.get(category))
        if who is not None:
            found[n] = Routed(None, *who, plain_inputs(asked[n]), By.LIST)


def responsible_rows(
    categories: Iterable[int], paths: Iterable[str], on: date
) -> list[tuple[int, str, int, int]]:
    """Return (category, path, organisation, post) of who is in charge on a day; one query."""
    rows = Responsibility.objects.filter(
        category__in=list(categories), path__in=list(paths), duty=Duty.RESPONSIBLE
    ).filter(on_day(on))
    return list(rows.values_list("category_id", "path", "org_id", "post_id"))


def on_day(on: date) -> Q:
    """Return the condition that a period holds on a day."""
    since = Q(since__isnull=True) | Q(since__lte=on)
    return since & (Q(until__isnull=True) | Q(until__gt=on))


def _by_holders(found: list[Routed | None], on: date) -> None:
    """Let vacant posts fall to who acts for them; post 0 where nobody does."""
    posts = sorted({one.post_id for one in found if one is not None})
    acting = orgs.acting_holders(posts, on) if posts else {}
    for n, one in enumerate(found):
        if one is None:
            continue
        by = acting.get(one.post_id)
        if by is None:
            found[n] = changed(one, post_id=0, meant_post_id=one.post_id)
        elif by.is_stand_in:
            found[n] = changed(
                one,
                org_id=by.holding.organisation_id,
                post_id=by.by_post_id,
                meant_post_id=one.post_id,
            )


def _by_office(
    asked: Sequence[Asked], found: list[Routed | None], on: date, ahead: Ahead | None
) -> None:
    rest = [n for n, one in enumerate(found) if one is None or not one.post_id]
    if not rest:
        return
    wanted = (
        ahead.offices if ahead else orgs.begin_in_charge(_places_of(asked[n] for n in rest), on)
    )
    offices = wanted()
    for n in rest:
        who = next((offices[p] for p in nearest_first(asked[n].path) if p in offices), None)
        if who is None:
            continue
        one = found[n] or Routed(None, 0, 0, plain_inputs(asked[n]), By.OFFICE)
        found[n] = changed(one, org_id=who[0], post_id=who[1])
