"""JSON API of cases."""

from ninja import Router

from linli.cases.api import (
    boards,
    bulk,
    calls,
    categories,
    contacts,
    desk,
    duties,
    figures,
    kinds,
    placing,
    public,
    releasing,
    reopening,
    replacing,
    reports,
    reviewing,
    rule_sets,
    rule_tests,
    rules,
    spots,
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
    calls,
    reopening,
    figures,
    boards,
    spots,
    kinds,
    rule_sets,
    rules,
    rule_tests,
    replacing,
    bulk,
    contacts,
    desk,
):
    router.add_router("", part.router)
