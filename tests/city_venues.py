"""What is booked in the demo city of the tests: a hall with hours, a closing day, a booking that waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from linli.activities.queries import rounds as queries
from linli.activities.queries.events import sessions_of
from linli.activities.rules.venues import at_minute
from linli.activities.services import (
    attending,
    bookings,
    certificates,
    enrolling,
    events,
    groups,
    objections,
    openings,
    rounds,
    venues,
)
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.activities.types.rounds import GroupFacts, RoundFacts, Weekly
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
    _round(place, venue, actor=actor, now=now)
    _course(place, actor=actor, now=now)
    _over(place, actor=actor, now=now)
    return bookings.book(venue, facts, actor=NOBODY, now=now)


def _round(place: Any, venue: Any, *, actor: Actor, now: datetime) -> None:
    """A group was drawn its evening and objects."""
    today = localdate(now)
    who = GroupFacts(
        "dance", "榕树舞队", 18, "黄姨", "+8613800138010", is_shown=True, agreed_on=today
    )
    group = groups.add_group(place, who, actor=actor, now=now)
    facts = RoundFacts(
        "明年春季", today + timedelta(days=40), today + timedelta(days=100), today, today + timedelta(days=20),
        1, (Weekly(venue.pk, 0, 1140, 1260),),
    )  # fmt: skip
    it = rounds.open_round(place, facts, actor=actor, now=now)
    rounds.wish(it, group, [one.pk for one in queries.times_of(it)], actor=NOBODY, now=now)
    later = now + timedelta(days=1)
    it = rounds.draw_round(it, actor=actor, now=later)
    objections.object_to(it, group, "时间太晚。", actor=NOBODY, now=later)


def _course(place: Any, *, actor: Actor, now: datetime) -> None:
    """A course in three days takes enrolments; a family is in."""
    start = now + timedelta(days=3)
    what = EventFacts(
        "course", "剪纸课", "自带剪刀。", "榕树巷2号", ((start, start + timedelta(hours=1)),), 12
    )
    event = events.add_event(place, what, actor=actor, now=now)
    event = events.publish_event(event, actor=actor, now=now)
    family = EnrolFacts((Taker("陈小妹"), Taker("陈阿婆")), "+8613800138011", has_child=False)
    enrolling.enrol(event, family, actor=NOBODY, now=now)


def _over(place: Any, *, actor: Actor, now: datetime) -> None:
    """A lecture of yesterday, with a certificate for who came."""
    start, before = now - timedelta(days=1), now - timedelta(days=5)
    what = EventFacts(
        "lecture", "防诈骗讲座", "", "榕树巷2号", ((start, start + timedelta(hours=1)),), 40
    )
    event = events.add_event(place, what, actor=actor, now=before)
    event = events.publish_event(event, actor=actor, now=before)
    family = EnrolFacts((Taker("陈阿婆"),), "+8613800138011", has_child=False)
    made = enrolling.enrol(event, family, actor=NOBODY, now=before)
    (session,) = sessions_of(event)
    attending.check_in(session, made, 1, actor=actor, now=start)
    certificates.make_certificate(made, actor=NOBODY, now=now)
