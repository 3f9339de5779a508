"""Funding lines: city, town, collective and social money, by year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.plan import permits, queries
from linli.plan.models import FundingLine, PlanDocument
from linli.plan.types import Source
from linli.trail.services import record

FIRST_YEAR, LAST_YEAR = 2000, 2100


@transaction.atomic
def add_funding_line(
    document: PlanDocument, place: Any, facts: Mapping[str, Any], *, actor: Actor, now: datetime
) -> FundingLine:
    """Record money for the plan: year, source, amount (Money), purpose, basis, task or none.

    Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.FUND, at=place.path)
    if facts["source"] not in list(Source):
        raise Invalid({"source": [_("Choose one of the given words.")]})
    if not FIRST_YEAR <= facts["year"] <= LAST_YEAR:
        raise Invalid({"year": [_("Write the year with four digits.")]})
    if facts["amount"].fen <= 0:
        raise Invalid({"amount": [_("Write an amount above zero.")]})
    line = FundingLine.objects.create(
        document=document, **queries.located(place), task=facts.get("task"),
        year=facts["year"], source=facts["source"], amount_fen=facts["amount"].fen,
        purpose=facts["purpose"], basis=facts.get("basis", ""), recorded_at=now,
        recorded_by=actor.label,
    )  # fmt: skip
    record("plan.funding_added", on=line, actor=actor, now=now, place=place.path)
    return line


@transaction.atomic
def withdraw_funding_line(
    line: FundingLine, *, why: str, actor: Actor, now: datetime
) -> FundingLine:
    """Take a line out of the sums; it stays with the reason. Refuses with NotAllowed, Invalid."""
    line = FundingLine.objects.select_for_update().get(pk=line.pk)
    require(actor, permits.FUND, at=line.path)
    if not why.strip():
        raise Invalid({"why": [_("Say why, so that others can follow.")]})
    if line.withdrawn_at is None:
        line.withdrawn_at, line.withdrawn_why = now, why.strip()[:200]
        line.save(update_fields=["withdrawn_at", "withdrawn_why"])
        record("plan.funding_withdrawn", on=line, actor=actor, now=now, place=line.path)
    return line
