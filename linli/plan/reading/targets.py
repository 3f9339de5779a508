"""Targets: amounts and dates of sentences, brought together and numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from linli.plan.reading import amounts, dates, measures, values
from linli.plan.reading.amounts import CHECKLIST, DIRECTIONAL, MILESTONE, QUALITATIVE, Amount
from linli.plan.reading.dates import DateRead
from linli.plan.reading.plain import FIGURE
from linli.plan.reading.shape import REQUIRE, Target
from linli.plan.reading.unit_words import MEASURES

_ALL = re.compile(
    r"(?P<who>各|每个?|所有|全部)(?P<of>镇(?:\(街道(?:、园区)?\)|街)?|街道|乡镇|村\(社区\)|村\(居\)|村|社区|单位|部门|县|区|城市社区|农村社区|行政村)|"
    r"(?P<of2>村\(社区\)|村|社区|镇\(街道\)|镇街)(?:要)?(?:全部|均|都|普遍)"
)
_REPORT = re.compile(r"(?:报|上报|报送|报请|提交)[^,。;]{1,24}(?:备案|审批|审定|办公室|局|委)?")
_DONE = re.compile(
    r"(?P<verb>建成|建立|建设|出台|印发|制定|制订|完成|启用|上线|开通|成立|设立|组建|编制|修订)"
    r"(?P<object>[^,。;]{0,30}?(?P<noun>平台|系统|中心|办法|方案|制度|意见|规划|机制|细则|标准|数据库|网站|热线|清单|基地|学院|目录|台账|站|所|》))"
)
_ADDITION = re.compile(r"^(?:都|均|并|且)?(?:有|设有|配有|建有|配备|建立|成立|设立)")
_UNIT_OF = {"镇": "towns", "街": "towns", "乡": "towns", "村": "villages", "社": "communities"}
_THING = {
    "平台": "platform", "系统": "system", "中心": "centre", "数据库": "database", "网站": "website",
    "热线": "hotline", "基地": "base", "学院": "school", "站": "station", "所": "office",
    "机制": "mechanism", "制度": "system of rules",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its dates and amounts."""

    start: int
    end: int
    dates: list[DateRead]
    amounts: list[Amount]

    def deadline(self, at: int) -> DateRead | None:
        """The last date that is due before this place, else the first one after it."""
        due = [d for d in self.dates if d.due]
        before = [d for d in due if d.start <= at]
        return before[-1] if before else (due[0] if due else None)


Span = tuple[int, int]
_SUM = re.compile(
    rf"{FIGURE}\s*(?:倍|成|个百分点|%|(?!年|天|小时)(?:{MEASURES}))|翻[一两二三四]番|[一两二三四五]倍|倍增|翻倍"
)
_FIELD = re.compile(
    r"\(?\s*(?:完成)?(?:时限|时间|期限|时间节点)(?:要求)?\s*:\s*(?P<day>[^。;)\n]{2,30})"
)


def of_block(text: str, plain: str, span: tuple[int, int], year: int | None) -> list[Target]:
    """Return the targets of a stretch; task, stage and code are given later."""
    found: list[Target] = []
    field = _FIELD.search(plain, *span)
    for a, b in measures.sentences(plain, *span):
        if field and a <= field.start() + 1 < b and _FIELD.match(plain, a, b):
            continue
        sentence = Sentence(a, b, dates.find(plain, a, b, year), values.find(plain, a, b))
        found += _of_sentence(text, plain, sentence, span[0])
    found = _without_doubles(found)
    if field is None:
        return found
    return with_deadline(found, text, dates.find(plain, *field.span("day"), year), field)


def with_deadline(
    found: list[Target], text: str, days: list[DateRead], field: re.Match[str]
) -> list[Target]:
    """Give targets without a date the one that a field of the task says."""
    if not days or days[-1].last is None:
        return found
    last, words = days[-1].last, text[field.start("day") : field.end("day")].strip()
    if not found:
        return [
            Target(
                "", None, None, "", QUALITATIVE, "", None, "", last, words, REQUIRE,
                words, *field.span("day"),
            )
        ]  # fmt: skip
    return [t if t.deadline else replace(t, deadline=last, deadline_text=words) for t in found]


def _of_sentence(text: str, plain: str, sentence: Sentence, block: int) -> list[Target]:
    found = [one for one in sentence.amounts if not _inside_date(one, sentence.dates)]
    found += _added(plain, sentence, found)
    measured = [one for one in found if one.kind not in (DIRECTIONAL, CHECKLIST)]
    due = next((d for d in sentence.dates if d.due and not d.is_event), None)
    if due and not measured:
        found.append(_dated(plain, sentence, due, block))
    return [_target(text, plain, sentence, amount) for amount in found]


def left(plain: str, span: tuple[int, int], found: list[Target], year: int | None) -> list[Span]:
    """The sums, shares and multiples of a stretch that no target took."""
    taken = [(t.start, t.end) for t in found]
    taken += [(d.start, d.end) for d in dates.find(plain, *span, year)]
    return [
        match.span()
        for match in _SUM.finditer(plain, *span)
        if not any(a < match.end() and match.start() < b for a, b in taken)
    ]


def _inside_date(amount: Amount, found: list[DateRead]) -> bool:
    return any(d.start <= amount.start and amount.end <= d.end for d in found)


def _added(plain: str, sentence: Sentence, found: list[Amount]) -> list[Amount]:
    """每个…拥有…, 有…: a further thing that every place shall have, without a number."""
    each = _ALL.search(plain, sentence.start, sentence.end)
    if not each or not found or not any(d.due for d in sentence.dates):
        return []
    out = []
    for piece in re.finditer(r",([^,]{6,60})", plain[sentence.start : sentence.end]):
        start = sentence.start + piece.start(1)
        if start > found[-1].end and _ADDITION.match(piece.group(1)):
            unit = "percent of " + _unit_of(each)
            end = sentence.start + piece.end(1)
            out.append(Amount(piece.group(1), MILESTONE, "all", "100", unit, start, end))
    return out


def _unit_of(match: re.Match[str]) -> str:
    of = match["of"] or match["of2"] or ""
    return "communities" if "社区" in of and "村(" not in of else _UNIT_OF.get(of[:1], "units")


def _dated(plain: str, sentence: Sentence, due: DateRead, block: int) -> Amount:
    """A sentence with a date and no amount: for all places, one thing, or only a date."""
    start, end = sentence.start, sentence.end
    what = (
        amounts.clean(plain[due.end : end].split(",")[0].lstrip("前之以 ,内")) or plain[start:end]
    )
    everybody = _ALL.search(plain, start, end)
    if not everybody and _REPORT.search(plain, start, end):
        everybody = _last(_ALL, plain, block, start)
    if everybody:
        name = plain[due.end : end].lstrip("前之以内, ")
        unit = "percent of " + _unit_of(everybody)
        return Amount(name[:60], MILESTONE, "all", "100", unit, start, end)
    done = _DONE.search(plain, due.end, end)
    if done:
        unit = _THING.get(done["noun"], "document")
        return Amount(
            done["verb"] + done["object"], MILESTONE, "done", "1", unit, done.start(), done.end()
        )
    return Amount(what[:60], QUALITATIVE, "", None, "", start, end)


def _last(pattern: re.Pattern[str], plain: str, start: int, end: int) -> re.Match[str] | None:
    found = list(pattern.finditer(plain, start, end))
    return found[-1] if found else None


def _target(text: str, plain: str, sentence: Sentence, amount: Amount) -> Target:
    deadline = sentence.deadline(amount.start)
    pieces = measures.pieces(plain, sentence.start, sentence.end)
    force = next((p.force for p in pieces if p.start <= amount.end <= p.end), pieces[-1].force)
    name = amount.name or text[sentence.start : sentence.end].lstrip("：:")[:40]
    return Target(
        "", None, None, name, amount.kind, amount.operator, amount.value, amount.unit,
        deadline.last if deadline else None,
        _deadline_text(text, plain, deadline) if deadline else "",
        force, text[sentence.start : sentence.end], amount.start, amount.end,
    )  # fmt: skip


def _deadline_text(text: str, plain: str, deadline: DateRead) -> str:
    tail = re.match(r"(?:以前|之前|前|期间|止|内)", plain[deadline.end : deadline.end + 2])
    return text[deadline.start : deadline.end + (tail.end() if tail else 0)]


def _without_doubles(found: list[Target]) -> list[Target]:
    """A direction for something that also has a number says nothing more."""
    measured = [t for t in found if t.kind != DIRECTIONAL]
    return [
        t
        for t in found
        if t.kind != DIRECTIONAL
        or not any(
            m.name and (t.name.endswith(m.name) or m.name.endswith(t.name)) for m in measured
        )
    ]


def numbered(found: list[Target], task: int) -> list[Target]:
    """Give codes: measurable ones first, then directions, then lists of points."""
    rank = {DIRECTIONAL: 1, CHECKLIST: 2}
    ordered = sorted(found, key=lambda t: (rank.get(t.kind, 0), t.start))
    return [replace(t, code=f"T{task:02}-{n}", task=task) for n, t in enumerate(ordered, 1)]
