"""What the demo town and its villages have posted: displayed, corrected, handed in, begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.timezone import localdate

from linli.demo.cast import TOWN, VILLAGE_1, VILLAGE_2
from linli.kernel.permits import Actor
from linli.notices import queries, services
from linli.notices.models import Posting
from linli.notices.types import CATEGORIES, Category, Correction, Draft, Reach, Text
from linli.places.models import Place

CONTACT = "村委会办公室，0769-5550 0123"
OBJECTION = "可以在公示期内向村务监督委员会提出，电话 0769-5550 0124，或到示范大道1号一楼。"
COURTYARDS = """经各小组推荐、村民代表会议表决，拟评定15户为2026年度“美丽庭院”，名单张贴在村务公开栏，可到村委会查阅。
评定标准：
- 门前屋后整洁，垃圾分类投放
- 不占道、不乱搭乱建
- 邻里和睦，愿意带动周边住户
对拟评定结果有意见的，请在公示期内提出。"""
POWER = """因和顺路电缆检修，以下时段停电，请提前做好准备。
- 12月3日 09:00 至 12:00：和顺路1号至60号
- 12月3日 14:00 至 17:00：榕树巷全部
家中有医疗设备需要用电的，请提前联系村委会，我们协助安排。"""
GAS = """天气转冷，用气增多，请大家留意：
- 燃气热水器不要装在浴室里，使用时打开窗户
- 软管每18个月更换一次，发现老化、松动立即停用
- 闻到燃气味先关阀、开窗，到室外再打电话，不要开关电器
需要上门检查的，可以向村（社区）网格员提出，不收费。"""
MEETING = """定于12月10日（周四）19:30在村文化室召开村民代表会议，议题：
- 2027年环境卫生保洁服务采购方案
- 村规民约修订稿
请各位村民代表准时出席；村民可以列席旁听。"""
ACCOUNTS = """2026年第三季度行政账：期初结余 412,306.58 元，收入 598,234.37 元，支出 627,038.25 元，期末结余 383,502.70 元。
逐笔明细见附件，可以到村委会查看凭证。"""


def make(clerk: Actor, chair: Actor, town: Actor, *, now: datetime) -> None:
    """Let the village's clerk write, its head publish, and the town post for two villages: once."""
    if Posting.objects.exists():
        return
    courtyards = _draft(Category.PUBLICITY, "2026年度“美丽庭院”拟评定结果公示", COURTYARDS)
    _publish(_create(VILLAGE_1, courtyards, clerk, now), chair, now)
    power = _create(
        VILLAGE_1, _draft(Category.SERVICE, "和顺路电缆检修停电通知", POWER), clerk, now
    )
    _correct(_publish(power, chair, now), clerk, chair, now)
    gas = _draft(Category.SAFETY, "冬季家庭用气安全提醒", GAS, Reach.LISTED, (VILLAGE_1, VILLAGE_2))
    gas = replace(gas, contact="示范镇应急管理办公室，0769-5550 0100")
    _publish(_create(TOWN, gas, town, now), town, now)
    accounts = _draft(Category.FINANCE, "2026年第三季度财务收支公开", ACCOUNTS)
    handed_in = _create(VILLAGE_1, accounts, clerk, now)
    services.submit_version(handed_in, edition=1, actor=clerk, now=now)
    _create(VILLAGE_1, _draft(Category.MEETING, "关于召开村民代表会议的通知", MEETING), clerk, now)


def _draft(
    category: Category,
    title: str,
    body: str,
    reach: Reach = Reach.BELOW,
    listed: tuple[str, ...] = (),
) -> Draft:
    facts = CATEGORIES[category]
    return Draft(
        category=category, title=title, body=body, contact=CONTACT, days=facts.days,
        unit=facts.unit, objection=OBJECTION if facts.minimum else "", reach=reach, listed=listed,
    )  # fmt: skip


def _create(code: str, draft: Draft, actor: Actor, now: datetime) -> Posting:
    place = Place.objects.get(code=code)
    signs = queries.choices_at(place.path, localdate(now))["offices"]
    names = ("村民委员会", "人民政府")
    office = next((one for one, name in signs if name.endswith(names)), "")
    return services.create_posting(
        replace(draft, office=office), place=place.path, actor=actor, now=now
    )


def _publish(posting: Posting, actor: Actor, now: datetime) -> Posting:
    edition = posting.open.edition if posting.open else 0
    return services.publish_version(
        posting, edition=edition, is_looked_at=True, actor=actor, now=now
    )


def _correct(posting: Posting, clerk: Actor, chair: Actor, now: datetime) -> None:
    version = services.begin_correction(posting, actor=clerk, now=now)
    text = Text(version.title, POWER.replace("14:00 至 17:00", "14:00 至 16:00"), version.contact)
    correction = Correction(text, "供电所通知：下午的停电时间缩短一小时。")
    services.save_correction(posting, correction, edition=version.edition, actor=clerk, now=now)
    posting.refresh_from_db()
    _publish(posting, chair, now)
