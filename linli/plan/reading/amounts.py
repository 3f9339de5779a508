"""An amount, its unit in plain English, and the words of the sentence that name it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linli.plan.reading.plain import number

NUMERIC, THRESHOLD, MILESTONE, COUNT = "numeric", "threshold", "milestone", "count"
DIRECTIONAL, CHECKLIST, QUALITATIVE, STAGE = "directional", "checklist", "qualitative", "stage"

_UNITS = {
    "人": "persons", "名": "persons", "人次": "attendances", "家": "organisations",
    "支": "teams", "场": "events", "次": "times", "场次": "events", "户": "households",
    "项": "items", "条": "items", "元": "yuan", "万元": "ten thousand yuan",
    "亿元": "hundred million yuan", "小时": "hours", "天": "days", "年": "years",
    "平方米": "square metres", "亩": "mu", "公里": "kilometres",
}  # fmt: skip
_NOUNS = (
    ("组织", "organisations"), ("机构", "organisations"), ("平台", "platform"), ("系统", "system"),
    ("中心", "centres"), ("站", "stations"), ("党员", "members"), ("镇", "towns"), ("街道", "towns"),
    ("村", "villages"), ("社区", "communities"), ("队", "teams"), ("品牌", "brands"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount and what it is an amount of."""

    name: str
    kind: str
    operator: str
    value: str | None
    unit: str
    start: int
    end: int


def value_of(word: str) -> str | None:
    """Return the digits of a number in figures or in Chinese."""
    if re.fullmatch(r"\d+(?:\.\d+)?", word):
        return word
    found = number(word)
    return str(found) if found is not None else None


def unit_of(measure: str, noun: str) -> str:
    """Return the unit: of the noun where it is known, else of the measure word."""
    named = next((unit for word, unit in _NOUNS if word in noun), "")
    return named or _UNITS.get(measure, "items")


def noun_before(plain: str, start: int, at: int) -> str:
    """The words of the clause that stand before an amount, without its opening words."""
    begin = max(plain.rfind(c, start, at) for c in ",。;:、")
    return clean(plain[max(start, begin + 1) : at])


def noun_after(plain: str, at: int) -> str:
    """The words behind a pilot: what it tried."""
    match = re.match(r"的?基础上,(?:进一步)?([^,。;]{4,40})", plain[at : at + 60])
    return (
        clean(match.group(1))
        if match
        else clean(re.split(r"[。;:\n]", plain[max(0, at - 20) : at])[-1])
    )


def clean(name: str) -> str:
    """Take dates and words of wish off the beginning of a name."""
    name = re.sub(r"^.*?(?:年底前?|月底前?|月前|期间|年底|底前|底)", "", name)
    name = re.sub(r"^(?:力争|争取|确保|全市|要|使|实现|努力|到|在|的|应|按照|严格)+", "", name)
    return re.sub(r"(?:要|应|须|力争|争取|将|确保|均|都|分别|基本)+$", "", name).strip(" ()、")
