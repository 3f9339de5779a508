"""What is booked in the demo city of the tests: a hall with hours, a closing day, a booking that waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from linli.activities.rules.venues import at_minute
from linli.activities.services import bookings, openings, venues
from linli.activities.types.venues import BookingFacts, DaysFacts, VenueFacts
from linli.demo.cast import VILLAGE_1
from linli.kernel.permits import NOBODY, Actor
from linli.places import queries as places

HALL = VenueFacts(
    "hall", "village", "榕树礼堂", "Fig Hall", "榕树巷2号", "有音响和坡道。", 80, needs_approval=True,
    deposit_fen=10_000, terms="请保持安静。", checks="灯已关\n门已锁", phone="0769-5550 0101",
)  # fmt: skip


def live(*, actor: Actor, now: datetime) -> Any:
    """A hall is entered and opened; it closes next month; a neighbour asks for a time in two days."""
    place, today = places.get_place(VILLAGE_1), localdate(now)
    venue = venues.add_venue(place, HALL, actor=actor, now=now)
    venues.set_week(venue, {day: [(480, 1320)] for day in range(7)}, actor=actor, now=now)
    shut = today + timedelta(days=30)
    openings.set_days(venue, DaysFacts(shut, shut, "修屋顶"), actor=actor, now=now)
    start = at_minute(today + timedelta(days=2), 600, timezone.get_current_timezone())
    facts = BookingFacts(start, start + timedelta(hours=2), "陈阿婆", "+8613800138009", "dance", 12)
    return bookings.book(venue, facts, actor=NOBODY, now=now)
