"""Amounts in a sentence: shares, counts, thresholds, pilots, lists of points, whole coverage."""

from __future__ import annotations

import re
from collections.abc import Callable

from linli.plan.reading.amounts import (
    CHECKLIST,
    COUNT,
    DIRECTIONAL,
    MILESTONE,
    NUMERIC,
    THRESHOLD,
    Amount,
    clean,
    noun_after,
    noun_before,
    unit_of,
    value_of,
)
from linli.plan.reading.plain import FIGURE, number
from linli.plan.reading.sums import FOLD, MONEY, RATIO, fold, money, ratio
from linli.plan.reading.unit_words import MEASURES

_N = rf"(?P<n>{FIGURE}|[一二两三四五六七八九十百]{{1,4}})"
_NOT = re.compile(r"^(?:以来|左右|期间)")
_UP = r"(?:以上|及以上|以上的)"
_ACHIEVE = "达到|达|不低于|不少于|提高到|提高至|提升到|提升至|增加到|增至|增长到|保持在|稳定在|实现|超过|高于|控制在|降至|降到|下降到|低于|不超过|为"
_PERCENT = re.compile(
    rf"(?P<verb>{_ACHIEVE})?\s*(?:(?P<n>{FIGURE})\s*%|百分之(?P<cn>[一二三四五六七八九十百]{{1,4}}))\s*(?P<post>以上|及以上|以内|以下|左右)?"
)
_NEAR = re.compile(rf"(?:超过或接近|接近或超过|超过或者接近)\s*{_N}\s*(?P<u>人|名|个|家)")
_PER = re.compile(
    rf"(?P<each>每(?:个|村|社区|镇|户|名|万人|百户)[^,。;、]{{0,16}}?|[^,。;、]{{2,12}}?)(?P<verb>拥有|配备|有|设立|建立|建有|建成|培育|成立|设|达到|不少于)\s*(?:(?P<pre>至少|不少于|不低于)\s*)?{_N}\s*(?P<u>{MEASURES})\s*(?P<post>以上|及以上)?(?P<noun>[^,。;、]{{0,30}})"
)
_LEAST = re.compile(
    rf"(?:至少|不少于|不低于|最少)(?P<verb>[\u4e00-\u9fff]{{0,6}}?){_N}\s*(?P<u>{MEASURES})(?P<noun>[^,。;、]{{0,30}})"
)
_BUILD = re.compile(
    rf"(?P<verb>建成|建设|新建|创建|打造|培育|组建|配备|选派|举办|开展|新增|完成|选树|孵化|招募|培训|改造|建立|设立|设置|实施|扶持|评选|覆盖|提供|救助|惠及|升级|配置|安装|加装|修缮|增设|铺设|拆除|整治|修建|购置)"
    rf"(?P<what>[^,。;、\d]{{0,14}}?)(?P<n>{FIGURE})\s*(?P<u>{MEASURES}|(?=村|社区|镇))\s*(?P<post>以上|及以上|左右)?(?P<noun>[^,。;、]{{0,30}})"
)
_OVER = re.compile(
    rf"(?P<noun>[\u4e00-\u9fff()“”]{{2,20}}?)(?P<verb>达到|达|超过|不少于|不低于|增加到|增至)\s*(?P<n>{FIGURE})\s*(?P<u>{MEASURES})\s*(?P<post>以上|及以上)?"
)
_MOST = re.compile(
    rf"(?:控制在|不超过|不高于|压缩至|压缩到|降至|不多于)(?P<n>{FIGURE})\s*(?P<u>{MEASURES}|工作日|个工作日)\s*(?:以内|以下|之内)?"
)
_MORE = re.compile(
    rf"(?P<n>{FIGURE})\s*(?P<u>{MEASURES})\s*(?:以上|及以上)(?P<noun>[^,。;、]{{0,30}})"
)
_PILOT = re.compile(
    rf"{_N}\s*个?(?P<u>镇\(街道(?:、园区)?\)|镇街|镇|街道|区县|县\(市、区\)|区|县|村\(社区\)|村|社区|单位)[^,。;]{{0,8}}试点"
)
_POINTS = re.compile(
    r"“(?P<term>(?P<n>[两三四五六七八九十]|十[一二三四五六]|\d{1,2})个?[\u4e00-\u9fff]{1,6})”\s*\((?P<list>[^()]{6,200})\)"
)
_WHOLE = re.compile(
    r"(?P<name>[^,。;]{2,40}?)(?:实现|达到|基本实现)?全(?:面)?覆盖(?![、的,面率](?!$)|率)|"
    r"(?P<name2>[^,。;]{2,40}?)覆盖(?:到)?(?:全(?:市|县|区|省|镇)?)?(?:所有|全部|各)(?:的)?(?P<of>[\u4e00-\u9fff]{1,6})"
)
_RATE = r"[^,。;、和]{0,24}?(?:率|比例|比重|覆盖面积|满意度)"
_DIRECTION = re.compile(
    rf"(?P<verb>提高|提升|扩大|增加|加大|降低|减少|下降)(?P<first>{_RATE})(?:和(?P<second>{_RATE}))?(?![\u4e00-\u9fff]*(?:达到|到|至)\s*\d)"
)


def find(plain: str, start: int, end: int) -> list[Amount]:
    """Return the amounts of a stretch; a character serves one amount only."""
    found: list[Amount] = []
    for pattern, build in _READERS:
        for match in pattern.finditer(plain, start, end):
            amount = build(match, plain, start)
            if amount and not any(_touch(amount, other) for other in found):
                found.append(amount)
    return sorted(found, key=lambda one: one.start)


def _touch(one: Amount, other: Amount) -> bool:
    return one.start < other.end and other.start < one.end


def _near(match: re.Match[str], plain: str, start: int) -> Amount:
    name = noun_before(plain, start, match.start())
    tail = re.match(r"[^,。;]{0,12}的?,?\s*([^,。;]{2,24})", plain[match.end() : match.end() + 40])
    subject = "members" if "党员" in name else unit_of(match["u"], name)
    what = tail.group(1).strip() if tail else name
    return Amount(
        what, THRESHOLD, "over_or_near", value_of(match["n"]), subject, match.start(), match.end()
    )


def _points(match: re.Match[str], plain: str, start: int) -> Amount | None:
    listed = [one for one in re.split(r"[、,;]", match["list"]) if one.strip()]
    if number(match["n"]) != len(listed):
        return None
    name = noun_before(plain, start, match.start()) + "“" + match["term"] + "”"
    return Amount(name, CHECKLIST, "all", str(len(listed)), "items", match.start(), match.end())


def _pilot(match: re.Match[str], plain: str, _start: int) -> Amount | None:
    value = value_of(match["n"])
    if value is None or value == "1":
        return None
    unit = "towns" if match["u"][0] in "镇街" else unit_of("个", match["u"])
    name = noun_after(plain, match.end())
    return Amount(name, COUNT, "=", value, unit, match.start(), match.end())


def _percent(match: re.Match[str], plain: str, start: int) -> Amount | None:
    value = match["n"] or value_of(match["cn"])
    verb, post = match["verb"] or "", match["post"] or ""
    if not verb and not post and not _rate_before(plain, start, match.start()):
        return None
    at_most = post in ("以内", "以下") or verb in (
        "低于",
        "不超过",
        "控制在",
        "降至",
        "降到",
        "下降到",
    )
    operator = "<=" if at_most else ">" if verb in ("超过", "高于") and not post else ">="
    operator = "=" if value == "100" else operator
    name = noun_before(plain, start, match.start("verb") if verb else match.start())
    return Amount(name, NUMERIC, operator, value, "percent", match.start(), match.end())


def _rate_before(plain: str, start: int, at: int) -> bool:
    return re.search(r"(?:率|比例|比重|度|占比)\s*$", plain[start:at]) is not None


def _per(match: re.Match[str], plain: str, start: int) -> Amount | None:
    each = re.search(r"每(?:个|村|社区|镇|户|名|万人|百户)", plain[start : match.end()])
    if not (match["post"] or match["pre"]) or not each:
        return None
    noun = match["noun"] if len(match["noun"]) > 1 else plain[match.end() : match.end() + 24]
    name = re.sub(r"^每个?", "", match["each"]) + match["verb"] + re.sub(r"^的", "", noun)
    return Amount(
        name.strip(), NUMERIC, ">=", value_of(match["n"]), unit_of(match["u"], noun),
        match.start(), match.end("post") if match["post"] else match.end("u"),
    )  # fmt: skip


def _least(match: re.Match[str], _plain: str, _start: int) -> Amount:
    name = match["verb"] + match["noun"]
    return Amount(
        name, NUMERIC, ">=", value_of(match["n"]), unit_of(match["u"], ""),
        match.start(), match.end("u"),
    )  # fmt: skip


def _build(match: re.Match[str], _plain: str, _start: int) -> Amount:
    noun = match["noun"] or match["what"]
    return Amount(
        (match["verb"] + match["what"] + re.sub(r"^的", "", match["noun"])).strip(),
        COUNT, ">=" if match["post"] else "=", match["n"],
        unit_of(match["u"], noun), match.start(), match.end("u"),
    )  # fmt: skip


def _over(match: re.Match[str], _plain: str, _start: int) -> Amount | None:
    operator = ">" if match["verb"] == "超过" and not match["post"] else ">="
    noun = match["noun"]
    return Amount(
        noun, NUMERIC, operator, match["n"], unit_of(match["u"], noun),
        match.start("verb"), match.end("u"),
    )  # fmt: skip


def _most(match: re.Match[str], plain: str, start: int) -> Amount:
    name = noun_before(plain, start, match.start())
    return Amount(
        name, NUMERIC, "<=", match["n"], unit_of(match["u"], name), match.start(), match.end()
    )


def _more(match: re.Match[str], _plain: str, _start: int) -> Amount:
    noun = re.sub(r"^的", "", match["noun"])
    return Amount(
        noun, NUMERIC, ">=", match["n"], unit_of(match["u"], noun), match.start(), match.end("u")
    )


def _whole(match: re.Match[str], plain: str, _start: int) -> Amount | None:
    name = match["name"] or match["name2"] or ""
    if re.search(r"按照|坚持|原则", plain[max(0, match.start() - 6) : match.end()]):
        return None
    of = match["of"] or ""
    unit = "percent of villages" if "村" in of else "percent"
    at = match.end() - 6
    return Amount(clean(name), MILESTONE, "=", "100", unit, max(match.start(), at), match.end())


def _direction(match: re.Match[str], _plain: str, _start: int) -> Amount:
    down = match["verb"] in ("降低", "减少", "下降")
    name = match["second"] or match["first"]
    return Amount(
        clean(name), DIRECTIONAL, "decrease" if down else "increase", None, "percent",
        match.start("second") if match["second"] else match.start(), match.end(),
    )  # fmt: skip


def _direction_first(match: re.Match[str], plain: str, start: int) -> Amount | None:
    if not match["second"]:
        return None
    down = match["verb"] in ("降低", "减少", "下降")
    return Amount(
        clean(match["first"]), DIRECTIONAL, "decrease" if down else "increase", None, "percent",
        match.start(), match.end("first"),
    )  # fmt: skip


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, int], Amount | None]], ...] = (
    (_NEAR, _near),
    (_POINTS, _points),
    (_PILOT, _pilot),
    (_PERCENT, _percent),
    (RATIO, ratio),
    (FOLD, fold),
    (MONEY, money),
    (_PER, _per),
    (_MOST, _most),
    (_LEAST, _least),
    (_BUILD, _build),
    (_OVER, _over),
    (_MORE, _more),
    (_WHOLE, _whole),
    (_DIRECTION, _direction),
    (_DIRECTION, _direction_first),
)
