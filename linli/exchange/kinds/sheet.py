"""What a case sheet shows of the hotline: the order's number, its day, what was asked and returned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.cases import permits as case_permits
from linli.cases.types.sections import SHEET_SECTIONS, CaseHead, Section
from linli.exchange import permits
from linli.exchange.queries import orders as queries
from linli.exchange.types.titles import HAND_BACK_STATE, OUTCOME
from linli.kernel.permits import Actor

HOTLINE = "hotline"


def order(actor: Actor, case: CaseHead) -> Mapping[str, Any] | None:
    """Return the order that a case came from, or None for all others."""
    found = queries.order_of_case(case.pk) if str(case.channel) == HOTLINE else None
    if found is None:
        return None
    asked = queries.hand_backs_of(found)
    may_handle = actor.may(case_permits.HANDLE, at=case.path, level=case.level)
    is_asked = any(one.state == "applied" for one in asked)
    return {
        "order": found, "asked": asked, "returned": queries.returned_of(found)[:1],
        "hand_back_words": HAND_BACK_STATE, "outcomes": OUTCOME,
        "may_open": actor.may(permits.HOTLINE, at=found.path),
        "may_ask": may_handle and not is_asked and case.state in ("filed", "at_work"),
    }  # fmt: skip


def register() -> None:
    """Tell the sheet. Called at start."""
    SHEET_SECTIONS.add(
        Section("exchange.order", 15, "exchange/_sheet_order.html", order, frozenset({"report"}))
    )
