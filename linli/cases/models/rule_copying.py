"""Rules and tests of one set copied into another."""

from __future__ import annotations

from datetime import date

from linli.cases.models.routing import RoutingRule, RoutingTest, RuleSet

COPIED = (
    "order", "title", "org_id", "post_id", "categories", "matters", "channels", "path", "polygon",
    "hours_from", "hours_to", "weekdays", "answers", "since", "until", "layer",
)  # fmt: skip
TESTED = (
    "title", "at", "path", "category_id", "matter", "channel", "lon", "lat", "answers", "post_id", "layer",
)  # fmt: skip


def copy_rules(old: RuleSet, new: RuleSet, on: date) -> None:
    """Give a draft the rules and tests of another set; rules that have ended are left out."""
    rules = [
        rule for rule in old.rules.order_by("order", "pk") if not (rule.until and rule.until <= on)
    ]
    RoutingRule.objects.bulk_create(
        RoutingRule(
            rule_set=new,
            origin_id=rule.origin_id or rule.pk,
            **{name: getattr(rule, name) for name in COPIED},
        )
        for rule in rules
    )
    RoutingTest.objects.bulk_create(
        RoutingTest(rule_set=new, **{name: getattr(test, name) for name in TESTED})
        for test in old.tests.order_by("pk")
    )
