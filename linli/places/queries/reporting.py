"""What the register of places answers in reports about each village."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from linli.kernel.reporting import ReportColumn, ReportSource, ReportValue
from linli.places.queries.figures import Figures, figures_below
from linli.places.queries.then import PlaceThen, as_then, then
from linli.places.types import Category, Kind, Settlement

KINDS = {
    Kind.VILLAGE: "村", Kind.URBAN_COMMUNITY: "社区", Kind.LIVING_AREA: "生活区",
    Kind.STATISTICAL_COMMUNITY: "统计社区", Kind.VIRTUAL_COMMUNITY: "虚拟社区",
}  # fmt: skip
FIGURES = {
    "groups": "groups",
    "buildings": "buildings",
    "cells": "cells",
    "unit_homes": "households",
}
COLUMNS = (
    ReportColumn("places.name", "村（社区）名称", "Village or community", "", (
        "村社区", "村", "社区", "村居", "村居名称", "村名", "村名称", "单位", "单位名称", "填报单位", "行政村", "村委会", "村居委会", "地区", "村级单位", "所属村", "所在村",
    )),
    ReportColumn("places.code", "区划代码", "Division code", "", ("行政区划代码", "统计用区划代码", "村代码", "村社区代码", "村居代码", "代码")),
    ReportColumn("places.kind", "类别（村、社区）", "Village or community, by kind", "", ("类别", "类型", "村或社区", "单位类别", "性质")),
    ReportColumn("places.settlement", "城乡类别", "Rural or urban", "", ("城乡", "城镇或农村", "城乡划分", "城乡属性")),
    ReportColumn("places.category", "分类施策类别", "Category of the plan", "", ("村分类", "社区分类", "分类")),
    ReportColumn("places.groups", "村（居）民小组数", "Residents' groups", "个", ("村民小组", "居民小组", "村居民小组", "小组", "经济社")),
    ReportColumn("places.buildings", "楼栋数", "Buildings", "栋", ("楼栋", "楼宇", "建筑物", "房屋栋", "栋")),
    ReportColumn("places.cells", "网格数", "Cells", "个", ("网格", "网格总", "单元网格", "基础网格")),
    ReportColumn("places.unit_homes", "网格内户数", "Households in cells", "户", ("网格户", "网格内户")),
)  # fmt: skip
WORDS: dict[str, dict[str, str]] = {
    "settlement": {Settlement.RURAL.value: "农村社区", Settlement.URBAN.value: "城市社区"},
    "category": {
        Category.MANY_NON_LOCAL.value: "非户籍人口较多", Category.STRONG.value: "自治能力和集体经济较强",
        Category.LESS_DEVELOPED.value: "经济欠发达",
    },
}  # fmt: skip
OF_ITSELF = {"places.name", "places.code", "places.kind"}


def measure_places(
    keys: Collection[str], path: str, on: date
) -> Mapping[str, Mapping[str, ReportValue]]:
    """Answer for each village at a path and below."""
    found: dict[str, dict[str, ReportValue]] = {key: {} for key in keys}
    figures = {} if set(keys) <= OF_ITSELF else figures_below(path, on)
    for place in then(on).filter(level="village", path_then__startswith=path):
        one = as_then(place)
        for key in keys:
            value = _value(key.partition(".")[2], one, figures.get(one.path, {}))
            if value is not None:
                found[key][one.path] = value
    return found


def _value(name: str, one: PlaceThen, counted: Figures) -> ReportValue | None:
    """Return what is known; no group or building on record means that nobody entered any."""
    if name in ("name", "code"):
        return str(getattr(one, name))
    if name == "kind":
        return KINDS.get(Kind(one.kind))
    if name in WORDS:
        return next((zh for kind, zh in WORDS[name].items() if counted[kind].value), None)
    return counted[FIGURES[name]].value or None


SOURCES = (ReportSource("places.villages", "村和社区", "Villages and communities", COLUMNS, measure_places),)  # fmt: skip
