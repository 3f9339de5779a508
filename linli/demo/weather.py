"""Weather in the demo town: a typhoon that is over, with who was moved where, and a warning that holds."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from linli.demo.cast import COMMUNITY, TOWN, VILLAGE_1, VILLAGE_2
from linli.demo.cells import chair_of
from linli.grid.models import Shelter, Storm
from linli.grid.services import homes, storms, warnings
from linli.grid.types.storms import TYPED, HomeFacts, ShelterFacts
from linli.grid.types.warnings import WarningFacts
from linli.kernel.permits import Actor
from linli.orgs.models import Post
from linli.places import queries as places

BEGAN, ENDED = timedelta(days=13), timedelta(days=11)
STATION, PHONE = "市气象台（演示）", "0769-5550 0100"
YELLOW = WarningFacts(
    "typhoon", "yellow", STATION, "明天白天有大风，阵雨。", ("检查门窗。", "收起阳台上的花盆。"), PHONE
)  # fmt: skip
ORANGE = WarningFacts(
    "typhoon", "orange", STATION, "今天夜里风力最强，有大暴雨。",
    ("关好门窗，不要外出。", "低洼处和危房的住户到安置点去。", "不要到河边去。"), PHONE,
)  # fmt: skip
GALE = WarningFacts(
    "gale", "yellow", STATION, "今天傍晚有雷雨大风。", ("不要在大树和棚架下停留。", "电动车停到室内车棚。"), PHONE
)  # fmt: skip
SHELTERS = (
    (VILLAGE_1, ShelterFacts("示范一村小学礼堂", "示范大道6号", 200, "毛毯80条、饮用水40箱、应急灯6盏")),
    (VILLAGE_1, ShelterFacts("示范一村文化中心", "榕树巷2号", 60, "折叠床30张")),
    (VILLAGE_2, ShelterFacts("示范二村祠堂", "祠堂路1号", 90, "毛毯40条、方便食品20箱")),
    (COMMUNITY, ShelterFacts("示范社区活动室", "示范花园会所", 50, "")),
)  # fmt: skip
# who to ask for, where, how many, what is needed, kind of the helping post, in which shelter, what became of it
HOMES = (
    ("陈阿婆", "榕树巷8号", 2, "carry", "grid_worker", 0, ("move", "return")),
    ("黄伯", "榕树巷15号", 1, "power", "committee_member", 0, ("move", "return")),
    ("水边街出租屋李先生", "水边街12号一楼", 5, "none", "grid_worker", 1, ("move", "return")),
    ("梁叔", "水边街31号", 3, "car", "committee_member", None, ("stay",)),
)  # fmt: skip
# houses, roads, people on duty, boats and pumps
NUMBERS = {VILLAGE_1: (3, 1, 26, 2), VILLAGE_2: (1, 0, 15, 1), COMMUNITY: (0, 0, 12, 0)}


@transaction.atomic
def make(chair: Actor, town: Actor, *, now: datetime) -> None:
    """Let the town declare and lift, the villages move people and give their numbers, once."""
    if Storm.objects.exists():
        return
    then, place = now - BEGAN, places.get_place(TOWN)
    warnings.pass_on(place, YELLOW, actor=town, now=then - timedelta(hours=9))
    graver = warnings.pass_on(place, ORANGE, actor=town, now=then)
    storm = storms.begin_storm(place, "typhoon", "第18号台风（演示）", actor=town, now=then)
    rooms = [
        storms.add_shelter(
            places.get_place(code), facts, actor=chair_of(code, now=now),
            now=then - timedelta(days=40),
        )
        for code, facts in SHELTERS
    ]  # fmt: skip
    _homes(storm, rooms, chair, now=then)
    for code, numbers in NUMBERS.items():
        storms.type_sheet(
            storm, places.get_place(code), dict(zip(TYPED, numbers, strict=True)),
            actor=chair_of(code, now=now), now=then + timedelta(days=1),
        )  # fmt: skip
    warnings.lift_warning(graver, actor=town, now=now - ENDED)
    storms.end_storm(storm, actor=town, now=now - ENDED)
    warnings.pass_on(place, GALE, actor=town, now=now - timedelta(hours=2))


def _homes(storm: Storm, rooms: list[Shelter], chair: Actor, *, now: datetime) -> None:
    place = places.get_place(VILLAGE_1)
    for name, address, people, need, kind, room, moves in HOMES:
        helper = Post.objects.filter(
            organisation__place=place, kind_id=kind, closed_on__isnull=True
        ).order_by("pk")[0]
        shelter = None if room is None else rooms[room].pk
        facts = HomeFacts(name, "", address, people, need, helper.pk, shelter)
        home = homes.name_home(storm, place, facts, actor=chair, now=now)
        for number, move in enumerate(moves, 1):
            at = now + number * timedelta(hours=8)
            homes.mark_home(home, move, actor=chair, now=at)
