"""JSON API of cases."""

from ninja import Router

from linli.cases.api import categories, duties, rule_sets, rule_tests, rules, suggesting

router = Router(tags=["cases"])
for part in (categories, duties, suggesting, rule_sets, rules, rule_tests):
    router.add_router("", part.router)
