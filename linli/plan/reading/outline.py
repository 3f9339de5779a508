"""The tree of numbered lines, with numbers, dots, brackets and line breaks mended as guesses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from linli.plan.reading import markers, mentions, tables
from linli.plan.reading.markers import CN, CN_BRACKET, DEEP, NUM, ORDINAL, TITLE, Marker
from linli.plan.reading.shape import Guess

_SECTION = re.compile(
    r"(?:工作|主要|重点|总体|实施|组织|保障|基本|目标|推进)(?:和|与)?(?:主要|重点)?(?:目标|任务|原则|要求|步骤|措施|保障|思路|举措|安排)$"
)
_ANNEX = re.compile(r"附\s*(?:件|表|录)?\s*[一二三四五六七八九\d]{0,2}\s*[:：]?\s*$|附件\s*\d*\s*[:：]")
_BREAK = re.compile(r"(?<=[。;:)局委部办院联会])\s*(?=[\d(一二三四五六七八九十①-⑳第])")
HEADING_LONGEST = 45


@dataclass(slots=True)
class Node:
    """A numbered line, what stands under it, and the nodes inside it."""

    kind: str
    number: int
    start: int
    text_start: int
    end: int
    depth: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def own_end(self) -> int:
        """Where its own text ends and its first child begins."""
        return self.children[0].start if self.children else self.end


class Outline:
    """Reads lines from the top and keeps the open nodes on a stack."""

    def __init__(self, plain: str, text: str) -> None:
        self.plain, self.text = plain, text
        self.root = Node("root", 0, 0, 0, len(plain))
        self.stack: list[Node] = [self.root]
        self.newest: dict[str, int] = {}
        self.guesses: list[Guess] = []
        self.closed = False
        self.child_kind: dict[str, str] = {}

    def read(self) -> Node:
        """Build the tree and return its root."""
        in_table = tables.line_numbers(self.plain)
        lines = _lines(self.plain)
        for index, (start, end) in enumerate(lines):
            if index in in_table:
                self.closed = False
                continue
            following = next((one for one in lines[index + 1 :] if self._holds(one)), None)
            self._line(start, end, following)
        self._close(self.root, len(self.plain))
        return self.root

    def _holds(self, line: tuple[int, int]) -> bool:
        return bool(self.plain[line[0] : line[1]].strip())

    def _line(self, start: int, end: int, following: tuple[int, int] | None) -> None:
        line = self.plain[start:end]
        if not line.strip():
            return
        if _ANNEX.match(line.strip()) and self.stack[-1] is not self.root:
            self._open(Marker("annex", None, start, end))
            return
        marker = self._accepted(line, start) or self._unmarked(start, end, following)
        if marker:
            self._open(marker)
        at = marker.end if marker else start
        while inner := self._inline(at, end):
            self._open(inner)
            at = inner.end
        self.closed = self._ends_with_departments(at, end)

    def _accepted(self, line: str, start: int) -> Marker | None:
        found = markers.readings(line, start)
        if found and not found[0].fault:
            return self._unless_prose(self._in_family(found[0]))
        fitting = [m for m in map(self._mended, found) if self._expected(m, line)]
        if not fitting:
            return None
        marker = fitting[0]
        if len(fitting) > 1 and sections_word(self.plain, marker) is None:
            marker = fitting[-1]
        self._guess(marker.fault + "_missing", marker)
        return marker

    def _in_family(self, marker: Marker) -> Marker:
        """(2) behind 1: nothing begins with two, so the sign before had lost its brackets."""
        top = self.stack[-1]
        for family in markers.FAMILIES:
            if marker.kind in family and marker.kind not in {n.kind for n in self.stack}:
                if top.kind in family and marker.number == top.number + 1 and top.number:
                    return replace(marker, kind=top.kind)
        return marker

    def _mended(self, marker: Marker) -> Marker:
        """Read 8 as 18 where 18 comes next and a digit may have been lost."""
        marker = self._in_family(marker)
        wanted = self.newest.get(marker.kind, 0) + 1
        if marker.kind == NUM and marker.number and wanted > 9 and marker.number < 10:
            if str(marker.number) in str(wanted):
                return replace(marker, number=wanted)
        return marker

    def _unless_prose(self, marker: Marker) -> Marker | None:
        """A line such as 一、二、三产业 or 一要 in the middle of prose is no heading."""
        rest = self.plain[marker.end : marker.end + 2]
        if marker.kind == CN and rest[1:2] == "、" and rest[0] in "一二三四五六七八九十":
            return None
        return marker

    def _expected(self, marker: Marker, line: str) -> bool:
        """Whether a damaged number is the one that comes next here."""
        kind = marker.kind
        open_kinds = {node.kind for node in self.stack}
        if marker.number is None:
            known = kind in open_kinds or kind in self.newest or kind in (CN, CN_BRACKET, NUM)
            return known and self._unbalanced(line, marker)
        bare = marker.fault == "dot" or not any(c in line[:6] for c in "()")
        if bare and kind in (CN, CN_BRACKET) and len(line.strip()) > HEADING_LONGEST:
            sentence = line.split("。")[0]
            if len(sentence) > HEADING_LONGEST:
                return False
        last = next((n for n in reversed(self.stack) if n.kind == kind), None)
        nexts = {self.newest[kind] + 1, self.newest[kind] + 2} if kind in self.newest else set()
        heading = len(line.strip()) <= 30 and not re.search(r"[。;,]", line)
        if last is None and (kind == NUM or not bare or (heading and kind == CN_BRACKET)):
            nexts.add(1)
        return marker.number in nexts

    def _unbalanced(self, line: str, marker: Marker) -> bool:
        sign = self.plain[marker.start : marker.start + 1]
        if sign not in "()":
            return True
        if line.strip().startswith("()") or re.match(r"\(\s+\)", line.strip()):
            return True
        indent = len(line) - len(line.lstrip())
        found = mentions.in_paragraph(
            self.plain, marker.start, marker.start - indent + len(line.rstrip())
        )
        if found and found[0].start <= marker.end:
            return False
        return line.count("(") != line.count(")")

    def _unmarked(self, start: int, end: int, following: tuple[int, int] | None) -> Marker | None:
        """A heading whose whole number was lost, told by its neighbours."""
        line = self.plain[start:end].strip()
        begin = start + self.plain[start:end].find(line[:1])
        if len(line) <= 12 and _SECTION.search(line) and not line.endswith(tuple("。;,")):
            marker = Marker(CN, None, begin, begin, "number")
        elif len(self.stack) < 2:
            return None
        elif (kind := self._sibling_kind(line, end, following)) is None:
            return None
        else:
            marker = Marker(kind, None, begin, begin, "number")
        self._guess("number_missing", Marker(marker.kind, None, begin, end))
        return marker

    def _sibling_kind(self, line: str, end: int, following: tuple[int, int] | None) -> str | None:
        """The kind that a paragraph without any number has, told by what is around it."""
        top = self.stack[-1]
        after = self._reading_at(following)
        if re.search(r"[。;!?]", line):
            if not self._is_task_like(line, end):
                return None
            if self.closed:
                return top.kind
            if after and self._is_second(after):
                return after.kind
            if self.plain[top.text_start : end - len(line)].count("\n") > 1 + self._blank(top, end):
                return None
            return self.child_kind.get(top.kind) or (NUM if self._task_follows(following) else None)
        if len(line) > HEADING_LONGEST or self._names_departments(line, end):
            return None
        if after is None:
            is_group = self.closed and self._task_follows(following)
            return self._group_kind() if is_group else None
        if self.closed and len(self.stack) > 2 and after.kind == top.kind:
            return self.stack[-2].kind
        first = after.number in (1, None) and after.kind == NUM and NUM not in self._open_kinds()
        return CN_BRACKET if first and top.kind == CN else None

    def _group_kind(self) -> str:
        return self.stack[-2].kind if len(self.stack) > 2 else CN_BRACKET

    def _blank(self, top: Node, end: int) -> int:
        """How many empty lines stand between a heading and this line."""
        lines = self.plain[top.text_start : end].split("\n")[1:-1]
        return sum(not line.strip() for line in lines)

    def _task_follows(self, line: tuple[int, int] | None) -> bool:
        return line is not None and self._is_task_like(self.plain[slice(*line)].strip(), line[1])

    def _is_task_like(self, line: str, end: int) -> bool:
        """A short first sentence, departments at the end, and something between them."""
        start = end - len(line)
        title = re.split(r"[。:]", line)[0]
        found = mentions.in_paragraph(self.plain, start, end)
        if len(title) > HEADING_LONGEST or not found or found[0].start <= start + 1:
            return False
        return self._ends_with_departments(start, end)

    def _names_departments(self, line: str, end: int) -> bool:
        return bool(mentions.in_paragraph(self.plain, end - len(line), end))

    def _is_second(self, after: Marker) -> bool:
        """Whether the next line's number leaves room for exactly one before it."""
        if after.kind in self._open_kinds():
            return False
        wanted = self.newest.get(after.kind, 0) + 2
        return after.number in (2, wanted) or (after.number is None and after.kind == NUM)

    def _open_kinds(self) -> set[str]:
        return {node.kind for node in self.stack}

    def _reading_at(self, line: tuple[int, int] | None) -> Marker | None:
        if line is None:
            return None
        found = markers.readings(self.plain[line[0] : line[1]], line[0])
        return found[0] if found else None

    def _inline(self, start: int, end: int) -> Marker | None:
        """A number in the middle of a line, where its line break was lost."""
        for match in _BREAK.finditer(self.plain, start, end):
            found = markers.readings(self.plain[match.end() : end], match.end())
            marker = found[0] if found and not found[0].fault else None
            if marker is None or marker.end >= end or not self._continues(marker):
                continue
            behind = self.plain[match.start() - 1]
            if behind in ":)局委部办院联会" and marker.kind in (ORDINAL, CN):
                continue
            if behind not in "。;:)" and not self._ends_with_departments(start, match.start()):
                continue
            self._guess("line_break_missing", marker)
            return marker
        return None

    def _continues(self, marker: Marker) -> bool:
        last = next((n for n in reversed(self.stack) if n.kind == marker.kind), None)
        if last is not None:
            return marker.number == last.number + 1
        return marker.number in (1, self.newest.get(marker.kind, 0) + 1)

    def _ends_with_departments(self, start: int, end: int) -> bool:
        last = end - (len(self.plain[start:end]) - len(self.plain[start:end].rstrip(" 。.)(;")))
        found = mentions.in_paragraph(self.plain, start, end)
        return bool(found) and found[-1].end >= last

    def _open(self, marker: Marker) -> None:
        level = next(
            (i for i, n in enumerate(self.stack) if _same(n, marker)), None
        ) or self._level_of_new(marker)
        for node in self.stack[level:]:
            self._close(node, marker.start)
        del self.stack[level:]
        parent = self.stack[-1]
        number = marker.number if marker.number is not None else self._next(marker.kind, parent)
        node = Node(marker.kind, number, marker.start, marker.end, len(self.plain), marker.depth)
        node.parent = parent
        parent.children.append(node)
        if parent.kind != CN:
            self.child_kind.setdefault(parent.kind, node.kind)
        self.stack.append(node)
        self.newest[marker.kind] = number
        if marker.kind in (CN, markers.PART, "annex"):
            self.newest = {k: v for k, v in self.newest.items() if k in (CN, markers.PART)}

    def _level_of_new(self, marker: Marker) -> int:
        """Where a kind that is not open goes: below the newest node, parts at the top."""
        if marker.kind in (markers.PART, "annex"):
            return 1
        if marker.kind == CN and len(self.stack) > 1 and self.stack[1].kind != markers.PART:
            return 1
        if marker.kind == DEEP:
            for i, node in enumerate(self.stack):
                if node.kind == DEEP and node.depth >= marker.depth:
                    return i
        return len(self.stack)

    def _next(self, kind: str, parent: Node) -> int:
        return parent.children[-1].number + 1 if parent.children else self.newest.get(kind, 0) + 1

    def _close(self, node: Node, end: int) -> None:
        node.end = end

    def _guess(self, code: str, marker: Marker) -> None:
        raw = self.text[marker.start : max(marker.end, marker.start + 8)].split("\n")[0]
        reading = "" if marker.number is None else str(marker.number)
        self.guesses.append(Guess(code, raw, reading, marker.start, marker.end))


def sections_word(plain: str, marker: Marker) -> re.Match[str] | None:
    """Whether the line is headed by a word that parts of plans have: 工作任务, 实施步骤."""
    return _SECTION.search(plain[marker.end :].split("\n")[0].strip())


def _same(node: Node, marker: Marker) -> bool:
    if node.kind != marker.kind or node.kind == TITLE:
        return False
    return node.kind != DEEP or node.depth == marker.depth


def _lines(text: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        out.append((at, at + len(line.rstrip("\r\n\x0b\x0c"))))
        at += len(line)
    return out
