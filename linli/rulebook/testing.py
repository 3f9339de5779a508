"""Makers of local values for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from linli.kernel.permits import Actor, system_actor
from linli.rulebook import services
from linli.rulebook.models import LocalValue

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TOWN = "441900/441900990/"
VILLAGE = "441900/441900990/441900990201/"


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
