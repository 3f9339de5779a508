"""Makers of notices for everybody's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from linli.kernel.clock import Unit
from linli.kernel.permits import Actor
from linli.kernel.testing import TOWN, VILLAGE, make_actor
from linli.notices import permits, services
from linli.notices.models import Posting
from linli.notices.types import Category, Draft

# a Tuesday
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CLERK = make_actor("村务文员", permits.WRITE, account_id=1)
CHAIR = make_actor("村委会主任", permits.WRITE, permits.PUBLISH, account_id=2)
STRANGER = make_actor(
    "外村文员", permits.WRITE, permits.PUBLISH, at="441900/441900005/441900005002/", account_id=3
)
TOWN_CLERK = make_actor("镇干部", permits.WRITE, permits.PUBLISH, at=TOWN, account_id=4)
DRAFT = Draft(
    category=Category.PUBLICITY,
    title="美丽庭院拟评定结果公示",
    body="拟评定15户。\n- 门前整洁\n- 邻里和睦",
    contact="村委会办公室，0769-5550 0123",
    days=5,
    unit=Unit.WORKING_DAYS,
    objection="向村务监督委员会提出",
)


def make_draft(
    *, now: datetime = NOON, actor: Actor = CLERK, place: str = VILLAGE, **changes: Any
) -> Posting:
    """Begin a notice of a village that is there."""
    return services.create_posting(replace(DRAFT, **changes), place=place, actor=actor, now=now)


def make_posting(
    *,
    now: datetime = NOON,
    actor: Actor = CHAIR,
    place: str = VILLAGE,
    is_looked_at: bool = True,
    **changes: Any,
) -> Posting:
    """Write a notice and publish it."""
    posting = make_draft(now=now, actor=actor, place=place, **changes)
    return services.publish_version(
        posting, edition=1, is_looked_at=is_looked_at, actor=actor, now=now
    )


def at(day: int, month: int = 11, year: int = 2026) -> datetime:
    """Return noon of a day in Shanghai."""
    return datetime(year, month, day, 4, 0, tzinfo=UTC)
