"""Posts that ended and are still named by lists of responsibilities and rules of routing, for whoever keeps those."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from linli.cases import permits
from linli.cases.models import Responsibility, RoutingRule, RuleSet
from linli.cases.queries.posts import post_names, post_to_route
from linli.cases.queries.rule_sets import failing_tests, visible_sets
from linli.cases.types.routing import SetState
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.permits import PUBLIC, Actor
from linli.kernel.reach import below
from linli.orgs import queries as orgs
from linli.orgs.queries.receiving import ended_line, open_of_kind

KEPT = "EXISTS (SELECT 1 FROM unnest(%(paths)s::text[]) AS kept(path) WHERE starts_with({path}, kept.path))"
# lines that hold or are to hold, and rules of sets that do or are being written, beyond the last day of the post
STILL_NAMED = f"""
SELECT p.id, p.path, p.closed_on, sum(named.lines), sum(named.rules)
  FROM orgs_post p JOIN orgs_organisation o ON o.id = p.organisation_id JOIN (
       SELECT r.post_id, r.since, r.until, 1 AS lines, 0 AS rules FROM cases_responsibility r
        WHERE {KEPT.format(path="r.path")}
        UNION ALL
       SELECT r.post_id, r.since, least(r.until, s.until), 0, 1
         FROM cases_routingrule r JOIN cases_ruleset s ON s.id = r.rule_set_id WHERE {KEPT.format(path="s.path")}
       ) named ON named.post_id = p.id
        AND (named.until IS NULL OR named.until > greatest(%(on)s, named.since, p.closed_on))
 WHERE p.closed_on IS NOT NULL AND o.level = %(level)s
 GROUP BY p.id ORDER BY p.path, p.id
"""  # noqa: S608  constants only


@dataclass(frozen=True, slots=True)
class StillNamed:
    """A post that ended or is to end, and how many lines and rules of the actor's name it beyond that day."""

    post_id: int
    path: str
    name: str
    closed_on: date
    lines: int
    rules: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A post that ended or is to end on a day that is on record."""

    post_id: int
    path: str
    closed_on: date
    org_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class NamingSet:
    """A set with how many of its rules name the post, and how many of its test cases fail as it stands."""

    held: RuleSet
    rules: int
    failing: int


def still_named(actor: Actor, on: date) -> list[StillNamed]:
    """Return the posts that ended, or are to end, and are named beyond that where the actor keeps lists and rules."""
    paths = list(actor.paths(permits.KEEP_RULES))
    given = {"paths": paths, "on": on, "level": PUBLIC}
    rows = sql.tuples("cases.still_named", STILL_NAMED, given) if paths else []
    names = post_names(row[0] for row in rows)
    return [StillNamed(pk, path, names.get(pk, ""), *rest) for pk, path, *rest in rows]


def ended_post(post_id: int) -> Ended:
    """Return a post of a public body that ended. Refuses with NotFound."""
    row = ended_line(post_id)
    if row is None:
        raise NotFound()
    return Ended(*row)


def beyond(day: date) -> Q:
    """Say of a line, rule or set that it holds beyond a day; one taken back before it began holds never."""
    ends_later = Q(until__gt=day) & (Q(since__isnull=True) | Q(until__gt=F("since")))
    return Q(until__isnull=True) | ends_later


def naming_lines(actor: Actor, post_id: int, day: date) -> QuerySet[Responsibility]:
    """Return the lines beyond a day that name a post, where the actor keeps the list."""
    kept = below(actor.paths(permits.KEEP_RULES))
    return Responsibility.objects.filter(kept, beyond(day), post_id=post_id)


def naming_sets(actor: Actor, post_id: int, day: date) -> QuerySet[RuleSet]:
    """Return the sets that hold beyond a day or are being written and name a post, where the actor keeps them."""
    rules = RoutingRule.objects.filter(post_id=post_id).filter(beyond(day))
    return visible_sets(actor).filter(beyond(day), pk__in=rules.values("rule_set_id"))


def sets_told(actor: Actor, post_id: int, day: date) -> list[NamingSet]:
    """Return those sets with what comes of their test cases, by place."""
    found = naming_sets(actor, post_id, day).order_by("path", "pk")
    rules = Count("rules", filter=Q(rules__post_id=post_id))
    return [
        NamingSet(one, one.naming, len(failing_tests(one)) if one.state == SetState.IN_FORCE else 0)
        for one in found.annotate(naming=rules)
    ]


def likely_successor(actor: Actor, ended: Ended, on: date) -> int | None:
    """Return the post that most likely does the work now: of its kind in what took over, or who it falls to."""
    bearer = orgs.bearer_of(ended.org_id, on)
    same = open_of_kind(bearer, ended.kind)
    acting = orgs.acting_holders([ended.post_id], on, without=[ended.post_id]).get(ended.post_id)
    falls_to = [acting.by_post_id] if acting else []
    likely = [*falls_to, *same] if bearer == ended.org_id else [*same, *falls_to]
    return next((post for post in likely if post_to_route(actor, post)), None)
