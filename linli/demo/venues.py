"""What can be booked in the demo town: halls, a school's field, a court, a sound system; and who has what."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from linli.activities.models import Venue
from linli.activities.rules.venues import at_minute
from linli.activities.services import bookings, changing, fees, handing, openings, venues
from linli.activities.types.venues import BookingFacts, DaysFacts, VenueFacts
from linli.demo import programme
from linli.demo.cast import COMMUNITY, VILLAGE_1, VILLAGE_2
from linli.demo.cells import chair_of
from linli.kernel.permits import NOBODY, Actor
from linli.places import queries as places

PHONE = "0769-5550 0123"
CARE = "不吸烟，不进食。\n使用后把桌椅放回原处。\n音响 22:00 前关闭。"
CHECKS = "灯和空调已关\n窗户已关好\n桌椅已归位\n地面已清扫\n钥匙已交回"
DAYS, EVENINGS = [(480, 720), (840, 1320)], [(1080, 1260)]
ALL_WEEK = dict.fromkeys(range(7), DAYS)
# a school opens to neighbours after lessons, and all day when there are none
AFTER_SCHOOL = {**dict.fromkeys(range(5), EVENINGS), 5: [(480, 1080)], 6: [(480, 1080)]}
VENUES = (
    (VILLAGE_1, ALL_WEEK, VenueFacts(
        "hall", "village", "文化礼堂", "Culture hall", "榕树巷2号一楼", "300平方米，有舞台、音响和轮椅坡道。", 120,
        step_minutes=60, most_minutes=180, deposit_fen=20_000, needs_approval=True,
        terms=CARE, checks=CHECKS, phone=PHONE)),
    (VILLAGE_1, ALL_WEEK, VenueFacts(
        "room", "village", "党群服务中心活动室", "Activity room of the service centre", "示范大道1号二楼",
        "40平方米，有投影和20把椅子，有电梯。", 20, most_minutes=120, terms=CARE, checks=CHECKS, phone=PHONE)),
    (VILLAGE_1, AFTER_SCHOOL, VenueFacts(
        "sport", "school", "示范一村小学操场", "Field of the primary school", "示范大道6号",
        "200米跑道和小足球场，晚上有灯。", 60, audience="neighbours", follows_calendar=True,
        most_minutes=120, terms="请从东门进出。\n上课时间不开放。", checks="球门已归位\n灯已关", phone=PHONE)),
    (VILLAGE_1, ALL_WEEK, VenueFacts(
        "court", "village", "水边街羽毛球场", "Badminton court, Waterside", "水边街30号", "一片室内场地。", 6,
        most_minutes=120, open_most=1, hour_fen=2_000, terms="自带球拍，穿软底鞋。", phone=PHONE)),
    (VILLAGE_1, ALL_WEEK, VenueFacts(
        "equipment", "village", "移动音响一号", "Sound system no. 1", "文化礼堂仓库", "带两支话筒。", 1,
        step_minutes=120, most_minutes=240, deposit_fen=30_000, checks="两支话筒都在\n电源线在\n能正常出声", phone=PHONE)),
    (VILLAGE_2, ALL_WEEK, VenueFacts(
        "hall", "village", "祠堂前厅", "Front hall of the ancestral temple", "祠堂路1号", "120平方米。", 60,
        most_minutes=240, step_minutes=120, needs_approval=True, terms=CARE, checks=CHECKS)),
    (COMMUNITY, ALL_WEEK, VenueFacts(
        "library", "village", "花园书房", "Garden reading room", "示范花园会所二楼", "有儿童阅览区。", 30,
        most_minutes=120, terms="请保持安静。")),
)  # fmt: skip
# venue, days from today, minute, hours, who, for what, how many
TAKEN = (
    (0, 1, 1140, 2, "黄姨", "dance", 24), (0, 3, 1140, 2, "黄姨", "dance", 24), (0, 5, 600, 2, "陈阿强", "family", 60),
    (1, 0, 1140, 1, "罗老师", "course", 15), (1, 1, 540, 2, "梁叔", "meeting", 12), (1, 2, 1080, 1, "周姐", "dance", 10),
    (3, 0, 1200, 1, "阿强", "sport", 4), (3, 1, 1140, 2, "秀珍", "sport", 4), (3, 2, 1200, 1, "李先生", "sport", 2),
    (4, 1, 1080, 2, "黄姨", "dance", 1),
)  # fmt: skip
# after the talk of the programme
SHUT = ((0, 15, 2, "舞台灯检修"), (2, 9, 0, "学校期末考试"))


@transaction.atomic
def make(chair: Actor, *, now: datetime) -> None:
    """Enter venues with hours, book times, use one and find something broken; once."""
    if Venue.objects.exists():
        return
    made = []
    for code, week, facts in VENUES:
        keeper = chair_of(code, now=now)
        venue = venues.add_venue(
            places.get_place(code), facts, actor=keeper, now=now - timedelta(days=60)
        )
        made.append(venues.set_week(venue, week, actor=keeper, now=now - timedelta(days=60)))
    _used(made[1], chair, now=now)
    programme.make(made[:2], chair, now=now)
    _taken(made, chair, now=now)
    for number, days, more, reason in SHUT:
        first = localdate(now) + timedelta(days=days)
        shut = DaysFacts(first, first + timedelta(days=more), reason)
        openings.set_days(made[number], shut, actor=chair, now=now)


def _taken(made: list[Venue], chair: Actor, *, now: datetime) -> None:
    zone, asked = timezone.get_current_timezone(), now - timedelta(days=3)
    for turn, (number, days, minute, hours, name, purpose, people) in enumerate(TAKEN):
        start = at_minute(localdate(now) + timedelta(days=days), minute, zone)
        facts = BookingFacts(
            start,
            start + timedelta(hours=hours),
            name,
            f"+86138000017{turn:02d}",
            purpose,
            people,
            True,
        )
        booking = bookings.book(made[number], facts, actor=NOBODY, now=asked)
        if booking.state == "asked" and days < 5:
            changing.decide_booking(booking, "agree", actor=chair, now=asked + timedelta(hours=2))
        if booking.fee_fen and days < 2:
            fees.take_payment(booking, booking.fee_fen, "cash", actor=chair, now=asked)


def _used(venue: Venue, chair: Actor, *, now: datetime) -> None:
    """Two evenings are over: one found a chair broken, to the other nobody came."""
    zone = timezone.get_current_timezone()
    for days, phone in ((6, "+8613800001751"), (4, "+8613800001752")):
        start = at_minute(localdate(now) - timedelta(days=days), 1140, zone)
        before, end = start - timedelta(days=2), start + timedelta(hours=2)
        facts = BookingFacts(start, end, "罗老师", phone, "course", 16)
        booking = bookings.book(venue, facts, actor=NOBODY, now=before)
        if days == 4:
            handing.mark_missed(booking, actor=chair, now=end)
            continue
        handing.hand_out(booking, actor=chair, now=start)
        handing.take_back(
            booking, [2], damage="活动室有一把椅子的靠背断了。", actor=chair, now=end
        )  # fmt: skip
