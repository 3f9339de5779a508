"""What goes on in the demo town: groups that wish for their evenings, courses, a lecture that was judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from linli.activities.models import Venue
from linli.activities.queries import events as events_read
from linli.activities.queries import rounds as rounds_read
from linli.activities.rules.venues import at_minute
from linli.activities.services import attending, enrolling, events, groups, rounds, thoughts
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.activities.types.rounds import GroupFacts, RoundFacts, Weekly
from linli.demo.cast import VILLAGE_1
from linli.kernel.permits import NOBODY, Actor
from linli.places import queries as places

PHONE = "0769-5550 0123"
# grade and words of those who came; the first words are released, the others wait
THOUGHTS = ((5, "讲得清楚，老人也听得懂。"), (4, ""), (2, "音响太小，后排听不清。"))
# a child stands in the first family: somebody who cares for it agrees
FAMILIES = (
    ((("陈小妹", 2018), ("陈阿婆", 1955)), "陈阿婆"),
    ((("李先生", 1988),), ""),
    ((("罗老师", 1975), ("罗叔", 1970)), ""),
)
# days from today, minute, minutes long, weeks, what
PROGRAMME = (
    (
        -9,
        1140,
        90,
        1,
        EventFacts(
            "lecture",
            "防诈骗讲座",
            "民警讲身边的案例。",
            "文化礼堂",
            (),
            100,
            title_en="How to see through fraud",
            phone=PHONE,
        ),
    ),
    (
        6,
        570,
        90,
        8,
        EventFacts(
            "course",
            "亲子剪纸课",
            "共8次，自带剪刀，纸由村里提供。",
            "党群服务中心活动室",
            (),
            16,
            title_en="Paper cutting for families",
            least_age=6,
            for_neighbours=True,
            phone=PHONE,
        ),
    ),
    (
        9,
        1170,
        120,
        1,
        EventFacts(
            "show",
            "露天电影：《外来媳妇本地郎》选段",
            "自带小板凳，下雨改期。",
            "文化广场",
            (),
            300,
            title_en="Open-air film",
            phone=PHONE,
        ),
    ),
    (
        13,
        1170,
        90,
        1,
        EventFacts(
            "talk",
            "新老居民恳谈会：停车和电动车充电",
            "本地外地居民都请来，说的话记下来，一个月内答复。",
            "文化礼堂",
            (),
            60,
            title_en="Residents' talk: parking and charging",
            phone=PHONE,
        ),
    ),
)
GROUPS = (
    ("dance", "榕树广场舞队", 26, "黄姨", "每天傍晚在文化广场，欢迎来看。", True),
    ("theatre", "示范曲艺社", 14, "梁叔", "粤曲，周三晚上排练。", True),
    ("sport", "水边街羽毛球队", 12, "阿强", "", False),
)


def make(halls: list[Venue], chair: Actor, *, now: datetime) -> None:
    """Let groups wish for evenings of some halls, and events be enrolled for."""
    _season(halls, chair, now=now)
    _programme({hall.name: hall.pk for hall in halls}, chair, now=now)


def _season(halls: list[Venue], chair: Actor, *, now: datetime) -> None:
    """Groups wish for their evenings of next spring; the draw is in two weeks."""
    place, today = places.get_place(VILLAGE_1), localdate(now)
    agreed = today - timedelta(days=30)
    own = [
        groups.add_group(
            place, GroupFacts(kind, name, people, who, f"+86138000018{n:02d}", about, shown, agreed if shown else None),
            actor=chair, now=now - timedelta(days=30),
        )
        for n, (kind, name, people, who, about, shown) in enumerate(GROUPS)
    ]  # fmt: skip
    times = tuple(Weekly(hall.pk, day, 1140, 1260) for hall in halls for day in (0, 2, 4))
    facts = RoundFacts(
        "明年春季固定时段", today + timedelta(days=60), today + timedelta(days=150), today + timedelta(days=14),
        today + timedelta(days=28), 2, times,
    )  # fmt: skip
    it = rounds.open_round(place, facts, actor=chair, now=now - timedelta(days=2))
    offered = [one.pk for one in rounds_read.times_of(it)]
    for group, wishes in zip(own, ((0, 2, 4), (0, 1), (2, 0, 5)), strict=True):
        rounds.wish(
            it, group, [offered[n] for n in wishes], actor=NOBODY, now=now - timedelta(days=1)
        )


def _programme(rooms: dict[str, int], chair: Actor, *, now: datetime) -> None:
    """What goes on in the next weeks, and a lecture that is over and was judged; `rooms` are halls by name."""
    zone, today, place = (
        timezone.get_current_timezone(),
        localdate(now),
        places.get_place(VILLAGE_1),
    )
    for days, minute, minutes, weeks, facts in PROGRAMME:
        first = at_minute(today + timedelta(days=days), minute, zone)
        starts = [first + timedelta(days=7 * week) for week in range(weeks)]
        spans = tuple((at, at + timedelta(minutes=minutes)) for at in starts)
        said = replace(facts, sessions=spans, venue_id=rooms.get(facts.where))
        event = events.add_event(place, said, actor=chair, now=now - timedelta(days=30))
        event = events.publish_event(event, actor=chair, now=now - timedelta(days=30))
        for n, (names, guardian) in enumerate(FAMILIES[: 2 if days > 0 else 3]):
            family = EnrolFacts(
                tuple(Taker(name, year) for name, year in names),
                f"+86138000019{n:02d}",
                guardian,
                True,
            )
            entered = enrolling.enrol(event, family, actor=NOBODY, now=now - timedelta(days=20))
            if days < 0:
                (session,) = events_read.sessions_of(event)
                attending.check_in(session, entered, len(names), actor=chair, now=session.starts_at)
                thought = enrolling.say_what_you_thought(
                    entered, *THOUGHTS[n], actor=NOBODY, now=session.ends_at
                )
                if n == 0:
                    thoughts.decide_words(
                        event, thought.pk, thought.words, actor=chair, now=session.ends_at
                    )
