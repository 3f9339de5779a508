"""Moments as they come from the server, read by Python's own reader: a list of cases has a hundred of them."""

from __future__ import annotations

from datetime import UTC, datetime

from psycopg.abc import Buffer
from psycopg.types.datetime import TimestamptzLoader


class MomentLoader(TimestamptzLoader):
    """As Django's, which takes each text apart with an expression; what Python cannot read is refused as there."""

    # Django asks each cursor for it: sessions are in UTC
    timezone = UTC

    def load(self, data: Buffer) -> datetime:
        """Return the moment of a text as the server writes it in ISO style: 2026-11-30 07:00:00.1+00."""
        try:
            return datetime.fromisoformat(str(data, "ascii"))
        except ValueError:
            return super().load(data)
