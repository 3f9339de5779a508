"""Makers of feedback for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from linli.kernel.permits import NOBODY
from linli.places.testing import make_village
from linli.portal import services
from linli.portal.types import Given

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
VILLAGE = "441900/441900005/441900005001/"


def make_feedback(text: str = "The page is slow.", *, path: str = VILLAGE) -> Given:
    """Leave feedback about a page of a village, which is made if there is none."""
    make_village()
    return services.give_feedback(
        text, page="/zh-hans/", path=path, language="zh-hans", actor=NOBODY, now=NOON
    )
