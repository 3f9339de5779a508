"""What stands above the first numbered line, and below the last one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linli.plan.reading import dates, markers, mentions
from linli.plan.reading.shape import Passage, PlanRead

_KIND = r"(?:方案|计划|意见|规划|要点|清单|分工表|分解表|措施|纲要|任务书)"
_TITLE = re.compile(rf"^[^。;:,]{{0,60}}{_KIND}(?:\([^()]*\))?$")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}\s?\((?:19|20)\d{2}\)\s?(?:第?\d{1,4})?\s?号")
_ISSUED = re.compile(r"(?:发文日期|成文日期|印发日期|发布日期|生成日期|印发时间)\s*:\s*(\S{6,12})")
_DATE_LINE = re.compile(r"^\s*(?:19|20)\d{2}\s*年?\s*\d{1,2}\s*月\s*\d{1,2}\s*日?\s*$")
_PROSE = 18


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a stretch that hold something, without the spaces around them."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        words = line.strip(" \t\r\n\x0b\x0c\u3000\u00a0\ufeff")
        if words:
            begin = at + line.find(words)
            yield begin, begin + len(words)
        at += len(line)


def read_head(read: PlanRead, plain: str, end: int) -> None:
    """Fill title, document number, date and preface from the lines before the first part."""
    found = list(lines(plain, 0, end))
    _title(read, plain, found)
    for start, stop in found:
        line = plain[start:stop]
        if number := _NUMBER.search(line):
            read.document_number = re.sub(
                r"\s", "", read.text[start + number.start() :][: len(number.group())]
            )
            break
    _date(read, plain, found)
    taken = {span for span in read.head}
    for start, stop in found:
        line = plain[start:stop]
        if (
            (start, stop) not in taken
            and len(line) > _PROSE
            and re.search(r"。$|(?:单位|部门|政府|办事处|委员会|机构|公司):$", line)
        ):
            read.passages.append(Passage("preface", 0, "", None, start, stop, start))


def _title(read: PlanRead, plain: str, found: list[tuple[int, int]]) -> None:
    for index in range(len(found) - 1, -1, -1):
        start, stop = found[index]
        if not _TITLE.match(plain[start:stop]):
            continue
        spans = [(start, stop)]
        before = plain[slice(*found[index - 1])] if index else ""
        if before and not plain[start:stop].startswith("关于") and _begins_title(before):
            spans.insert(0, found[index - 1])
        read.head += spans
        read.title = "".join(read.text[a:b] for a, b in spans)
        return
    named = re.search(rf"《([^《》]+{_KIND})》", plain[: found[-1][1]] if found else "")
    if named:
        read.title = read.text[named.start(1) : named.end(1)]
    elif found:
        read.title = read.text[slice(*found[0])][:80]


def _begins_title(line: str) -> bool:
    if re.search(r"[。:;,]|\d月|号$|办公室$|政府$|^附件", line) or len(line) > 40:
        return False
    return line.startswith("关于") or "关于" in line or line.endswith(("省", "市", "县", "区"))


def _date(read: PlanRead, plain: str, found: list[tuple[int, int]]) -> None:
    """The first day that a field or a line of its own gives; such lines belong to the head."""
    for start, stop in found:
        line = plain[start:stop]
        field = _ISSUED.search(line)
        if not field and not _DATE_LINE.match(line):
            continue
        at = start + (field.start(1) if field else 0)
        days = dates.find(plain, at, stop, None)
        if days and days[0].last:
            read.issued_on = read.issued_on or days[0].last
            read.head += [] if field else [(start, stop)]


def year_of(read: PlanRead, plain: str, end: int) -> int | None:
    """The year of the document: its date, its number, its title, or a date at its end."""
    if read.issued_on:
        return read.issued_on.year
    for piece in (read.document_number, read.title):
        if match := re.search(r"(?:19|20)\d{2}", piece):
            return int(match.group())
    for start, stop in reversed(list(lines(plain, end, len(plain)))):
        if _DATE_LINE.match(plain[start:stop]):
            one = dates.find(plain, start, stop, None)
            if one and one[0].last:
                read.issued_on = one[0].last
                read.head.append((start, stop))
                return one[0].last.year
    match = re.search(r"(?:19|20)\d{2}(?=年)", plain)
    return int(match.group()) if match else None


def body_end(plain: str) -> int:
    """Where the text ends and signature, date, or the footer of a web page begins."""
    found = list(lines(plain, 0, len(plain)))
    end = len(plain)
    for start, stop in reversed(found):
        line = plain[start:stop]
        if _is_body(plain, line, start, stop):
            return end
        end = start
    return len(plain)


def _is_body(plain: str, line: str, start: int, stop: int) -> bool:
    if _DATE_LINE.match(line) or re.match(r"\(?此件|抄送|扫一扫|分享|打印|关闭|印发$", line):
        return False
    if len(line) > 40 or line.endswith(("。", ";", ")", ".")) or "|" in line or "\t" in line:
        return True
    numbered = any(not m.fault for m in markers.readings(line, start))
    return numbered or bool(mentions.in_paragraph(plain, start, stop)) and "政府" not in line
