"""Sets of rules: of a place, one of them with its rules in order, and what its tests come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from linli.cases import permits
from linli.cases.models import RoutingRule, RoutingTest, RuleSet
from linli.cases.queries.in_cells import in_cells
from linli.cases.queries.questions import in_full
from linli.cases.queries.routing import rule_values
from linli.cases.rules.routing import Router
from linli.cases.types.routing import Asked, SetState
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach

MILLIONTH = 1e6


@dataclass(frozen=True, slots=True)
class Tested:
    """A test case with where the rules of its set send it."""

    test: RoutingTest
    rule_id: int | None
    post_id: int | None
    layer: str = ""

    @property
    def passes(self) -> bool:
        if self.test.layer:
            return self.layer == self.test.layer
        return self.post_id == self.test.post_id


def keeps_rules(actor: Actor) -> bool:
    """Say whether somebody keeps rules anywhere."""
    return actor.holds(permits.KEEP_RULES)


def visible_sets(actor: Actor) -> QuerySet[RuleSet]:
    """Sets of the places at which the actor keeps rules."""
    return RuleSet.objects.filter(in_reach(actor, permits.KEEP_RULES))


def list_sets(actor: Actor, path: str) -> QuerySet[RuleSet]:
    """Sets of one place, the newest first, with how many rules and tests each has."""
    found = visible_sets(actor).filter(path=path).order_by("-pk")
    return found.annotate(
        rules_count=Count("rules", distinct=True), tests_count=Count("tests", distinct=True)
    )


def places_with_sets(actor: Actor) -> list[str]:
    """Return the paths at which the actor sees sets, or may begin the first."""
    own = set(actor.paths(permits.KEEP_RULES))
    return sorted(own | set(visible_sets(actor).values_list("path", flat=True)))


def taken_over(actor: Actor) -> QuerySet[RuleSet]:
    """Drafts with rules of a place that ended, where the place that follows has none in force yet."""
    in_force = RuleSet.objects.filter(path=OuterRef("path"), state=SetState.IN_FORCE, until=None)
    drafts = visible_sets(actor).filter(state=SetState.DRAFT, copied_from__isnull=False)
    return drafts.exclude(copied_from__path=F("path")).exclude(Exists(in_force)).order_by("pk")


def get_set(actor: Actor, set_id: int) -> RuleSet:
    """Return a set that the actor keeps. Refuses with NotFound."""
    found = visible_sets(actor).filter(pk=set_id).first()
    if found is None:
        raise NotFound()
    return found


def get_rule(rule_set: RuleSet, rule_id: int) -> RoutingRule:
    """Return a rule of a set. Refuses with NotFound."""
    found = rule_set.rules.filter(pk=rule_id).first()
    if found is None:
        raise NotFound()
    return found


def get_test(rule_set: RuleSet, test_id: int) -> RoutingTest:
    """Return a test case of a set. Refuses with NotFound."""
    found = rule_set.tests.filter(pk=test_id).first()
    if found is None:
        raise NotFound()
    return found


def rules_of(rule_set: RuleSet) -> list[RoutingRule]:
    """Return the rules of a set in the order in which they are tried."""
    return list(rule_set.rules.order_by("order", "pk"))


def set_in_force(path: str, on: date) -> RuleSet | None:
    """Return the set of a place that is in force on a day, or None."""
    found = RuleSet.objects.filter(path=path, state=SetState.IN_FORCE, since__lte=on)
    return found.filter(Q(until__isnull=True) | Q(until__gt=on)).first()


def asked_of_test(test: RoutingTest) -> Asked:
    """Return a test case as routing takes it."""
    point = None
    if test.lon is not None and test.lat is not None:
        point = (test.lon / MILLIONTH, test.lat / MILLIONTH)
    return Asked(
        test.at,
        test.path,
        test.category_id,
        test.matter,
        test.channel,
        point,
        in_full(test.answers),
    )


def results_of(rule_set: RuleSet) -> list[Tested]:
    """Return every test case of a set with where its rules send it."""
    tests = list(rule_set.tests.order_by("pk"))
    router = Router([rule_values(rule) for rule in rule_set.rules.all()])
    look = partial(in_cells, on=localdate())
    found = router.route_many([asked_of_test(test) for test in tests], look)
    layer_of: dict[int | None, str] = {rule.id: rule.layer for rule in router.rules}
    return [
        Tested(test, to.rule_id, to.post_id, layer_of[to.rule_id])
        if to
        else Tested(test, None, None)
        for test, to in zip(tests, found, strict=True)
    ]


def failing_tests(rule_set: RuleSet) -> list[Tested]:
    """Return the test cases that do not go where they must."""
    return [one for one in results_of(rule_set) if not one.passes]
