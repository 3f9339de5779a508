"""What a heading means, whatever signs, units and filler words an office writes into it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

NOISE = re.compile(r"[\s,，、。.;；:：/\\|·\-—_“”\"'《》＊*#]+")
BRACKETS = re.compile(r"[(\[【]([^)\]】]*)[)\]】]")
LAST = re.compile(r"^(.+?)[(\[【]([^)\]】]+)[)\]】]$")
FILLER = re.compile(r"^(含.*|社区|居|村|街道|必填|选填|如有|掩码|单位[:：]?.*)$")
UNITS = re.compile(r"^(人|户|个|件|套|栋|间|支|场|元|万元|%|岁|人次|家|名|单位)+$")
# an age in words: 六十岁, 十六周岁
DIGITS = "一二三四五六七八九"
AGE = re.compile(rf"([{DIGITS}]?)十([{DIGITS}]?)岁")
TAILS = ("总人口数", "人口总数", "总人数", "人口数", "人口", "人数", "总数", "数量", "个数", "件数", "栋数", "套数", "间数", "情况", "数", "人")  # fmt: skip


def is_filler(inside: str) -> bool:
    """Say whether what stands in brackets changes nothing: a unit, 村（居）委会, (含). But （男） does."""
    return not inside.strip() or bool(UNITS.match(inside.strip()) or FILLER.match(inside.strip()))


def _with_figures(match: re.Match[str]) -> str:
    tens, ones = match[1], match[2]
    return f"{DIGITS.index(tens) + 1 if tens else 1}{DIGITS.index(ones) + 1 if ones else 0}岁"


def stem(text: str) -> str:
    """Return a heading without signs, units and words that say only that something is counted."""
    found = unicodedata.normalize("NFKC", text)
    kept = BRACKETS.sub(lambda match: "" if is_filler(match[1]) else match[0], found)
    found = NOISE.sub("", kept).lower()
    for old, new in (
        ("周岁", "岁"),
        ("及以上", "以上"),
        ("(含)", ""),
        ("其中", ""),
        ("～", "至"),
        ("~", "至"),
        ("本村", ""),
        ("本社区", ""),
    ):
        found = found.replace(old, new)
    found = AGE.sub(_with_figures, found)
    found = re.sub(r"(\d)[-–—](\d)", r"\1至\2", found)
    while tail := next((t for t in TAILS if found.endswith(t) and len(found) > len(t)), ""):
        found = found[: -len(tail)]
    return found


# what says nothing of its own below or above another heading
NEUTRAL = (
    "合计", "小计", "总计", "总", "数", "人", "人口", "数量", "total", "按户籍分", "按性别分", "按年龄分", "分性别",
    "分年龄", "基本", "基本信息",
)  # fmt: skip
VAGUE = (*NEUTRAL, "男", "女", "男性", "女性", "户", "名称", "地址", "电话", "")


def whole_stem(words: Sequence[str]) -> str:
    """Return what headings below each other mean together: 60岁以上 · 男 is 60岁以上男."""
    return "".join(_told(words))


def _told(words: Sequence[str]) -> list[str]:
    parts = [one for word in words for part in _parts(word) if (one := stem(part))]
    return [one for one in parts if one not in NEUTRAL] or parts[:1]


def _parts(word: str) -> list[str]:
    """Return a heading and what its last brackets say besides: 外来人口（男） is 外来人口 · 男."""
    match = LAST.match(unicodedata.normalize("NFKC", word).strip())
    if match is None or is_filler(match[2]):
        return [word]
    return [match[1], match[2]]


def stems_of(words: Sequence[str]) -> list[str]:
    """Return in which ways a heading may be meant, the whole first."""
    told = _told(words)
    found = ["".join(told)]
    if len(told) > 2:
        found.append(told[-2] + told[-1])
    if told and told[-1] not in VAGUE and not UNITS.match(told[-1]):
        found.append(told[-1])
    return list(dict.fromkeys(one for one in found if one))
