"""Units of a reading in the words of the plan, for those who read it on the command line."""

from __future__ import annotations

UNIT_WORDS = {
    "": "", "percent": "%", "members": "名党员", "persons": "人", "attendances": "人次",
    "organisations": "个组织", "teams": "支队伍", "events": "场", "times": "次", "households": "户",
    "items": "项", "yuan": "元", "ten thousand yuan": "万元", "hundred million yuan": "亿元",
    "hours": "小时", "days": "天", "years": "年", "square metres": "平方米", "mu": "亩",
    "kilometres": "公里", "platform": "个平台", "system": "个系统", "centre": "个中心",
    "centres": "个中心", "station": "个站", "stations": "个站", "towns": "个镇街", "villages": "个村",
    "communities": "个社区", "brands": "个品牌", "units": "个单位", "seats": "个名额",
    "database": "个数据库", "website": "个网站", "hotline": "条热线", "base": "个基地",
    "school": "所学院", "office": "个所", "mechanism": "项机制", "system of rules": "项制度",
    "document": "份文件", "before": "原有水平",
}  # fmt: skip
OPERATORS = {
    "all": "全部",
    "done": "建成",
    "over_or_near": "超过或接近",
    "=": "",
    ">=": "≥",
    "<=": "≤",
}
# What an amount is counted in; the longer words first.
MEASURES = (
    "场次|人次|平方米|万元|亿元|公里|万户|个|名|家|支|所|间|处|条|套|场|"
    "次|户|座|批|类|项|辆|人|门|台|对|张|期|份|亩|元|小时|学时|天|年|部(?!门)"
)
OF, PER = "percent of ", " per "
BASES = {
    f"{count} {of}": han + word
    for count, han in (("100", "百"), ("1,000", "千"), ("10,000", "万"), ("100,000", "十万"))
    for of, word in (("persons", "人"), ("households", "户"))
}


def unit_words(unit: str) -> str:
    """Return a unit as the plan would write it: 个组织/万人."""
    counted, _per, base = unit.partition(PER)
    words = UNIT_WORDS.get(counted, counted)
    return f"{words}/{BASES.get(base, base)}" if base else words


def amount_words(operator: str, value: object, unit: str) -> str:
    """Return an amount as the plan would write it: ≥ 90% 的村, 全部 6 项."""
    sign = OPERATORS.get(operator, operator)
    if unit.startswith(OF):
        of = UNIT_WORDS.get(unit.removeprefix(OF), unit.removeprefix(OF))
        return f"{sign} {value}% 的{of.removeprefix('个')}".strip()
    words = unit_words(unit)
    return f"{sign} {value}{'' if words == '%' else ' '}{words}".strip()
