"""What pages and API of the portal share."""

from __future__ import annotations

from datetime import timedelta

from linli.runtime.types import Rate

GIVEN = Rate(10, timedelta(hours=1))
# somebody looks up a few codes; a machine that tries them meets a wall
LOOKS = Rate(60, timedelta(minutes=10))
