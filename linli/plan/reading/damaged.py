"""Numbers that lost their dot, a bracket or a digit: which reading fits what came before."""

from __future__ import annotations

import re
from dataclasses import replace

from linli.plan.reading import markers, mentions, sections_words
from linli.plan.reading.markers import CN, CN_BRACKET, NUM, NUM_BRACKET, Marker
from linli.plan.reading.nodes import HEADING_LONGEST, Branch, Line

_HAN_NUMBERS = "一二三四五六七八九十"


def accepted(branch: Branch, line: Line, after: Marker | None) -> Marker | None:
    """Return how the beginning of a line is numbered, or None when it is prose."""
    found = markers.readings(line.text, line.start)
    if found and not found[0].fault:
        return _unless_prose(branch, _in_family(branch, found[0]))
    fitting = [
        marker
        for marker in (_mended(branch, one) for one in found)
        if _expected(branch, marker, line) or _like_next(branch, marker, line, after)
    ]
    if not fitting:
        return None
    marker = _likeliest(branch, fitting, line, after)
    branch.guess(marker.fault + "_missing", marker)
    return marker


def _unless_prose(branch: Branch, marker: Marker) -> Marker | None:
    """A line such as 一、二、三产业 is no heading."""
    rest = branch.plain[marker.end : marker.end + 2]
    if marker.kind == CN and rest[1:2] == "、" and rest[0] in _HAN_NUMBERS:
        return None
    return marker


def _in_family(branch: Branch, marker: Marker) -> Marker:
    """(2) behind 1: nothing begins with two, so the sign before had lost its brackets."""
    top = branch.top
    for family in markers.FAMILIES:
        if marker.kind not in family or marker.kind in branch.kinds():
            continue
        if top.kind in family and top.number and marker.number == top.number + 1:
            return replace(marker, kind=top.kind)
    return marker


def _mended(branch: Branch, marker: Marker) -> Marker:
    """Read 8 as 18 where 18 comes next and a digit may have been lost."""
    marker = _in_family(branch, marker)
    wanted = branch.newest.get(marker.kind, 0) + 1
    lost = marker.kind == NUM and marker.number and wanted > 9 > marker.number - 1
    if lost and str(marker.number) in str(wanted):
        return replace(marker, number=wanted)
    return marker


def _expected(branch: Branch, marker: Marker, line: Line) -> bool:
    """Whether a damaged number is the one that comes next here."""
    kind, newest = marker.kind, branch.newest
    if marker.number is None:
        known = kind in branch.kinds() or kind in newest or kind in (CN, CN_BRACKET, NUM)
        known = known and (kind != NUM_BRACKET or kind in newest)
        return known and _unbalanced(branch, line, marker)
    bare = marker.fault == "dot" or not any(c in line.text[:6] for c in "()")
    if bare and kind in (CN, CN_BRACKET) and len(line.text.split("。")[0]) > HEADING_LONGEST:
        return False
    nexts = {newest[kind] + 1, newest[kind] + 2} if kind in newest else set()
    heading = len(line.text.strip()) <= 30 and not re.search(r"[。;,]", line.text)
    first = kind == NUM or not bare or (heading and kind == CN_BRACKET)
    if branch.last(kind) is None and first:
        nexts.add(1)
    return marker.number in nexts


def _like_next(branch: Branch, marker: Marker, line: Line, after: Marker | None) -> bool:
    """A lost number of the kind that the next line has."""
    if marker.number is not None or after is None or marker.kind != after.kind:
        return False
    return _unbalanced(branch, line, marker)


def _likeliest(branch: Branch, found: list[Marker], line: Line, after: Marker | None) -> Marker:
    """Among kinds that fit: prose has the small numbers, a heading the large ones."""
    words = branch.plain[found[0].end :].split("\n")[0].strip()
    if len(found) == 1 or (found[0].number and sections_words.PART.search(words)):
        return found[0]
    if found[0].number is not None:
        return found[-1]
    small = [m for m in found if m.kind in (NUM, NUM_BRACKET)]
    known = {*branch.newest, after.kind if after else ""}
    if re.search(r"[。;]", line.text) and small and small[0].kind in known:
        return small[0]
    return found[0]


def _unbalanced(branch: Branch, line: Line, marker: Marker) -> bool:
    """A bracket that opens a line is a damaged number, unless it holds departments."""
    if branch.plain[marker.start : marker.start + 1] not in "()":
        return True
    text = line.text.strip()
    if re.match(r"\(\s*\)", text):
        return True
    indent = len(line.text) - len(line.text.lstrip())
    end = marker.start - indent + len(line.text.rstrip())
    found = mentions.in_paragraph(branch.plain, marker.start, end)
    if found and found[0].start <= marker.end:
        return False
    return text.count("(") != text.count(")")
