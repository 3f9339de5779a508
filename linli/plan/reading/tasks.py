"""Tasks: from the numbered lines of a part and from the rows of tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from linli.plan.reading import dates, departments, sections, tables
from linli.plan.reading.mentions import Mention
from linli.plan.reading.nodes import Node
from linli.plan.reading.sections import TASKS, Finder, Found
from linli.plan.reading.shape import (
    REQUIRE,
    Department,
    Guess,
    Heading,
    Passage,
    PlanRead,
    Target,
    Task,
    Unread,
)
from linli.plan.reading.tables import TableTask

_UNSURE = {"glued": "sentence_end_missing", "unclosed": "bracket_missing"}


def read_section(
    read: PlanRead, plain: str, section: Node, finder: Finder, role: str, year: int | None
) -> None:
    """Read the tasks of one part, with the headings of their groups."""
    found = finder.tasks(section, heads_tasks=role == TASKS)
    if any(one.node is section for one in found):
        for one in found:
            _task(read, plain, one, None, None)
        return
    start, end = sections.title_of(section, plain)
    label = read.text[section.start : start].strip()
    read.parts.append(
        Heading(section.number, label, read.text[start:end], TASKS, section.start, end)
    )
    if plain[end : section.own_end].strip(" \r\n\t。.:"):
        passage = Passage("text", 0, "", section.number, end, section.own_end, end)
        read.passages.append(passage)
    groups: dict[int, int] = {}
    for one in found:
        parent = one.node.parent
        inner = parent is not None and parent is not section
        if parent and inner and id(parent) not in groups:
            groups[id(parent)] = _group(read, plain, parent)
        _task(read, plain, one, section.number, groups[id(parent)] if inner else None)


def _group(read: PlanRead, plain: str, node: Node) -> int:
    start, end = sections.title_of(node, plain)
    label = read.text[node.start : start].strip()
    title = read.text[start:end]
    read.groups.append(Heading(node.number, label, title, "group", node.start, end))
    if plain[end : node.own_end].strip(" \r\n\t。.:"):
        read.passages.append(Passage("text", 0, "", node.number, end, node.own_end, end))
    return len(read.groups)


def _task(read: PlanRead, plain: str, found: Found, part: int | None, group: int | None) -> None:
    node = found.node
    start, end = sections.title_of(node, plain)
    body_end = node.end
    for mention in found.mentions:
        if code := _UNSURE.get(mention.how):
            raw = read.text[mention.start : mention.end]
            read.guesses.append(Guess(code, raw[:40], raw[:40], mention.start, mention.end))
    for inner in sections.strays(node):
        raw = read.text[inner.start : inner.end].split("\n")[0][:40].rstrip()
        read.guesses.append(
            Guess("numbering_inside", raw, label_of(read, node), inner.start, inner.end)
        )
    last = found.mentions[-1] if found.mentions else None
    if last and not plain[last.end : node.end].strip(" \r\n\t。.;)"):
        body_end = last.start
    body = end if plain[end:body_end].strip(" \r\n\t。.:;()") else start
    label = read.text[node.start : start].strip()
    read.tasks.append(
        Task(
            node.number, label, read.text[start:end], part, group,
            tuple(_departments(read.text, found.mentions)), REQUIRE, node.start, node.end,
            body, max(body_end, body),
        )
    )  # fmt: skip


def label_of(read: PlanRead, node: Node) -> str:
    """The number of a line as printed."""
    return read.text[node.start : node.text_start].strip()


def _departments(text: str, found: tuple[Mention, ...]) -> list[Department]:
    every = [entry for mention in found for entry in mention.entries]
    return [
        Department(text[word.start : word.end], leads, word.start, word.end)
        for word, leads in departments.in_order(every)
    ]


def first_table(plain: str, end: int) -> int:
    """Where the first table begins, for a document that is nothing but a table."""
    found = tables.blocks(plain[:end])
    return found[0][0].start if found else end


def read_tables(read: PlanRead, plain: str, year: int | None) -> None:
    """Add the tasks of tables; a table that repeats a task of the text adds departments only."""
    for rows in tables.blocks(plain):
        for row in tables.tasks_of(rows):
            same = _same_task(read, row)
            if same is not None:
                _complete(read, same, row)
                continue
            _row_task(read, row)


def _same_task(read: PlanRead, row: TableTask) -> int | None:
    for index, task in enumerate(read.tasks):
        if task.start <= row.start < task.end:
            return None
        a, b = task.title.strip("。 "), row.title.text.strip("。 ")
        if a and b and (a == b or (len(min(a, b, key=len)) > 5 and (a in b or b in a))):
            return index
    return None


def _complete(read: PlanRead, index: int, row: TableTask) -> None:
    task = read.tasks[index]
    if not task.departments:
        found = tuple(_of_entries(read.text, row))
        read.tasks[index] = replace(task, departments=found)


def _of_entries(text: str, row: TableTask) -> list[Department]:
    return [
        Department(text[word.start : word.end], leads, word.start, word.end)
        for word, leads in departments.in_order(list(row.entries))
    ]


def _row_task(read: PlanRead, row: TableTask) -> None:
    group = None
    if row.group:
        known = [i for i, g in enumerate(read.groups, 1) if g.title == row.group]
        if not known:
            number = len(read.groups) + 1
            read.groups.append(Heading(number, "", row.group, "group", row.start, row.start))
        group = known[0] if known else len(read.groups)
    read.tasks.append(
        Task(
            row.number or 0, str(row.number or ""), read.text[row.title.start : row.title.end],
            None, group, tuple(_of_entries(read.text, row)), REQUIRE, row.start, row.end,
            row.title.start, row.body_end,
        )
    )  # fmt: skip


def with_row_deadline(
    read: PlanRead, plain: str, task: Task, found: list[Target], year: int | None
) -> list[Target]:
    """Give the targets of a row the deadline of the table's own column."""
    row = _row_of(plain, task)
    if row is None or row.deadline is None:
        return found
    cell = row.deadline
    days = dates.find(plain, cell.start, cell.end, year)
    if not days or days[-1].last is None:
        if cell.text.strip("-/ "):
            read.unread.append(Unread("deadline_unread", cell.text, cell.start, cell.end))
        return found
    last, words = days[-1].last, read.text[cell.start : cell.end]
    if found:
        return [t if t.deadline else replace(t, deadline=last, deadline_text=words) for t in found]
    return [
        Target(
            "", None, None, task.title, "qualitative", "", None, "", last, words,
            REQUIRE, task.title, cell.start, cell.end,
        )
    ]  # fmt: skip


def _row_of(plain: str, task: Task) -> TableTask | None:
    for rows in tables.blocks(plain):
        if rows[0].start <= task.start <= rows[-1].end:
            return next((row for row in tables.tasks_of(rows) if row.start == task.start), None)
    return None


def number(read: PlanRead) -> None:
    """Keep printed numbers that rise; fill and mend the others, saying so."""
    printed = [task.number for task in read.tasks]
    mended = _mended(printed)
    if any(b <= a for a, b in zip(mended, mended[1:], strict=False)):
        mended = list(range(1, len(printed) + 1))
    elif mended != printed:
        for task, value in zip(read.tasks, mended, strict=True):
            if task.number != value:
                guess = Guess(
                    "number_out_of_order", task.label, str(value), task.start, task.body_start
                )
                read.guesses.append(guess)
    pairs = zip(read.tasks, mended, strict=True)
    read.tasks = [replace(task, number=value) for task, value in pairs]


def _mended(printed: list[int]) -> list[int]:
    """A number that does not fit between its neighbours is the one that would."""
    out = list(printed)
    for i, value in enumerate(out):
        before = out[i - 1] if i else 0
        after = printed[i + 1] if i + 1 < len(printed) else None
        if value == before + 1:
            continue
        fits = after == before + 2 or (after is None and value <= before)
        if fits or value == 0:
            out[i] = before + 1
    return out


def force_of(read: PlanRead, task: Task) -> str:
    """How strong a task is: as its first dated target, else as most of its measures."""
    dated = [t for t in read.targets if t.task == task.number and t.deadline_text]
    if dated:
        return min(dated, key=lambda t: (t.deadline is None, t.deadline or 0)).force
    found = [m.force for m in read.measures if m.owner == "task" and m.owner_number == task.number]
    return Counter(found).most_common(1)[0][0] if found else REQUIRE
