"""The tree of numbered lines, with numbers, dots, brackets and line breaks mended as guesses."""

from __future__ import annotations

import re

from linli.plan.reading import damaged, lost, markers, tables
from linli.plan.reading.markers import CN, ORDINAL, Marker
from linli.plan.reading.nodes import ANNEX, Branch, Line, Node, lines_of
from linli.plan.reading.shape import Guess

_ANNEX = re.compile(r"附\s*(?:件|表|录)?\s*[一二三四五六七八九\d]{0,2}\s*:?\s*$|附件\s*\d*\s*:")
_BREAK = re.compile(r"(?<=[。;:)局委部办院联会])\s*(?=[\d(一二三四五六七八九十①-⑳第])")
_NAME_ENDS = ":)局委部办院联会"


def read(plain: str, text: str) -> tuple[Node, list[Guess]]:
    """Return the root of the tree, and what was guessed on the way."""
    root = Node("root", 0, 0, 0, len(plain))
    branch = Branch(plain, text, [root])
    in_table = tables.line_numbers(plain)
    every = lines_of(plain)
    for index, line in enumerate(every):
        if index in in_table:
            branch.closed = False
        elif line.text.strip():
            following = next((one for one in every[index + 1 :] if one.text.strip()), None)
            _line(branch, line, following)
    return root, branch.guesses


def _line(branch: Branch, line: Line, following: Line | None) -> None:
    if _ANNEX.match(line.text.strip()) and len(branch.stack) > 1:
        branch.open(Marker(ANNEX, None, line.start, line.end))
        return
    after = _reading_of(following)
    marker = damaged.accepted(branch, line, after) or lost.found(branch, line, following, after)
    if marker:
        branch.open(marker)
    at = marker.end if marker else line.start
    while inner := _inline(branch, at, line.end):
        branch.open(inner)
        at = inner.end
    branch.closed = branch.ends_with_departments(at, line.end)


def _reading_of(line: Line | None) -> Marker | None:
    found = markers.readings(line.text, line.start) if line else []
    return found[0] if found else None


def _inline(branch: Branch, start: int, end: int) -> Marker | None:
    """A number in the middle of a line, where its line break was lost."""
    for match in _BREAK.finditer(branch.plain, start, end):
        found = markers.readings(branch.plain[match.end() : end], match.end())
        marker = found[0] if found and not found[0].fault else None
        if marker is None or marker.end >= end or not _continues(branch, marker):
            continue
        behind = branch.plain[match.start() - 1]
        if behind in _NAME_ENDS and marker.kind in (ORDINAL, CN):
            continue
        if behind not in "。;:)" and not branch.ends_with_departments(start, match.start()):
            continue
        branch.guess("line_break_missing", marker)
        return marker
    return None


def _continues(branch: Branch, marker: Marker) -> bool:
    last = branch.last(marker.kind)
    if last is not None:
        return marker.number == last.number + 1
    return marker.number in (1, branch.newest.get(marker.kind, 0) + 1)
