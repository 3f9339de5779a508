"""JSON API on the plan: its published text, what was measured, and what towns did about it."""

from ninja import Router

from linli.plan.api import (
    board,
    calls,
    documents,
    filings,
    funding,
    outline,
    pilots,
    practices,
    reports,
    text,
    values,
    visits,
)

router = Router(tags=["plan"])
for part in (
    board,
    text,
    outline,
    documents,
    values,
    filings,
    calls,
    reports,
    pilots,
    practices,
    visits,
    funding,
):
    router.add_router("", part.router)
