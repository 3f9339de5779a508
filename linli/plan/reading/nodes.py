"""The tree of numbered lines while it is built: the open branch and what was numbered last."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from linli.plan.reading import markers, mentions
from linli.plan.reading.markers import (
    CLAUSE,
    CN,
    CN_BRACKET,
    DEEP,
    NAMED,
    NUM,
    NUM_BRACKET,
    ROMAN,
    Marker,
)
from linli.plan.reading.shape import Guess

HEADING_LONGEST = 45
# Kinds that take turns in faulty plans: 1. 2. 第三条.
_TAKES_TURNS = (NUM, NUM_BRACKET, CN_BRACKET, CLAUSE, NAMED, ROMAN)
ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line end, and where it stands."""

    text: str
    start: int
    end: int


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


@dataclass(slots=True)
class Branch:
    """The open nodes from the root down, and what the numbers so far lead one to expect."""

    plain: str
    text: str
    stack: list[Node]
    newest: dict[str, int] = field(default_factory=dict)
    child_kind: dict[str, str] = field(default_factory=dict)
    guesses: list[Guess] = field(default_factory=list)
    closed: bool = False

    @property
    def top(self) -> Node:
        """The innermost open node."""
        return self.stack[-1]

    def kinds(self) -> set[str]:
        """The kinds of the open nodes."""
        return {node.kind for node in self.stack}

    def last(self, kind: str) -> Node | None:
        """The open node of a kind."""
        return next((node for node in reversed(self.stack) if node.kind == kind), None)

    def guess(self, code: str, marker: Marker) -> None:
        """Note how a damaged number was read."""
        raw = self.text[marker.start : max(marker.end, marker.start + 8)].split("\n")[0]
        reading = "" if marker.number is None else str(marker.number)
        self.guesses.append(Guess(code, raw, reading, marker.start, marker.end))

    def ends_with_departments(self, start: int, end: int) -> bool:
        """Whether the last thing of a stretch is a list of departments."""
        stretch = self.plain[start:end]
        last = end - (len(stretch) - len(stretch.rstrip(" 。.)(;")))
        found = mentions.in_paragraph(self.plain, start, end)
        return bool(found) and found[-1].end >= last

    def open(self, marker: Marker) -> None:
        """Begin a node where its kind stands in the branch, or below the newest one."""
        level = next((i for i, n in enumerate(self.stack) if _same(n, marker)), 0)
        if not level and self._goes_on(marker):
            self.guess("numbering_changed", marker)
            marker = replace(marker, kind=self.top.kind)
            level = len(self.stack) - 1
        level = level or self._level_of_new(marker)
        for node in self.stack[level:]:
            node.end = marker.start
        del self.stack[level:]
        parent = self.top
        number = marker.number if marker.number is not None else self._next(marker.kind)
        node = Node(marker.kind, number, marker.start, marker.end, len(self.plain), marker.depth)
        node.parent = parent
        parent.children.append(node)
        if parent.kind != CN:
            self.child_kind.setdefault(parent.kind, node.kind)
        self.stack.append(node)
        self.newest[marker.kind] = number
        if marker.kind in (CN, markers.PART, ANNEX):
            self.newest = {k: v for k, v in self.newest.items() if k in (CN, markers.PART)}

    def _goes_on(self, marker: Marker) -> bool:
        """Whether a sign of another kind counts on: nothing begins with three."""
        top = self.top
        if {CLAUSE, NAMED, ROMAN}.isdisjoint({marker.kind, top.kind}) or marker.fault:
            return False
        turns = marker.kind in _TAKES_TURNS and top.kind in _TAKES_TURNS
        return turns and bool(top.number) and marker.number == top.number + 1

    def _level_of_new(self, marker: Marker) -> int:
        if marker.kind == NAMED and "任务" in self.plain[marker.start : marker.end]:
            return self._level_of_task()
        if marker.kind in (markers.PART, ANNEX):
            return 1
        if marker.kind == CN and len(self.stack) > 1 and self.stack[1].kind != markers.PART:
            return 1
        if marker.kind == DEEP:
            for i, node in enumerate(self.stack):
                if node.kind == DEEP and node.depth >= marker.depth:
                    return i
        return len(self.stack)

    def _level_of_task(self) -> int:
        """任务一 stands inside no other task: beside the outermost that names departments."""
        for i, node in enumerate(self.stack[2:], 2):
            inner = self.stack[i + 1].start if i + 1 < len(self.stack) else len(self.plain)
            stop = self.plain.find("\n", node.text_start, inner)
            end = inner if stop < 0 else stop
            if mentions.in_paragraph(self.plain, node.text_start, end):
                return i
        return len(self.stack)

    def _next(self, kind: str) -> int:
        siblings = self.top.children
        return siblings[-1].number + 1 if siblings else self.newest.get(kind, 0) + 1


def _same(node: Node, marker: Marker) -> bool:
    if node.kind != marker.kind:
        return False
    return node.kind != DEEP or node.depth == marker.depth


def lines_of(text: str) -> list[Line]:
    """The lines of a text with their offsets."""
    out, at = [], 0
    for raw in text.splitlines(keepends=True):
        line = raw.rstrip("\r\n\x0b\x0c")
        out.append(Line(line, at, at + len(line)))
        at += len(raw)
    return out
