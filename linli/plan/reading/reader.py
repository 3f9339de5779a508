"""Reading a plan: outline, sections, tasks, targets, measures, and what stayed unread."""

from __future__ import annotations

import re
from dataclasses import replace

from linli.plan.reading import (
    account,
    cutting,
    head,
    measures,
    outline,
    sections,
    stages,
    targets,
    tasks,
)
from linli.plan.reading.dates import NO_SUCH_DAY
from linli.plan.reading.nodes import Node
from linli.plan.reading.plain import plain as in_plain
from linli.plan.reading.sections import GOAL, PRINCIPLE, REQUIREMENT, STAGES, TASKS, Finder
from linli.plan.reading.shape import Guess, Heading, Passage, PlanRead, Target, Unread

_PERIOD = re.compile(
    r"(?:通过|用|利用|经过|力争|再用)\D{0,4}(?P<a>[1-9])(?P<b>[2-9])年(?=的?努力|左右|时间|,)"
)
_YEARLESS = re.compile(
    r"\s*(?:\d{1,2}月|[一二三四五六七八九十]{1,2}月|年[底末中]|[上下]半年|第?.季度)"
)


def read_plan(text: str) -> PlanRead:
    """Read a plan document from its text as it stands, faults and all."""
    read = PlanRead(text)
    plain = in_plain(text)
    end = head.body_end(plain)
    root, read.guesses = outline.read(plain[:end], text)
    first = root.children[0].start if root.children else tasks.first_table(plain, end)
    head.read_head(read, plain, first)
    year = head.year_of(read, plain, end)
    _parts(read, plain, root, year)
    cutting.cut_titles(read)
    _add_dates(read, plain, year)
    _finish(read, plain)
    return read


def _parts(read: PlanRead, plain: str, root: Node, year: int | None) -> None:
    finder = Finder(plain)
    roles = {
        id(node): sections.role_of(plain[slice(*sections.title_of(node, plain))])
        for node in root.children
    }
    chosen = sections.task_sections(root, finder, roles)
    for node in root.children:
        if node.kind == "annex":
            continue
        role = roles[id(node)]
        if node in chosen:
            tasks.read_section(read, plain, node, finder, role, year)
            continue
        _heading(read, plain, node)
        if role == STAGES:
            stages.read_section(read, plain, node, year)
        else:
            _passages(read, plain, node, role if role != TASKS else "text")
    tasks.read_tables(read, plain, year)
    tasks.number(read)


def _heading(read: PlanRead, plain: str, node: Node) -> None:
    start, end = sections.title_of(node, plain)
    read.parts.append(
        Heading(
            node.number, read.text[node.start : start].strip(), read.text[start:end],
            sections.role_of(plain[start:end]), node.start, end,
        )
    )  # fmt: skip


def _passages(read: PlanRead, plain: str, node: Node, role: str) -> None:
    _start, end = sections.title_of(node, plain)
    kind = role if role in (GOAL, PRINCIPLE, REQUIREMENT) else "text"
    if plain[end : node.own_end].strip(" \r\n\t。.:"):
        read.passages.append(Passage(kind, 0, "", node.number, end, node.own_end, end))
    for child in node.children:
        start, stop = sections.title_of(child, plain)
        read.passages.append(
            Passage(
                kind, child.number, read.text[start:stop], node.number, child.start, child.end, stop
            )
        )


def _add_dates(read: PlanRead, plain: str, year: int | None) -> None:
    """Targets and measures of every item; goals give targets without a task."""
    for task in read.tasks:
        span = (task.body_start, task.body_end)
        text = read.text
        found = targets.of_block(text, plain, span, year)
        found = tasks.with_row_deadline(read, plain, task, found, year)
        read.unread += [
            Unread("amount_unread", text[a:b], a, b)
            for a, b in targets.left(plain, span, found, year)
        ]
        found = [t if t.name else replace(t, name=task.title) for t in found]
        read.targets += targets.numbered(found, task.number)
        read.measures += measures.read(read.text, plain, ("task", task.number), span, year)
    read.tasks = [replace(t, force=tasks.force_of(read, t)) for t in read.tasks]
    for stage in read.stages:
        read.targets.append(stages.target_of(read, plain, stage, year))
        span = (stage.body_start, stage.end)
        read.measures += measures.read(read.text, plain, ("stage", stage.number), span, year)
    goals: list[Target] = []
    for passage in read.passages:
        span = (passage.body_start, passage.end)
        if passage.kind == REQUIREMENT:
            owner = ("requirement", passage.number)
            read.measures += measures.read(read.text, plain, owner, span, year)
        elif passage.kind == GOAL:
            goals += targets.of_block(read.text, plain, span, year)
    read.targets += [replace(t, code=f"G{n:02}") for n, t in enumerate(goals, 1)]


def _finish(read: PlanRead, plain: str) -> None:
    """Say what was guessed in dates and periods, and what no item took."""
    read.guesses += stages.date_guesses(read, plain)
    for match in _PERIOD.finditer(plain):
        raw, reading = match["a"] + match["b"] + "年", f"{match['a']}—{match['b']}年"
        read.guesses.append(Guess("dash_missing", raw, reading, match.start("a"), match.end()))
    for task in read.tasks:
        if not task.departments:
            read.unread.append(Unread("no_department", task.title[:40], task.start, task.end))
    read.unread += stages.impossible_days(read, plain)
    impossible = tuple(one.raw for one in read.unread if one.code == NO_SUCH_DAY)
    events = {
        (target.task, target.deadline_text): target
        for target in reversed(read.targets)
        if target.deadline_text and target.deadline is None
        # a tail such as 前 may follow
        if not (impossible and target.deadline_text.startswith(impossible))
    }
    for target in events.values():
        raw = target.deadline_text
        code = "year_unknown" if _YEARLESS.match(raw) else "date_of_event"
        read.unread.append(Unread(code, raw, target.start, target.end))
    _serial(read)
    read.unread += account.unplaced(read)
    read.guesses.sort(key=lambda one: one.start)
    read.unread.sort(key=lambda one: one.start)


def _serial(read: PlanRead) -> None:
    """The number of the document may have lost its serial on the web page."""
    number = read.document_number
    if number and not re.search(r"\d\s*号", number[-4:]):
        at = max(read.text.find(number), 0)
        read.unread.append(Unread("serial_missing", number, at, at + len(number)))
