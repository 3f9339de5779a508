"""JSON API of cases."""

from ninja import Router

from linli.cases.api import (
    bulk,
    categories,
    desk,
    duties,
    kinds,
    placing,
    public,
    releasing,
    reports,
    reviewing,
    rule_sets,
    rule_tests,
    rules,
    suggesting,
)

router = Router(tags=["cases"])
# the desk's addresses take any number, so they come last
for part in (
    public,
    categories,
    duties,
    suggesting,
    placing,
    reports,
    reviewing,
    releasing,
    kinds,
    rule_sets,
    rules,
    rule_tests,
    bulk,
    desk,
):
    router.add_router("", part.router)
