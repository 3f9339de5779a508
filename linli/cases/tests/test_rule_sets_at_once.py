"""Two officials at once: one is faster, the other is told, and never are two sets in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from linli.cases.models import RoutingRule, RuleSet
from linli.cases.services import rule_sets, rules
from linli.cases.testing import NOON
from linli.cases.tests.test_routing import post_in
from linli.cases.tests.test_rule_sets import KEEPER, TODAY, TOWN, add, draft, must
from linli.cases.types.keeping import RuleDetails
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_editors_one_saves_and_the_other_is_told() -> None:
    held, post = draft(), post_in()

    def save(title: str) -> Callable[[], object]:
        details = RuleDetails(title, post.pk)
        return lambda: rules.save_rule(held.pk, details, edition=1, actor=KEEPER, now=NOON)

    told = at_once(save("hers"), save("his"))

    assert sorted(told) == ["", "stale"]
    assert RoutingRule.objects.count() == 1 and RuleSet.objects.get().edition == 2


def test_of_two_sets_put_in_force_at_once_one_is_and_no_day_is_covered_twice() -> None:
    post = post_in()
    sets = [draft(title=str(n)) for n in range(2)]
    for held in sets:
        add(held, post.pk)
        must(held, post.pk)

    def force(held: RuleSet) -> Callable[[], object]:
        return lambda: rule_sets.put_in_force(
            held.pk, TODAY + timedelta(days=1), edition=3, actor=KEEPER, now=NOON
        )

    told = at_once(*(force(held) for held in sets))

    assert sorted(told) == ["", "another_begins"]
    in_force = RuleSet.objects.filter(path=TOWN, state="in_force")
    assert [(one.since, one.until) for one in in_force] == [(TODAY + timedelta(days=1), None)]
