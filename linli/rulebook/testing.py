"""Makers of local values and of a calendar for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from linli.kernel.permits import Actor, system_actor
from linli.rulebook import services
from linli.rulebook.models import LocalValue

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TOWN = "441900/441900990/"
VILLAGE = "441900/441900990/441900990201/"
SOURCE = "国务院办公厅关于2027年部分节假日安排的通知"


def off(first: str, last: str, name: str) -> list[services.NoticeDay]:
    """Return days off as a notice names them."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [
        services.NoticeDay(begin + timedelta(days=n), False, name, SOURCE)
        for n in range((end - begin).days + 1)
    ]


def notice() -> list[services.NoticeDay]:
    """Return an invented notice of 2027, as the State Council might publish it."""
    return [
        *off("2027-01-01", "2027-01-03", "元旦"),
        *off("2027-02-05", "2027-02-12", "春节"),
        *off("2027-10-01", "2027-10-07", "国庆节"),
        services.NoticeDay(date.fromisoformat("2026-12-27"), True, "元旦", SOURCE),
        services.NoticeDay(date.fromisoformat("2027-02-14"), True, "春节", SOURCE),
    ]


def proposed(value: Any, **given: Any) -> services.Proposed:
    """Return a value as an official proposes it; only what matters is given."""
    usual: dict[str, Any] = {
        "place": TOWN,
        "document_number": "示府〔2026〕1号",
        "document_date": date(2026, 1, 5),
        "issuer": "示范镇人民政府",
        "valid_from": date(2026, 2, 1),
    }
    return services.Proposed(value=value, **{**usual, **given})


def make_local_value(
    key: str = "village.notice",
    value: Any = 15,
    *,
    actor: Actor | None = None,
    **given: Any,
) -> LocalValue:
    """Add a local value of the invented town, through the service."""
    return services.add_local_value(
        key, proposed(value, **given), actor=actor or system_actor("test"), now=NOON
    )
