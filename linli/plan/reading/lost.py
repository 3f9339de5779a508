"""Headings whose whole number was lost, told by their neighbours."""

from __future__ import annotations

import re

from linli.plan.reading import mentions, sections_words
from linli.plan.reading.markers import CN, CN_BRACKET, NUM, Marker
from linli.plan.reading.nodes import HEADING_LONGEST, Branch, Line, Node

_PROSE = re.compile(r"[。;!?]")
_PART_LONGEST = 12


def found(
    branch: Branch, line: Line, following: Line | None, after: Marker | None
) -> Marker | None:
    """Return the number that a line without any should have, or None when it needs none."""
    text = line.text.strip()
    begin = line.start + line.text.find(text[:1])
    kind: str | None = None
    if len(text) <= _PART_LONGEST and sections_words.PART.search(text):
        kind = CN
    elif len(branch.stack) > 1 and _PROSE.search(text):
        kind = _kind_of_prose(branch, Line(text, begin, line.end), following, after)
    elif len(branch.stack) > 1:
        kind = _kind_of_heading(branch, Line(text, begin, line.end), following, after)
    if kind is None:
        return None
    branch.guess("number_missing", Marker(kind, None, begin, line.end))
    return Marker(kind, None, begin, begin, "number")


def _kind_of_prose(
    branch: Branch, line: Line, following: Line | None, after: Marker | None
) -> str | None:
    """A paragraph built like a task, where a task may begin."""
    top = branch.top
    if not _is_task_like(branch, line):
        return None
    if branch.closed:
        return top.kind
    if after and _is_second(branch, after):
        return after.kind
    if not _is_first_below(branch, top, line):
        return None
    if known := branch.child_kind.get(top.kind):
        return known
    return NUM if following and _is_task_like(branch, _stripped(following)) else None


def _kind_of_heading(
    branch: Branch, line: Line, following: Line | None, after: Marker | None
) -> str | None:
    """A short line without a sentence: the heading of a group, if tasks follow."""
    is_field = ":" in line.text or re.search(r"(?:19|20)\d\d", line.text)
    if is_field or len(line.text) > HEADING_LONGEST:
        return None
    if mentions.in_paragraph(branch.plain, line.start, line.end):
        return None
    deep = len(branch.stack) > 2
    if after is None:
        follows = following is not None and _is_task_like(branch, _stripped(following))
        group = branch.stack[-2].kind if deep else CN_BRACKET
        return group if branch.closed and follows else None
    if branch.closed and deep and after.kind == branch.top.kind:
        return branch.stack[-2].kind
    first = after.number in (1, None) and after.kind == NUM and NUM not in branch.kinds()
    return CN_BRACKET if first and branch.top.kind == CN else None


def _is_task_like(branch: Branch, line: Line) -> bool:
    """A short first sentence, departments at the end, and something between them."""
    title = re.split(r"[。:]", line.text)[0]
    named = mentions.in_paragraph(branch.plain, line.start, line.end)
    if len(title) > HEADING_LONGEST or not named or named[0].start <= line.start + 1:
        return False
    return branch.ends_with_departments(line.start, line.end)


def _is_second(branch: Branch, after: Marker) -> bool:
    """Whether the next line's number leaves room for exactly one before it."""
    if after.kind in branch.kinds():
        return False
    wanted = branch.newest.get(after.kind, 0) + 2
    return after.number in (2, wanted) or (after.number is None and after.kind == NUM)


def _is_first_below(branch: Branch, top: Node, line: Line) -> bool:
    """Whether nothing but empty lines stands between a heading and this line."""
    between = branch.plain[top.text_start : line.start].split("\n")[1:]
    return not any(one.strip() for one in between)


def _stripped(line: Line) -> Line:
    text = line.text.strip()
    begin = line.start + line.text.find(text[:1])
    return Line(text, begin, begin + len(text))
