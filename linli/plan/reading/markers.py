"""The signs that number a line: 一、 (一) 1. (1) ① 第一条 任务一 一是, also damaged ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linli.plan.reading.plain import HAN, number

PART, CN, CN_BRACKET, NUM, NUM_BRACKET = "part", "cn", "cn_bracket", "num", "num_bracket"
CIRCLE, CLAUSE, NAMED, ORDINAL, STAGE, DEEP = "circle", "clause", "named", "is", "stage", "deep"
SECTION, ROMAN, LETTER = "section", "roman", "letter"

_CN = "[一二三四五六七八九十百]{1,4}"
_BULLET = re.compile(r"[\s#*>•·●■◆▪○-]*")
# What follows a bare number when it counts things instead of numbering a line.
_COUNTED = "年月日号个名家人件条项次户支批镇村级位期届时分米元万亿%.~-"
_NAMES = "(?:重点|主要|具体|专项|核心)?(?:工作)?(?:任务|措施|举措|行动|工程|项目)"
_CERTAIN = (
    (PART, re.compile(rf"第\s*({_CN}|\d{{1,2}})\s*(?:部分|章|篇|编)[\s、.,:]*")),
    (SECTION, re.compile(rf"第\s*({_CN}|\d{{1,2}})\s*节[\s、.,:]*")),
    (CLAUSE, re.compile(rf"第\s*({_CN}|\d{{1,3}})\s*[条项款][\s、.,:]*")),
    (STAGE, re.compile(rf"第\s*({_CN}|\d{{1,2}})\s*(?:阶段|步)[\s、.,:]*")),
    (NAMED, re.compile(rf"{_NAMES}\s*({_CN}|\d{{1,3}})\s*[\s、.,:-]+")),
    (NAMED, re.compile(rf"\(\s*{_NAMES}\s*({_CN}|\d{{1,3}})\s*\)[\s、.,:]*")),
    (NAMED, re.compile(rf"(?:任务|措施|举措)\s*({_CN}|\d{{1,3}})(?=[{HAN}])")),
    (ORDINAL, re.compile(rf"(?:其|第)({_CN})\s*[、,:]\s*(?![第其])")),
    (LETTER, re.compile(rf"([A-H])\s*[.、)]\s*(?=[{HAN}“])")),
    (CN, re.compile(rf"({_CN})\s*[、.,:]\s*")),
    (CN_BRACKET, re.compile(rf"\(\s*({_CN})\s*\)[\s、.,:]*")),
    (DEEP, re.compile(r"(\d{1,2}(?:\.\d{1,2})+)(?![\d年月%])[\s、.,]*")),
    (NUM, re.compile(r"(\d{1,3})\s*[.、,:](?!\d)\s*")),
    (NUM_BRACKET, re.compile(r"\(\s*(\d{1,3})\s*\)[\s、.,:]*")),
    (ORDINAL, re.compile(rf"({_CN})(?:是|要)\s*")),
)
_DAMAGED = (
    (CN_BRACKET, "bracket", re.compile(rf"\(\s*({_CN})\s*(?=[{HAN}“])")),
    (CN_BRACKET, "bracket", re.compile(rf"({_CN})\s*\)\s*")),
    (NUM_BRACKET, "bracket", re.compile(rf"\(\s*(\d{{1,3}})\s*(?=[{HAN}“])")),
    (NUM_BRACKET, "bracket", re.compile(r"(\d{1,3})\s*\)\s*")),
    (NUM, "dot", re.compile(rf"(\d{{1,3}})\s*(?=[{HAN}“《(])(?![{_COUNTED}])")),
    (CN, "dot", re.compile(rf"({_CN})\s*(?=[{HAN}“])")),
    (CN_BRACKET, "bracket", re.compile(rf"({_CN})\s*(?=[{HAN}“])")),
)
_NUMBERLESS = (
    (CN_BRACKET, re.compile(r"\(\s*\)\s*")),
    (NUM_BRACKET, re.compile(r"\(\s*\)\s*")),
    (CN_BRACKET, re.compile(rf"[()]\s*(?=[{HAN}“])")),
    (NUM_BRACKET, re.compile(rf"[()]\s*(?=[{HAN}“])")),
    (NUM, re.compile(rf"[.]\s*(?=[{HAN}“])")),
    (CN, re.compile(rf"[、]\s*(?=[{HAN}“][^。;]{{1,30}}$)")),
    (NUM, re.compile(rf"[、]\s*(?=[{HAN}“])")),
    (ORDINAL, re.compile(rf"是(?=[{HAN}“])")),
    (CLAUSE, re.compile(r"第\s*条[\s、.,:]*")),
    (NAMED, re.compile(r"(?:任务|措施|举措|行动|工程|项目)\s*:\s*")),
)
FAMILIES = ((NUM, NUM_BRACKET), (CN, CN_BRACKET))
_CIRCLED = {chr(0x2460 + i): (CIRCLE, i + 1) for i in range(20)}
_CIRCLED |= {chr(0x2160 + i): (ROMAN, i + 1) for i in range(12)}
_CIRCLED |= {chr(0x2776 + i): (CIRCLE, i + 1) for i in range(10)}
_CIRCLED |= {chr(0x2474 + i): (NUM_BRACKET, i + 1) for i in range(20)}
_CIRCLED |= {chr(0x2488 + i): (NUM, i + 1) for i in range(20)}
_CIRCLED |= {chr(0x3220 + i): (CN_BRACKET, i + 1) for i in range(10)}


@dataclass(frozen=True, slots=True)
class Marker:
    """One way to read the beginning of a line. `fault` is empty when nothing is missing."""

    kind: str
    number: int | None
    start: int
    end: int
    fault: str = ""
    depth: int = 0


def readings(line: str, start: int) -> list[Marker]:
    """Return the ways to read the beginning of this line as a number, surest first."""
    skip = _BULLET.match(line)
    at = skip.end() if skip else 0
    sure = _sure(line, at, start)
    if sure:
        return [sure]
    found = [
        Marker(kind, number(match.group(1)), start + at, start + match.end(), fault)
        for kind, fault, pattern in _DAMAGED
        if (match := pattern.match(line, at))
    ]
    if found:
        return found
    return [
        Marker(kind, None, start + at, start + match.end(), "number")
        for kind, pattern in _NUMBERLESS
        if (match := pattern.match(line, at))
    ]


def _sure(line: str, at: int, start: int) -> Marker | None:
    if line[at : at + 1] in _CIRCLED:
        kind, value = _CIRCLED[line[at]]
        end = at + 1 + len(line[at + 1 :]) - len(line[at + 1 :].lstrip(" 、.,:"))
        return Marker(kind, value, start + at, start + end)
    for kind, pattern in _CERTAIN:
        match = pattern.match(line, at)
        if match and kind == DEEP:
            pieces = match.group(1).split(".")
            return Marker(kind, int(pieces[-1]), start + at, start + match.end(), depth=len(pieces))
        if match and kind == LETTER:
            value = ord(match.group(1)) - ord("A") + 1
            return Marker(kind, value, start + at, start + match.end())
        if match:
            return Marker(kind, number(match.group(1)), start + at, start + match.end())
    return None
