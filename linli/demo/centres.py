"""Service centres of the demo town: three of them, what one is made of, two checks of the six norms, costs."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from linli.demo.cast import COMMUNITY, VILLAGE_1, VILLAGE_2
from linli.kernel.permits import Actor
from linli.offerings.models import CentreCheck
from linli.offerings.queries.norms import norms
from linli.offerings.services import centre_checks, centres
from linli.offerings.types.centres import CostFacts, DeviceFacts, Met, Said
from linli.orgs.queries.centres import INTEGRATED_CENTRE, PUBLIC_CENTRE, centre_rows
from linli.orgs.services import centres as register
from linli.orgs.services.register import add_organisation
from linli.orgs.types import Details
from linli.places import queries as places

OTHERS: tuple[tuple[str, str, Details, date | None], ...] = (
    (
        VILLAGE_2, INTEGRATED_CENTRE,
        Details(name="示范二村综合服务中心", name_en="Integrated service centre of Shifan Village 2",
                phone="0769-5550 0131", address="祠堂路2号", hours="周一至周五 08:30–12:00，14:00–17:30"),
        date(2026, 5, 1),
    ),
    (
        COMMUNITY, PUBLIC_CENTRE,
        Details(name="示范社区公共服务中心", name_en="Public service centre of Shifan Community",
                phone="0769-5550 0132", address="示范花园1栋首层", hours="正在装修"),
        None,
    ),
)  # fmt: skip
MERGED = ("party_service", "comprehensive", "legal", "rental", "work")
DEVICES = (
    DeviceFacts("叫号机", 1), DeviceFacts("自助终端", 2, 1, "打印头坏了，已报修。"),
    DeviceFacts("高拍仪", 3), DeviceFacts("轮椅", 1), DeviceFacts("老花镜", 4),
)  # fmt: skip
# year before this one, kind, yuan, whose money, document
COSTS = (
    (1, "staff", 268_000, "village", "2025年工资汇总表（演示）"), (1, "power", 21_460, "village", "电费、水费发票汇总（演示）"),
    (1, "equipment", 36_500, "award", "以奖代补拨款通知（演示）"), (0, "staff", 241_500, "village", "1—11月工资表（演示）"),
    (0, "power", 19_870, "village", "1—11月发票汇总（演示）"), (0, "premises", 186_000, "town", "装修合同SF-2026-07（演示）"),
    (0, "training", 3_200, "town", "培训通知及发票（演示）"),
)  # fmt: skip
# what the centre's own check, and the visit after it, found open
AT_FIRST = {
    "access": "卫生间门口有台阶，轮椅进不去。", "hours": "只有工作日白天开门，上班的人来不了。",
    "records": "送达没有登记。", "shown": "去年的收支还没有公开。", "merged": "还有两个功能室没有并进来。",
}  # fmt: skip
LATER = {"merged": "党员活动室、议事室还在另一栋楼。", "hours": "周六上午已开门，但门口没写。"}
BODY = "示范社会工作评估中心（演示）"
REPORT = (
    "中心整体运行正常，卫生间已改好，送达有了登记。周六开放要写到门口，两个功能室建议年底前并入。"
)


@transaction.atomic
def make(chair: Actor, town: Actor, *, maker: Actor, now: datetime) -> None:
    """Enter the other centres, and let the first be described, checked and visited, once."""
    if CentreCheck.objects.exists():
        return
    for line in OTHERS:
        _centre(*line, maker=maker, now=now)
    path, today = places.get_place(VILLAGE_1).path, localdate(now)
    centre = centre_rows(path, on=today, kind=PUBLIC_CENTRE)[0].organisation
    for key in MERGED:
        centres.merge_platform(centre, key, date(2026, 3, 1), "示委〔2026〕6号（演示）", actor=chair, now=now)  # fmt: skip
    for device in DEVICES:
        centres.keep_device(centre, device, actor=chair, now=now)
    for ago, kind, yuan, source, document in COSTS:
        facts = CostFacts(today.year - ago, kind, yuan * 100, source, document)
        centres.note_cost(centre, facts, actor=chair, now=now)
    own = centre_checks.begin_check(centre, "self", today - timedelta(days=150), actor=chair, now=now)  # fmt: skip
    _answered(own, AT_FIRST, "", chair, now=now)
    visit = centre_checks.begin_check(centre, "third", today - timedelta(days=12), BODY, actor=town, now=now)  # fmt: skip
    _answered(visit, LATER, REPORT, town, now=now)


def _answered(
    check: CentreCheck, left: dict[str, str], report: str, actor: Actor, *, now: datetime
) -> None:
    due = localdate(now) + timedelta(days=30)
    for norm in norms():
        said = {
            point.key: Said(Met.NO, left[point.key], due) if point.key in left else Said(Met.YES)
            for point in norm.points
        }
        centre_checks.answer_norm(check, norm.key, said, actor=actor, now=now)
    centre_checks.file_check(check, report, actor=actor, now=now)


def _centre(
    code: str, kind: str, details: Details, since: date | None, *, maker: Actor, now: datetime
) -> None:
    body = add_organisation(
        places.get_place(code), kind, details, since=since or date(2026, 9, 1), actor=maker, now=now
    )
    facts = register.CentreFacts(opened_on=since)
    register.describe_centre(body, facts, edition=0, actor=maker, now=now)
