"""Sample lists of the style page: invented, in both languages, and marked as a demonstration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from linli.kernel.paging import Page
from linli.ui.charts import bars, outlines, trend
from linli.ui.entries import Entry, Group
from linli.ui.formats import is_chinese

SIGNS = Path(__file__).parent / "static" / "ui" / "icons.svg"


def said(zh: str, en: str) -> str:
    """Return sample words in the reader's language."""
    return zh if is_chinese() else en


@dataclass(frozen=True)
class Sample:
    """One sample thing; components read the fields they need."""

    title: str
    text: str = ""
    on: date | None = None
    state: str = ""
    tone: str = "run"
    icon: str = ""
    meta: str = ""
    name: str = ""
    post: str = ""
    value: str = ""
    url: str = "#main"
    number: str = ""
    holder: str = ""
    step: str = ""


def rows(today: date) -> dict[str, object]:
    """Return sample rows for every list, chart and map."""
    return {
        "due": _due(today),
        "signs": _signs(),
        "doors": _doors(),
        "notices": _notices(),
        "team": _team(),
        "stat_rows": _stats(),
        "story_rows": _story(),
        "work": _work(today),
        "desk_groups": _groups(),
        "found": Page(items=[], next="n", previous="p", count=1000, has_more_than_count=True),
        "compared": bars(_shares(), own=said("示范二村", "Shifan No 2 Village"), top=100),
        "over_time": trend(_months()),
        "sketch": outlines(_features()),
    }


def _signs() -> list[str]:
    return re.findall(r'symbol id="([^"]+)"', SIGNS.read_text(encoding="utf-8"))


def _due(today: date) -> list[Sample]:
    return [
        Sample(said("核对选民登记", "Check the roll of voters"), said("第九届村委会换届", "Ninth village election"), today + timedelta(3), said("还有 3 天", "3 days left"), "soon"),
        Sample(said("给村规民约修订稿提意见", "Comment on the draft of the village rules"), said("已收到 214 条意见", "214 comments so far"), today + timedelta(6), said("正在征求意见", "open for comments"), "run"),
        Sample(said("缴 2027 年城乡居民医保", "Pay the health insurance for 2027"), said("符合条件的非户籍人员也可参保", "Also for residents without local hukou"), today + timedelta(37), said("正在缴费", "payment is open"), "run"),
    ]  # fmt: skip


def _doors() -> list[Sample]:
    return [
        Sample(said("办事", "Services"), said("参保、补贴", "Insurance, grants"), icon="clipboard-text"),
        Sample(said("反映", "Report"), said("道路、噪音", "Roads, noise"), icon="message-report"),
        Sample(said("参与", "Take part"), said("开会、志愿", "Meet, volunteer"), icon="users-group"),
        Sample(said("公开", "Open books"), said("账目、合同", "Accounts, contracts"), icon="receipt-yuan"),
    ]  # fmt: skip


def _notices() -> list[Sample]:
    return [
        Sample(said("2026年第三季度财务收支公开表", "Accounts of the third quarter of 2026"), said("村务监督委员会已审核", "Checked by the supervision committee")),
        Sample(said("和顺路电缆检修停电", "Power cut at Heshun Road"), "09:00–16:30"),
    ]  # fmt: skip


def _team() -> list[Sample]:
    return [
        Sample("", said("主持全面工作", "Overall direction"), name=said("何伟明", "He Weiming"), post=said("村委会主任", "Chair of the committee")),
        Sample("", said("民政、医保、妇女儿童", "Welfare, insurance, women and children"), name=said("叶少芬", "Ye Shaofen"), post=said("村委会副主任", "Deputy chair")),
        Sample("", said("道路、排水、环卫", "Roads, drains, cleaning"), name="", post=said("村委会委员", "Member")),
    ]  # fmt: skip


def _stats() -> list[Sample]:
    return [
        Sample(said("在办", "Open"), said("2 件逾期", "2 overdue"), value="38"),
        Sample(said("本月办结", "Done this month"), said("按时 94%", "94% in time"), value="127"),
        Sample(said("满意", "Satisfied"), said("118 人评价", "118 ratings"), value="91%"),
        Sample(said("待公布", "To be published"), said("1 项逾期", "1 overdue"), value="4"),
    ]


def _story() -> list[Sample]:
    return [
        Sample(said("超过办理期限", "Overdue"), meta=said("11月20日 (周五) 18:00，系统已提醒", "20 Nov (Fri) 18:00, a reminder was sent"), tone="late"),
        Sample(said("到场查看", "Seen on site"), said("堵点约 12 米，要用吸污车。", "Blocked over 12 metres; needs a suction truck."), meta=said("11月18日 (周三) 10:12，网格员", "18 Nov (Wed) 10:12, grid worker"), icon="refresh"),
        Sample(said("受理", "Accepted"), meta=said("11月16日 (周一) 09:20，窗口", "16 Nov (Mon) 09:20, window"), tone="done"),
    ]  # fmt: skip


def _work(today: date) -> list[Sample]:
    names = (
        ("和顺路 68 号排水沟堵塞", "Drain blocked at 68 Heshun Road", "诉求 SF-2026-0371", "Report SF-2026-0371", "催办", "Urge"),
        ("高龄津贴新增 4 人", "Four more receive the old-age allowance", "办事 BS-2026-1096", "Service BS-2026-1096", "复核", "Check"),
        ("东莞生态园虚拟社区居民委员会资产管理小组移交清单", "Hand-over list of the asset group of the Dongguan Ecological Park virtual community committee", "账务 HT-2021-017", "Contract HT-2021-017", "核对", "Compare"),
        ("四季度人口变动统计表", "Population changes, fourth quarter", "填报 已带出 38 / 40 格", "Form, 38 of 40 cells filled", "核对", "Compare"),
    )  # fmt: skip
    days = (-2, 1, 3, 9)
    tones = ("late", "soon", "run", "run")
    words = [
        said("逾期 2 天", "2 days late"),
        *(said(f"还有 {n} 天", f"{n} days left") for n in days[1:]),
    ]
    return [
        Sample(
            said(zh, en), on=today + timedelta(n), tone=tone, state=word, step=said(step_zh, step_en),
            number=said(no_zh, no_en), holder=said("叶少芬", "Ye Shaofen"),
        )
        for (zh, en, no_zh, no_en, step_zh, step_en), n, tone, word in zip(names, days, tones, words, strict=True)
    ]  # fmt: skip


def _groups() -> list[Group]:
    words = (
        ("mine", "我的事", "My work", (("inbox", "待办", "Work due", 38),)),
        ("cases", "办件", "Cases and replies", (
            ("message-report", "事项", "Matters", 12), ("z-meet", "议事", "Meetings", 3),
            ("speakerphone", "公开", "Publish", 4), ("receipt-yuan", "账务", "Books", 6),
        )),
        ("registers", "登记", "Registers", (
            ("users-group", "居民", "Residents", None), ("sitemap", "组织", "Organisations", None),
            ("chart-bar", "报表", "Returns", 3),
        )),
    )  # fmt: skip
    return [
        Group(
            key,
            said(zh, en),
            [
                Entry(icon, said(zh_, en_), icon, "#main", count, icon == "inbox")
                for icon, zh_, en_, count in entries
            ],
        )
        for key, zh, en, entries in words
    ]


def _shares() -> list[tuple[str, float | None, str]]:
    return [
        (said("示范一村", "Shifan No 1 Village"), 92, "92%"),
        (said("示范二村", "Shifan No 2 Village"), 95, "95%"),
        (said("示范社区", "Shifan Community"), None, said("未知", "unknown")),
    ]


def _months() -> list[tuple[str, float | None, str]]:
    counts = (31, 42, 38, None, 55, 47)
    return [
        (said(f"{n}月", f"{n}/2026"), count, str(count if count is not None else "—"))
        for n, count in enumerate(counts, start=6)
    ]


def _features() -> list[dict[str, object]]:
    return [
        {"key": "201", "label": said("示范一村", "Shifan No 1 Village"), "rings": [[(113.70, 23.00), (113.76, 22.99), (113.77, 23.03), (113.72, 23.05)]], "url": "#k-map"},
        {"key": "202", "label": said("示范二村", "Shifan No 2 Village"), "rings": [[(113.76, 22.99), (113.83, 23.00), (113.82, 23.04), (113.77, 23.03)]], "url": "#k-map", "tone": "me"},
        {"key": "203", "label": said("示范社区", "Shifan Community"), "rings": [[(113.72, 23.05), (113.77, 23.03), (113.82, 23.04), (113.79, 23.08), (113.73, 23.07)]], "url": "#k-map"},
    ]  # fmt: skip
