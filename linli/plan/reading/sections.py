"""What the parts of a plan are about, and on which level its tasks stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linli.plan.reading import mentions
from linli.plan.reading.markers import (
    CLAUSE,
    CN,
    CN_BRACKET,
    NAMED,
    NUM,
    NUM_BRACKET,
    PART,
    ROMAN,
    SECTION,
)
from linli.plan.reading.mentions import Mention
from linli.plan.reading.nodes import Node

GOAL, PRINCIPLE, TASKS, STAGES, REQUIREMENT, UNKNOWN = (
    "goal",
    "principle",
    "tasks",
    "stages",
    "requirement",
    "text",
)
_ROLES = (
    (GOAL, re.compile(r"^(?:工作|总体|主要|年度)?目标(?:和|与)?(?:任务)?$")),
    (
        STAGES,
        re.compile(r"步骤|进度安排|时间安排|实施阶段|工作阶段|实施进度|日程|推进安排|阶段安排"),
    ),
    (
        REQUIREMENT,
        re.compile(r"工作要求|有关要求|相关要求|保障|组织领导|组织实施|监督检查|附则|实施要求"),
    ),
    (
        TASKS,
        re.compile(
            r"任务|举措|措施|重点工作|工作内容|主要内容|分工|重点项目|行动内容|工作清单|实施内容"
        ),
    ),
    (PRINCIPLE, re.compile(r"原则")),
    (GOAL, re.compile(r"目标|总体要求|指导思想|总体思路|基本思路")),
)

# Which sign usually stands above which; others have no fixed place.
_RANK = {PART: 1, SECTION: 2, CN: 3, CLAUSE: 4, CN_BRACKET: 5, NAMED: 4, NUM: 6, NUM_BRACKET: 7}
_LOWEST = 9


@dataclass(frozen=True, slots=True)
class Found:
    """A node that is a task, and the departments that its text names."""

    node: Node
    mentions: tuple[Mention, ...]
    inherited: tuple[Mention, ...] = ()


def strays(node: Node) -> list[Node]:
    """Numbered lines inside a task whose sign does not belong below the task's own."""
    rank = _RANK.get(node.kind, 0)
    out: list[Node] = []
    for child in node.children:
        if _RANK.get(child.kind, _LOWEST) <= rank or child.kind == ROMAN:
            out.append(child)
        else:
            out += strays(child)
    return out


def role_of(title: str) -> str:
    """Return what a part is about, told by the words of its heading."""
    return next((role for role, pattern in _ROLES if pattern.search(title)), UNKNOWN)


def title_of(node: Node, plain: str) -> tuple[int, int]:
    """The offsets of a heading's words: up to its first sentence end or line end."""
    line_end = plain.find("\n", node.text_start, node.own_end)
    line_end = node.own_end if line_end < 0 else line_end
    stop = re.search(r"[。;:]|(?<=\S\S) {2,}(?=\S)", plain[node.text_start : line_end])
    end = node.text_start + stop.start() if stop else line_end
    first = mentions.in_paragraph(plain, node.text_start, line_end)
    if first and node.text_start < first[0].start < end:
        end = first[0].start
    found = plain[node.text_start : end]
    inner = found.rstrip(" .,:;、*#\r\n(\t")
    return node.text_start, node.text_start + len(inner)


class Finder:
    """Finds the tasks of a part by where departments are named."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.cache: dict[int, tuple[Mention, ...]] = {}

    def mentions_of(self, node: Node) -> tuple[Mention, ...]:
        """The mentions in a node with all that stands inside it."""
        key = id(node)
        if key not in self.cache:
            self.cache[key] = tuple(mentions.in_block(self.plain, node.text_start, node.end))
        return self.cache[key]

    def share(self, node: Node) -> float:
        """Which share of the children name departments."""
        named = sum(bool(self.mentions_of(child)) for child in node.children)
        return named / len(node.children) if node.children else 0.0

    def tasks(self, section: Node, *, heads_tasks: bool = True) -> list[Found]:
        """The tasks of one part, in the order of the text."""
        found = self.mentions_of(section)
        if not section.children or (len(found) == 1 and not heads_tasks):
            return [Found(section, found)] if found else []
        if not found:
            return [Found(node, ()) for node in self._by_structure(section)]
        goes_deeper = self._children_name_their_own(section)
        return [f for child in section.children for f in self._below(child, deeper=goes_deeper)]

    def _children_name_their_own(self, section: Node) -> bool:
        """Whether it is the usual thing in this part that the third level names departments."""
        inner = [grand for child in section.children for grand in child.children]
        named = sum(bool(self.mentions_of(grand)) for grand in inner)
        return bool(inner) and named / len(inner) > 0.6

    def _below(self, node: Node, *, deeper: bool) -> list[Found]:
        own = self._own(node)
        clusters = len(self.mentions_of(node))
        named = sum(bool(self.mentions_of(child)) for child in node.children)
        if node.children and not own and named:
            usual = deeper and named >= 1
            if usual or (named >= 2 and self.share(node) > 0.5):
                return [f for child in node.children for f in self._leaf(child)]
        return [Found(node, self._relevant(node, clusters))]

    def _leaf(self, node: Node) -> list[Found]:
        """One level deeper only when nearly all of the inner items name departments."""
        named = sum(bool(self.mentions_of(child)) for child in node.children)
        if named >= 2 and named == len(node.children) and not self._own(node):
            return [f for child in node.children for f in self._leaf(child)]
        return [Found(node, self._relevant(node, len(self.mentions_of(node))))]

    def _own(self, node: Node) -> bool:
        """Whether departments stand in the node's own text, before its first child."""
        return any(m.start < node.own_end for m in self.mentions_of(node))

    def _relevant(self, node: Node, clusters: int) -> tuple[Mention, ...]:
        """Those in brackets or behind a label, when there are such; else the last one."""
        found = self.mentions_of(node)
        if clusters > 1 and self._own(node):
            apart = [(one.start, one.end) for one in strays(node)]
            found = tuple(m for m in found if not any(a <= m.start < b for a, b in apart))
        if clusters <= 1:
            return found
        sure = tuple(m for m in found if m.how in ("bracket", "label"))
        return sure or found[-1:]

    def _by_structure(self, section: Node) -> list[Node]:
        """Without any departments: the deepest level of dotted numbers, else the children."""
        inner = [grand for child in section.children for grand in child.children]
        with_inner = sum(bool(child.children) for child in section.children)
        kinds = {grand.kind for grand in inner}
        if inner and with_inner * 2 > len(section.children) and kinds <= {"num", "deep", "named"}:
            return inner
        return section.children


def task_sections(root: Node, finder: Finder, roles: dict[int, str]) -> list[Node]:
    """The parts that hold tasks: those that say so, else those that name departments."""
    parts = [node for node in root.children if node.kind != "annex"]
    chosen = [
        n
        for n in parts
        if (roles[id(n)] == TASKS and n.children)
        or (roles[id(n)] in (UNKNOWN, TASKS) and finder.mentions_of(n))
    ]
    leaves = [n for n in chosen if not n.children]
    if len(leaves) > 1:
        chosen = [n for n in parts if n in chosen or (not n.children and finder.mentions_of(n))]
    if chosen:
        return chosen
    naming = [n for n in parts if finder.mentions_of(n)]
    return naming or [n for n in parts if roles[id(n)] == UNKNOWN and n.children]
