"""Windows of the demo town's centre: their hours, a closing day, and visits that were booked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, localtime

from linli.demo.cast import VILLAGE_1
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.offerings.models import DrawRound, ServiceWindow, Ticket, VisitRating
from linli.offerings.queries.home_halves import halves_offered
from linli.offerings.queries.slots import free_days
from linli.offerings.services import (
    drawing,
    home_visits,
    rating_tablets,
    rounds,
    tickets,
    visit_ratings,
    visits,
    windows,
)
from linli.offerings.types.home_visits import Door, Half, HomeDate, HomeWish
from linli.offerings.types.rounds import RoundFacts
from linli.offerings.types.tickets import DrawWish
from linli.offerings.types.visit_ratings import RatedBy
from linli.offerings.types.visits import (
    ClosingFacts,
    Contact,
    Span,
    Way,
    WeekPlan,
    Why,
    WindowFacts,
    Wish,
)
from linli.orgs.queries.centres import PUBLIC_CENTRE, centre_rows
from linli.places import queries as places
from linli.rulebook import queries as rulebook

INSURANCE = (
    "residents-pension-enrolment", "residents-pension-claim", "pension-alive-check", "pension-transfer",
    "residents-medical-insurance", "medical-reimbursement", "unemployment-registration", "job-matching",
    "skill-training",
)  # fmt: skip
WINDOWS = (
    (WindowFacts("1", "综合受理", "All matters", is_low=True), 20),
    (WindowFacts("2", "综合受理", "All matters"), 20),
    (WindowFacts("3", "社保和就业", "Insurance and work", INSURANCE), 15),
)
MORNING, AFTERNOON = (510, 720), (840, 1050)
TICKETS = ("", "", "elder", "", "", "disabled", "", "")
# how somebody is called, her number, how she asked, which free time of the coming days
VISITS = (
    ("陈阿姨", "13800000911", Way.PHONE, 2),
    ("黄先生", "13800000912", Way.ONLINE, 5),
    ("", "", Way.ONLINE, 9),
    ("Mr Okafor", "13800000913", Way.ONLINE, 14),
    ("梁伯", "", Way.COUNTER, 21),
)

# who cannot come to the window, for what, and where she lives
HOMES = (
    ("elder-assessment", Door("莫婆婆", "13800000914", "东头坊二巷7号一楼", "耳背，请多敲几下门")),
    ("care-grant", Door("袁先生", "13800000915", "桥头街18号302", "轮椅在门口，请勿挪动")),
)


@transaction.atomic
def make(chair: Actor, *, now: datetime) -> None:
    """Give the centre windows and hours, close an afternoon, and let people book, once."""
    if ServiceWindow.objects.exists():
        return
    path, today = places.get_place(VILLAGE_1).path, localdate(now)
    centre = centre_rows(path, on=today, kind=PUBLIC_CENTRE)[0].organisation
    for facts, step in WINDOWS:
        window = windows.add_window(centre.pk, centre.path, facts, actor=chair, now=now)
        spans = [
            Span(weekday, opens, closes, step, kept_phone=1, kept_counter=2)
            for weekday in range(5)
            for opens, closes in (MORNING, AFTERNOON)
        ]
        windows.set_hours(window, WeekPlan(today, spans), actor=chair, now=now)
    off = today + timedelta(days=9)
    closing = ClosingFacts(off, off, *AFTERNOON, Why.TRAINING, "急事可到镇政务服务中心办理。")
    windows.close_days(centre.pk, centre.path, closing, actor=chair, now=now)
    _book(centre, chair, now=now)
    _home(chair, now=now)
    _queue(centre, chair, now=now)
    _draws(centre, chair, now=now)


def _book(centre: Any, chair: Actor, *, now: datetime) -> None:
    free = [
        one
        for day in free_days(centre.pk, centre.path, localdate(now), 7, now=now)
        for one in day.times
    ]
    for name, phone, way, number in VISITS:
        if number >= len(free):
            continue
        wish = Wish(free[number].window_id, free[number].starts_at)
        actor = NOBODY if way is Way.ONLINE else chair
        visits.book(wish, Contact(name, phone), way=way, actor=actor, now=now)


def _home(chair: Actor, *, now: datetime) -> None:
    """Let two people ask the office to come; for one of them a day is set."""
    for item, door in HOMES:
        way = Way.PHONE if item != HOMES[0][0] else Way.ONLINE
        wish = HomeWish(item, VILLAGE_1, door)
        made = home_visits.ask_home_visit(wish, way=way, actor=chair, now=now)
    first = next(
        one for one in halves_offered(made.path, now)
        if one.half is Half.MORNING and one.on > localdate(now)
    )  # fmt: skip
    home_visits.plan_home_visit(made.code, HomeDate(first.on, first.half), actor=chair, now=now)


def _queue(centre: Any, chair: Actor, *, now: datetime) -> None:
    """Let a morning begin: tickets drawn, two served, one called at a window, the others wait."""
    midnight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    minute = min(timedelta(minutes=40), now - midnight) / 40
    began = now - 40 * minute
    first, second, third = ServiceWindow.objects.filter(centre_id=centre.pk).order_by("number")[:3]
    for number, priority in enumerate(TICKETS):
        # every third person comes for what the third window does
        wish = DrawWish(priority=priority, group=(third if number % 3 == 2 else first).pk)
        then = began + 4 * number * minute
        tickets.draw_ticket(centre.pk, centre.path, wish, actor=NOBODY, now=then)
    rating_tablets.enrol_tablet(first, actor=chair, now=began)
    for window, minutes in ((first, 8), (second, 12), (first, 20), (first, 31)):
        tickets.call_next(window, actor=chair, now=began + minutes * minute)
    for ticket in Ticket.objects.filter(centre_id=centre.pk, state="done").order_by("pk")[:2]:
        if ticket.ended_at is not None and not VisitRating.objects.exists():
            visit_ratings.rate_visit(
                ticket.code, 2, why=["slow"], by=RatedBy.TABLET, actor=NOBODY, now=now
            )


def _draws(centre: Any, chair: Actor, *, now: datetime) -> None:
    """Announce a draw that takes entries, and one that was made."""
    before, days = now - timedelta(days=20), _open_days(localdate(now) + timedelta(days=10), 4)
    past = RoundFacts("暑期少儿兴趣班报名资料核对", days[0], days[0], now - timedelta(days=2))
    coming = RoundFacts(
        "积分入学资料现场核对", days[1], days[3], now + timedelta(days=6), kept_phone=2,
        kept_counter=2, public="截止次日的福彩3D开奖号码",
    )  # fmt: skip
    made = rounds.open_round(centre.pk, centre.path, past, actor=chair, now=before)
    for number in range(3):
        _enter(made, days[:1], f"1380000095{number}", now=before)
    made = drawing.close_round(made, actor=chair, now=now - timedelta(days=1))
    made = drawing.draw_round(made, "", actor=chair, now=now - timedelta(hours=20))
    drawing.finish_draw(
        made.pk, actor=system_actor("offerings.visits"), now=now - timedelta(hours=20)
    )
    made = rounds.open_round(
        centre.pk, centre.path, coming, actor=chair, now=now - timedelta(days=1)
    )
    for number in range(4):
        _enter(made, days[1 + number % 3 :], f"1380000096{number}", now=now - timedelta(hours=3))


def _open_days(first: date, count: int) -> list[date]:
    """Return so many days from one on, on which the windows are open."""
    calendar = rulebook.calendar()
    later = (first + timedelta(days=number) for number in range(60))
    return list(islice((on for on in later if calendar.is_work(on)), count))


def _enter(one: DrawRound, days: Sequence[date], phone: str, *, now: datetime) -> None:
    wishes = [on.isoformat() for on in days]
    rounds.enter(one, wishes, Contact("", phone), actor=NOBODY, now=now)
