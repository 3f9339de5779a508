"""Culture in the demo village: wishes, programmes on offer, answers, two local talents, a talk whose wishes became cases."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from linli.activities.models import CultureWish, Group, Venue
from linli.activities.rules.culture import season_of
from linli.activities.rules.venues import at_minute
from linli.activities.services import care, culture, events, talents
from linli.activities.types.culture import AnswerFacts, CareFacts, OfferFacts, TalentFacts
from linli.activities.types.events import EventFacts
from linli.demo.cast import VILLAGE_1
from linli.demo.pictures import (
    bank_cleared,
    bank_overgrown,
    lane_swept,
    lane_with_rubbish,
    wall_painted,
    wall_pasted,
)
from linli.kernel.permits import NOBODY, Actor
from linli.places import queries as places

WISHES = (
    ("film", "想在广场看露天电影，孩子们没看过。"), ("film", "天气凉了，能不能放几场粤语老电影？"),
    ("language", "我们外地来的想学几句粤语，去市场买菜用。"), ("opera", "祠堂能不能请粤剧团来唱一天？"),
    ("children", "寒假有没有人带孩子写作业、画画？"), ("dance", "晚上跳舞音响太大，想要一个远一点的地方。"),
    ("language", "周日能不能给新来的街坊开个粤语班？"),
)  # fmt: skip
RELEASED = (0, 2, 4)
OFFERS = (
    OfferFacts("镇文化服务中心", "film", "流动电影放映", "每场两小时，片单可选。", "每月一场", 0, "空地、电源", "Travelling cinema"),
    OfferFacts("示范社工站", "language", "邻里粤语角", "志愿者带着说，不用书。", "每周日一次", 0, "活动室、20把椅子", "Cantonese corner"),
    OfferFacts("示范粤剧社", "opera", "折子戏半日", "四折，含化装展示。", "一季一次", 300_000, "舞台、化装间", "Half a day of Cantonese opera"),
)  # fmt: skip
ANSWER = "您说想看露天电影：镇文化服务中心从下月起每月第二个周六在文化礼堂前放一场，片单投票选。"
TALENTS = (
    ("剪纸欢姨", "craft", "会剪生肖，愿意教孩子。", "区婵欢", "+8613800138061"),
    ("木师傅", "festival", "会扎灯笼和舞狮头。", "何木根", "+8613800138062"),
)  # fmt: skip
TALKED = ("出租屋多的巷子晚上没有灯，接孩子不放心。", "希望非户籍的孩子也能报名暑期班。")


# name of the group, days ago, what, where, more, pictures before and after; the last waits for release
WAITS_SINCE = 1
CARED = (
    ("榕树广场舞队", 40, "清理河边小路", "水边街至榕树头", "二十位街坊，两个上午，装了32袋垃圾；村里补种了树。", bank_overgrown, bank_cleared),
    ("示范曲艺社", 12, "铲净广场围墙的小广告", "文化广场东侧", "孩子们画上荔枝。", wall_pasted, wall_painted),
    ("榕树广场舞队", WAITS_SINCE, "把三巷后面打扫干净", "榕树巷三巷", "", lane_with_rubbish, lane_swept),
)  # fmt: skip


def make(chair: Actor, *, now: datetime) -> None:
    """Let it all be said, offered and answered, once."""
    if CultureWish.objects.exists():
        return
    place, today = places.get_place(VILLAGE_1), localdate(now)
    made = [
        culture.wish_for(place, subject, text, actor=NOBODY, now=now) for subject, text in WISHES
    ]
    for number in RELEASED:
        culture.release_wish(made[number], WISHES[number][1], actor=chair, now=now)
    offers = [culture.keep_offer(place, one, actor=chair, now=now) for one in OFFERS]
    facts = AnswerFacts(season_of(today), "film", ANSWER, offers[0].pk)
    culture.answer_wishes(place, facts, actor=chair, now=now)
    for shown, subject, about, contact, phone in TALENTS:
        talent = TalentFacts(shown, subject, about, today, contact, phone)
        talents.add_talent(place, talent, actor=chair, now=now)
    _talk(chair, now=now)
    _care(chair, now=now)


def _care(chair: Actor, *, now: datetime) -> None:
    """Groups of neighbours cleared a path and a wall and show it; a third work waits for release."""
    today = localdate(now)
    for name, days, title, where, about, before, after in CARED:
        group = Group.objects.get(path=places.get_place(VILLAGE_1).path, name=name)
        facts = CareFacts(
            title, where, today - timedelta(days=days), about, (before(),), (after(),)
        )
        work = care.show_care(group, facts, actor=NOBODY, now=now)
        if days != WAITS_SINCE:
            care.decide_care(work, is_shown=True, actor=chair, now=now)


def _talk(chair: Actor, *, now: datetime) -> None:
    """A talk of residents with and without local hukou took place ten days ago."""
    place = places.get_place(VILLAGE_1)
    start = at_minute(localdate(now) - timedelta(days=10), 1170, timezone.get_current_timezone())
    facts = EventFacts(
        "talk", "新老村民恳谈会", "户籍、非户籍居民都可以来，说说想改的事。", "榕树巷2号文化礼堂",
        ((start, start + timedelta(hours=2)),), 60, "Talk of old and new residents",
        venue_id=Venue.objects.get(path=place.path, name="文化礼堂").pk,
    )  # fmt: skip
    before = start - timedelta(days=10)
    event = events.add_event(place, facts, actor=chair, now=before)
    event = events.publish_event(event, actor=chair, now=before)
    for text in TALKED:
        care.note_wish(event, text, actor=chair, now=now)
