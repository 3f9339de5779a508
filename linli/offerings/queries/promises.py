"""By when somebody hears who applies now: shown before it is sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.timezone import localdate

from linli.cases.queries.ground import term_end

LAST_MOMENT = timedelta(microseconds=1)


def accept_day(path: str, now: datetime) -> date:
    """Return the last day on which the window answers what came in now (art. 32)."""
    return localdate(term_end("application.accept", path, now) - LAST_MOMENT)


def paper_address(number: str) -> str:
    """Return the address that stands on paper: whole, without a language and without the code."""
    return f"{settings.LINLI_PUBLIC_URL}/follow/{number}"
