"""Orders that the hotline sent to the demo town: one done and returned, one that waits, one not ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from linli.cases.services.perform import perform
from linli.cases.types.moves import Given, Wish
from linli.demo.cast import VILLAGE_1, VILLAGE_2
from linli.exchange.models import HotlineOrder, OrderList
from linli.exchange.services import hand_backs, order_lists, order_runs, results
from linli.kernel.permits import Actor
from linli.places.models import Place

HEADS = "工单编号,诉求类型,诉求内容,所属村（社区）,事发地址,来电人,来电号码,派单时间,办理期限"
DONE, WAITS, NOT_OURS = "DGYS000001", "DGYS000002", "DGYS000003"
ROWS = (
    (DONE, "投诉", "市民反映村口斜坡的井盖松动，车辆经过响声很大，影响休息，希望尽快加固。", VILLAGE_1,
     "示范大道3号门前", "", "13800000981"),
    (WAITS, "求助", "来电人称家门口的排水沟堵塞，下雨会倒灌，请派人清理。", "", "{place}和顺巷口", "何先生", "13800000982"),
    (NOT_OURS, "投诉", "自来水连续两天发黄，已致电供水单位未解决。", VILLAGE_2, "", "邓女士", "13800000983"),
)  # fmt: skip


class _File:
    """A list as it is uploaded."""

    name: str | None = "12345工单.csv"

    def __init__(self, content: bytes) -> None:
        self.content = content

    def chunks(self) -> Iterator[bytes]:
        yield self.content


def make(office: Actor, town: Actor, path: str, *, now: datetime) -> None:
    """Let the town bring a list in once, and deal with it. A second run changes nothing."""
    if OrderList.objects.exists():
        return
    then = now - timedelta(days=1)
    found = order_lists.receive_list(
        _File(_content(then)), "市12345热线", place=path, actor=town, now=then
    )
    found = order_lists.map_columns(found, found.mapping, actor=town, now=then)
    found = order_runs.check_list(found, actor=town, now=then)
    order_runs.take_list(found, actor=town, now=then)
    _settle(office, then + timedelta(hours=3))
    order = HotlineOrder.objects.get(number=NOT_OURS)
    hand_backs.ask_hand_back(
        order, reason="供水水质由市水务集团负责，不在村和镇的职责清单内。", body="市水务集团",
        actor=town, now=then + timedelta(hours=2),
    )  # fmt: skip
    results.write_results(
        place=path, with_open=False, language="zh-hans", actor=town, now=now - timedelta(hours=2)
    )


def _content(then: datetime) -> bytes:
    sent, due = localdate(then).isoformat(), localdate(then + timedelta(days=4)).isoformat()
    name = Place.objects.get(code=VILLAGE_2).name
    lines = [
        ",".join((*row, f"{sent} 09:00", f"{due} 17:30")).replace("{place}", name) for row in ROWS
    ]
    return "\n".join((HEADS, *lines)).encode()


@transaction.atomic
def _settle(office: Actor, at: datetime) -> None:
    case_id = HotlineOrder.objects.get(number=DONE).case_id
    assert case_id is not None, "its list names the village"
    perform(Wish(case_id, "accept"), actor=office, now=at)
    told = Given(public={"text": "已加装胶垫并固定井盖，晚上回访无异响。"}, facts={"evidence": 1})
    perform(Wish(case_id, "finish", told), actor=office, now=at + timedelta(hours=1))
