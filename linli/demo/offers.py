"""Services of the demo town: the items that the package brings along, offered in the town and its villages."""

from __future__ import annotations

from datetime import datetime, timedelta

from linli.demo.cast import TOWN
from linli.kernel.permits import Actor
from linli.kernel.sheets import as_xlsx
from linli.offerings.models import Item
from linli.offerings.queries.item_files import shipped_items
from linli.offerings.services.handed_items import receive_list
from linli.offerings.services.item_lists import publish_shipped
from linli.offerings.services.items import open_draft
from linli.places import queries as places

# one is being written anew, as at every desk
IN_WORK = "points-enrolment"
SINCE = timedelta(days=30)
# a list that was handed in and waits to be taken: one row is right, one promises more than the law allows
LIST = "镇公共服务事项清单.xlsx"
HANDED_IN = (
    ("标识", "事项类型", "事项名称", "说明", "决定单位", "承诺期限", "法定期限", "法定期限出处", "法律依据", "办理结果"),
    ("library-card", "公共服务事项", "图书借阅证办理", "在本镇居住的人可以免费办证借书。", "综合文化服务中心", "1个工作日", "", "",
     "《公共图书馆法》||第三十三条", "图书借阅证"),
    ("street-stall", "行政权力事项", "临时占道摆卖审批", "办节庆集市需要临时占用街道的，先申请。", "综合行政执法办公室", "30个工作日",
     "20个工作日", "《行政许可法》第四十二条", "《广东省城乡规划条例》", "审批决定"),
)  # fmt: skip


def make(*, actor: Actor, now: datetime) -> None:
    """Offer the shipped items once."""
    if Item.objects.exists():
        return
    # residents have applied for them since
    publish_shipped(places.get_place(TOWN), shipped_items(), actor=actor, now=now - SINCE)
    open_draft(Item.objects.get(key=IN_WORK), actor=actor, now=now)
    receive_list(places.get_place(TOWN), as_xlsx(HANDED_IN), LIST, actor=actor, now=now)
