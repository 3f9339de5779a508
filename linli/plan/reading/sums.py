"""Amounts for so many people, amounts of money, and what shall be twice as much as before."""

from __future__ import annotations

import re

from linli.plan.reading.amounts import NUMERIC, Amount, noun_before, unit_of
from linli.plan.reading.plain import FIGURE, number
from linli.plan.reading.unit_words import MEASURES

RATIO = re.compile(
    rf"每(?P<base>十万|万|千|百)(?P<of>户|名?[\u4e00-\u9fff]{{0,6}}?人(?:口)?|名?[\u4e00-\u9fff]{{1,6}}?)"
    rf"(?P<verb>拥有|配备|配有|有|设立|建有|建成|设)?(?P<what>[^,。;、\d]{{0,16}}?)(?P<pre>达到|达|至少|不少于|不低于|超过)?\s*"
    rf"(?P<n>{FIGURE})\s*(?P<u>{MEASURES})\s*(?P<post>以上|及以上|左右)?(?P<noun>[^,。;、]{{0,20}})"
)
FOLD = re.compile(r"(?:再|实现|比[^,。;]{1,16})?翻(?P<n>[一二两三四])番")
MONEY = re.compile(
    r"(?P<verb>安排|投入|拨付|补助|补贴|奖励|奖补|筹集|落实|列支|设立)(?P<what>[^,。;、\d]{0,14}?)(?P<pre>不少于|不低于|至少)?\s*"
    rf"(?P<n>{FIGURE})\s*(?P<u>万元|亿元|元)\s*(?P<post>以上|及以上|左右)?(?P<noun>[^,。;、]{{0,20}})"
)


def ratio(match: re.Match[str], _plain: str, _start: int) -> Amount:
    """每万人拥有社会组织5个以上: a count for so many people or households."""
    base = {"百": "100", "千": "1,000", "万": "10,000", "十万": "100,000"}[match["base"]]
    noun = re.sub(r"^的", "", match["noun"]) or match["what"]
    of = "households" if match["of"] == "户" else "persons"
    unit = f"{unit_of(match['u'], noun if match['u'] == '个' else '')} per {base} {of}"
    name = f"每{match['base']}{match['of']}{match['verb'] or ''}{match['what']}"
    least = match["post"] in ("以上", "及以上") or match["pre"] in ("至少", "不少于", "不低于")
    sign = ">" if match["pre"] == "超过" and not match["post"] else ">=" if least else "="
    return Amount(name, NUMERIC, sign, match["n"], unit, match.start(), match.end("u"))


def fold(match: re.Match[str], plain: str, start: int) -> Amount:
    """翻一番 is twice as much, 翻两番 four times."""
    times = number(match["n"]) or 1
    name = re.sub(r"^\d{4}年", "", noun_before(plain, start, match.start()))
    return Amount(
        name, NUMERIC, "=", str(100 * 2**times), "percent of before", match.start(), match.end()
    )


def money(match: re.Match[str], _plain: str, _start: int) -> Amount:
    least = match["pre"] or match["post"] in ("以上", "及以上")
    name = (match["verb"] + match["what"] + re.sub(r"^的", "", match["noun"])).strip()
    return Amount(
        name, NUMERIC, ">=" if least else "=", match["n"], unit_of(match["u"], ""),
        match.start(), match.end("u"),
    )  # fmt: skip
