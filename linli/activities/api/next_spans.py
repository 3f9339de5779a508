"""Free times over the API for whoever lost hers at a venue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from linli.activities.queries import bookings as queries
from linli.activities.queries.next_spans import next_spans
from linli.activities.services import bookings as services
from linli.kernel.web import Request
from linli.runtime.types import client_address, limited

router = Router()


class FreeSpanOut(Schema):
    """A free time, as long as the one that was called off."""

    starts_at: datetime
    ends_at: datetime


@router.get("/bookings/{code}/times/", response=list[FreeSpanOut])
@limited("activities.codes", services.LOOKS, client_address)
def list_next_spans(request: Request, code: str) -> list[dict[str, Any]]:
    """Free times as long as a booking that the office or a closing called off; `move` takes one."""
    booking = queries.booking_by_code(code)
    found = next_spans(booking, timezone.now()) if queries.is_called_off(booking) else []
    return [{"starts_at": start, "ends_at": end} for start, end in found]
