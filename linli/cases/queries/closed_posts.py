"""What of open cases lies with posts that ended, and who goes on with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from linli.access.queries.hearing import posts_that_hear
from linli.cases.models import Responsibility, RoutingRule, RuleSet
from linli.cases.permits import HANDLE
from linli.cases.queries.kinds import all_kinds, kind_of
from linli.cases.queries.left_parts import LEFT, LeftPart, Such, parts_of
from linli.cases.queries.receivers import receivers
from linli.cases.types.falling import Next, Rule
from linli.cases.types.words import LIVE
from linli.kernel import sql
from linli.kernel.paths import nearest_first
from linli.orgs import queries as orgs

OF_OTHERS = "c.kind <> ALL(%(others)s) AND "
LEFT_BEHIND = LEFT.format(which=OF_OTHERS + "p.closed_on <= %(on)s")
WITH_POST = LEFT.format(which=OF_OTHERS + "p.id = %(post)s")
WITH_BODY = LEFT.format(which=OF_OTHERS + "p.organisation_id = %(body)s")
COUNT = """
SELECT count(*) FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id
  JOIN orgs_post p ON p.id = a.post_id
 WHERE c.is_open AND c.kind <> ALL(%(others)s) AND a.state = ANY(%(live)s) AND {which}
"""
COUNT_OF_POST, COUNT_OF_BODY = (
    COUNT.format(which=which)
    for which in ("p.id = %(of)s", "p.organisation_id = %(of)s AND p.closed_on IS NULL")
)


def left_behind(on: date) -> Iterator[LeftPart]:
    """Yield parts of open cases that lie with posts that ended by a day."""
    return parts_of("cases.left_behind", LEFT_BEHIND, {"others": _others(), "on": on})


def parts_with(org_id: int) -> Iterator[LeftPart]:
    """Yield parts of open cases that lie with posts of a body."""
    return parts_of("cases.parts_with_body", WITH_BODY, {"others": _others(), "body": org_id})


def parts_with_post(post_id: int) -> Iterator[LeftPart]:
    """Yield parts of open cases that lie with a post."""
    return parts_of("cases.parts_with_post", WITH_POST, {"others": _others(), "post": post_id})


def _others() -> list[str]:
    """The kinds of which another app hands on what is left."""
    return sorted({kind.key for kind in all_kinds() if kind.hands_on_itself})


def parts_of_body(org_id: int) -> int:
    """Return how many parts of open cases lie with the open posts of a body."""
    return _counted("cases.count_of_body", COUNT_OF_BODY, org_id)


def parts_of_post(post_id: int) -> int:
    """Return how many parts of open cases lie with a post."""
    return _counted("cases.count_of_post", COUNT_OF_POST, post_id)


def _counted(name: str, statement: str, of: int) -> int:
    params = {"others": _others(), "live": [str(one) for one in LIVE], "of": of}
    return int(sql.tuples(name, statement, params)[0][0])


def lines_of_body(org_id: int) -> int:
    """Return how many lines of lists of responsibilities name a body."""
    return Responsibility.objects.filter(_lasting(), org_id=org_id).count()


def lines_of_post(post_id: int) -> int:
    """Return how many lines of lists of responsibilities name a post."""
    return Responsibility.objects.filter(_lasting(), post_id=post_id).count()


def rules_of_body(org_id: int) -> int:
    """Return how many rules that hold or are being written send to posts of a body."""
    return _rules().filter(org_id=org_id).count()


def rules_of_post(post_id: int) -> int:
    """Return how many rules that hold or are being written send to a post."""
    return _rules().filter(post_id=post_id).count()


def _rules() -> QuerySet[RoutingRule]:
    return RoutingRule.objects.filter(_lasting(), rule_set__in=RuleSet.objects.filter(_lasting()))


def _lasting() -> Q:
    return Q(until__isnull=True) | Q(until__gt=localdate())


def who_goes_on(part: LeftPart, able: Sequence[int], on: date) -> Iterator[tuple[int, int]]:
    """Yield (body, post) of those to whom a part may go, of the posts that are `able`; the first who may is asked.

    Whoever the post falls to (its deputy, the post above), others of its body, those of the body that
    took over its work, then the office of the place and of those above it, at last whoever else there
    works on such cases. Nobody who would find the case in no list of hers.
    """
    for one in next_in_turn(part, able, on):
        if one.org_id is not None and one.post_id is not None:
            yield one.org_id, one.post_id


def next_in_turn(
    part: LeftPart, able: Sequence[int], on: date, ending: Collection[int] = frozenset()
) -> Iterator[Next]:
    """Yield those of `who_goes_on` with the rule by which each is asked, as if posts of `ending` had ended."""
    left = [post for post in able if post not in ending]
    found: dict[int | None, Next] = {}
    for one in _in_turn(part, on, ending):
        if one.post_id in left:
            found.setdefault(one.post_id, one)
    yield from found.values()
    others = receivers(set(left).difference(post for post in found if post), on)
    yield from (Next(Rule.OTHERS, others[post].org_id, post) for post in left if post in others)


def able_for(such: Such, now: datetime) -> list[int]:
    """Return the posts that see such a case and work on it and for which somebody reads, the nearest first."""
    places, kind = nearest_first(such.path), kind_of(such.kind, such.version)
    seeing, working = (
        posts_that_hear(permit, places, now=now, level=max(such.level, permit.level))
        for permit in (kind.sees, HANDLE)
    )
    return [post for place in places for post in seeing[place] if post in working[place]]


def _in_turn(part: LeftPart, on: date, ending: Collection[int]) -> Iterator[Next]:
    acting = orgs.acting_holders([part.post_id], on, without=ending).get(part.post_id)
    if acting is not None:
        rule = Rule.DEPUTY if acting.is_deputy else Rule.ABOVE
        yield Next(rule, acting.holding.organisation_id, acting.by_post_id)
    for body in dict.fromkeys((part.org_id, orgs.bearer_of(part.org_id, on))):
        rule = Rule.BODY if body == part.org_id else Rule.SUCCESSOR
        yield from (Next(rule, body, post) for post in orgs.held_posts_of(body, on))
    places = nearest_first(part.such.path)
    offices = orgs.posts_in_charge(places, on)
    yield from (Next(Rule.OFFICE, *offices[path]) for path in places if path in offices)
