"""Bench `guide`: 100 questions with wrong and everyday words among 2,000 items, and key reads beside."""

from __future__ import annotations

import csv
import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from linli.bench.measure import Part, Result, machine, p95
from linli.cli.embedded import roles
from linli.config import secrets
from linli.config.env import read_env
from linli.demo import city
from linli.kernel import sql
from linli.kernel.permits import system_actor
from linli.offerings.models import Item
from linli.offerings.queries.item_files import DATA, shipped_items
from linli.offerings.queries.item_search import search_items
from linli.offerings.services.item_lists import publish_shipped
from linli.offerings.services.item_terms import index_items
from linli.places import queries as places

ITEMS, ROUNDS, SEED, FIRST = 2_000, 10, 4419, 3
RIGHT, MOST = 0.9, 10
KEY_READ = """
    SELECT v.item_id, i.key, i.state, v.kind, v.name, v.name_en, v.says, v.says_en, v.office,
           v.office_en, v.phrases
    FROM offerings_itemversion v JOIN offerings_item i ON i.id = v.item_id
    WHERE v.item_id = ANY(%s)
"""
# the rest of the catalogue: matters of other offices, put together of words that are asked for too
WHAT = [
    "企业",
    "校车",
    "公园",
    "道路",
    "餐饮",
    "食品",
    "药店",
    "旅馆",
    "船舶",
    "林木",
    "水井",
    "广告",
    "展览",
    "停车",
    "仓库",
    "车间",
    "幼苗",
    "渔业",
    "农机",
    "种子",
    "饲料",
    "宠物",
    "医院",
    "诊所",
    "学校",
    "培训",
    "驾校",
    "网吧",
    "影院",
    "泳池",
]
ACT = [
    "登记",
    "备案",
    "许可",
    "变更",
    "注销",
    "延期",
    "补办",
    "年审",
    "申报",
    "核验",
    "验收",
    "检测",
    "评定",
    "补贴",
    "奖励",
    "减免",
    "查询",
    "预约",
    "公示",
    "投诉",
]
OF = [
    "经营",
    "建设",
    "使用",
    "安全",
    "卫生",
    "环保",
    "消防",
    "运输",
    "生产",
    "销售",
    "场所",
    "人员",
    "设备",
    "资质",
]


def run(say: Callable[[str], None]) -> Result:
    """Ask every question ten times over, and read the rows that were found by their keys."""
    city.make_city(say)
    _fill(say)
    today, asked = localdate(), _questions()
    say(f"{len(asked)} questions, {ROUNDS} times …")
    found: list[float] = []
    read: list[float] = []
    right = 0
    for number in range(ROUNDS + 1):
        for text, key in asked:
            began = time.perf_counter()
            hits = search_items(text, today)
            took, ids = time.perf_counter() - began, [hit.item_id for hit in hits] or [0]
            began = time.perf_counter()
            sql.tuples("bench.guide_keys", KEY_READ, [ids])
            key_took = time.perf_counter() - began
            # the first round warms both alike
            if number:
                found.append(took)
                read.append(key_took)
            else:
                right += key in [hit.key for hit in hits[:FIRST]]
    cost, share = p95(found) / p95(read), right / len(asked)
    parts = (
        Part("p95 against key reads", p95(found), p95(read), round(cost, 3), MOST, cost <= MOST),
        Part("right in the first three", right, len(asked), round(share, 3), RIGHT, share >= RIGHT, "questions"),
    )  # fmt: skip
    work = f"{len(asked)} questions as residents type them, {Item.objects.count():,} items"
    return Result("guide", work, parts, machine())


def _questions() -> list[tuple[str, str]]:
    with (DATA / "guide_questions.csv").open(encoding="utf-8", newline="") as file:
        return [(row["question"], row["key"]) for row in csv.DictReader(file)]


def _fill(say: Callable[[str], None]) -> None:
    """The shipped items and as many others as make 2,000."""
    actor, now = system_actor("bench guide"), timezone.now()
    town = places.places_of_level("town").order_by("code")[0]
    say(f"{ITEMS:,} items …")
    shipped = shipped_items()
    draw = random.Random(SEED)
    names = [f"{what}{of}{act}" for what in WHAT for of in OF for act in ACT]
    rows = [*shipped, *(_other(n, name) for n, name in enumerate(draw.sample(names, ITEMS - len(shipped))))]  # fmt: skip
    publish_shipped(town, rows, actor=actor, now=now)
    index_items(actor=actor, now=now)
    # a city writes its index anew when an item changes, not all of it right before somebody searches
    tables = ("offerings_item", "offerings_itemversion", "offerings_itemterm")
    roles.analyze(secrets.database(read_env(), "owner"), *tables, vacuum=True)


def _other(number: int, name: str) -> Mapping[str, Any]:
    return {
        "key": f"other-{number}", "kind": "public_service", "name": {"zh": name, "en": f"Matter {number}"},
        "says": {"zh": f"办理{name}。", "en": "Another matter."}, "office": {"zh": "有关部门"},
        "result": {"zh": "办理结果"}, "synonyms": [name[:4], name[-4:], f"办{name}"],
    }  # fmt: skip
