"""Tables of tasks: a row a line, cells parted by a tab or by |."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from linli.plan.reading import departments, names
from linli.plan.reading.departments import JOIN, LEAD, Entry
from linli.plan.reading.names import Word
from linli.plan.reading.plain import number

_HEADS = (
    ("number", re.compile(r"^(?:序号|编号|任务号|任务编号|号|No\.?|#)$", re.I)),
    ("deadline", re.compile(r"时限|时间|期限|进度|完成日期|节点")),
    ("participants", re.compile(r"配合|协办|参与|参加|协同|协助")),
    (
        "lead",
        re.compile(
            r"牵头|责任单位|责任部门|主办|负责单位|负责部门|主责|实施单位|落实单位|责任主体|单位|部门"
        ),
    ),
    ("group", re.compile(r"类别|分类|领域|板块|一级|任务类|方面|重点方向|项目类")),
    ("target", re.compile(r"指标|目标|成果|成效|标准|考核")),
    ("title", re.compile(r"任务|事项|工作|项目|举措|措施|内容|名称")),
)
_RULE = re.compile(r"^[\s|:+-]+$")
_DATE = re.compile(r"(?:19|20)\d\d|[年月]底|季度|长期|持续|“[十一二三四五]+五”")
_NUMBER = re.compile(r"^\(?([一二三四五六七八九十百]{1,4}|\d{1,3})\)?[.、]?$")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table with the offsets of its cells."""

    start: int
    end: int
    cells: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class TableTask:
    """What one row, with the rows that continue it, says of a task."""

    number: int | None
    group: str
    title: Word
    entries: tuple[Entry, ...]
    deadline: Word | None
    start: int
    end: int
    body_end: int


def blocks(plain: str) -> list[list[Row]]:
    """Return the tables: two or more neighbouring lines with the same sign between cells."""
    found: list[list[Row]] = []
    current: list[Row] = []
    at = 0
    for line in plain.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        row = _row(body, at)
        if row is None and not (body.strip() == "" and current):
            found, current = _ended(found, current), []
        elif row is not None and row.cells:
            current.append(row)
        at += len(line)
    return _ended(found, current)


def line_numbers(plain: str) -> set[int]:
    """The numbers of the lines that belong to a table."""
    spans = [(rows[0].start, rows[-1].end) for rows in blocks(plain)]
    out, at = set(), 0
    for index, line in enumerate(plain.splitlines(keepends=True)):
        if any(a <= at < b for a, b in spans) and line.strip():
            out.add(index)
        at += len(line)
    return out


def _ended(found: list[list[Row]], current: list[Row]) -> list[list[Row]]:
    return [*found, current] if len(current) > 1 else found


def _row(line: str, at: int) -> Row | None:
    sign = "|" if line.count("|") >= 1 else "\t" if "\t" in line.strip() else ""
    if not sign:
        return None
    if _RULE.match(line):
        return Row(at, at + len(line), ())
    inner = line
    cells, begin = [], 0
    for piece in inner.split(sign):
        text = piece.strip(" \t*")
        start = at + begin + (piece.find(text) if text else 0)
        cells.append(Word(text, start, start + len(text)))
        begin += len(piece) + 1
    if sign == "|" and line.strip().startswith("|"):
        cells = cells[1:]
    if sign == "|" and line.rstrip().endswith("|"):
        cells = cells[:-1]
    return Row(at, at + len(line), tuple(cells)) if len(cells) > 1 else None


def tasks_of(rows: list[Row]) -> list[TableTask]:
    """Read the tasks of one table; none when no column names departments."""
    columns, body = _columns(rows)
    if "title" not in columns.values() or not {"lead", "participants"} & set(columns.values()):
        return []
    out: list[TableTask] = []
    group = ""
    for row in body:
        cells = _by_role(row, columns)
        group = cells["group"][0].text if cells.get("group") else group
        titles = cells.get("title", [])
        entries = _entries(cells)
        if titles and set(cells) <= {"number", "title"} and len(row.cells) > 2:
            # a line across the table heads the rows below it
            group = titles[0].text
        elif not titles and out:
            out[-1] = _continued(out[-1], row, entries)
        elif titles and (entries or len(cells) > 1):
            out.append(_task(row, cells, group, entries))
    return out


def _columns(rows: list[Row]) -> tuple[dict[int, str], list[Row]]:
    """What each column holds: by its head, or by what most of its cells look like."""
    head = rows[0]
    roles: dict[int, str] = {}
    for index, cell in enumerate(head.cells):
        role = next((r for r, pattern in _HEADS if pattern.search(cell.text)), "")
        if role and len(cell.text) <= 16 and not names.strict(cell.text):
            roles[index] = role
    if len(roles) >= 2 and {"lead", "participants"} & set(roles.values()):
        return _one_title(roles), rows[1:]
    return _guessed(rows), rows


def _one_title(roles: dict[int, str]) -> dict[int, str]:
    """Of several columns with text the first is the title, the others are its body."""
    seen: set[str] = set()
    out: dict[int, str] = {}
    if "title" not in roles.values():
        roles = {i: "title" if r in ("group", "target") else r for i, r in roles.items()}
    for index, role in roles.items():
        out[index] = "body" if role == "title" and "title" in seen else role
        seen.add(role)
    return out


def _guessed(rows: list[Row]) -> dict[int, str]:
    width = max(len(row.cells) for row in rows)
    roles: dict[int, str] = {}
    for index in range(width):
        texts = [row.cells[index].text for row in rows if index < len(row.cells)]
        texts = [text for text in texts if text]
        if texts:
            roles[index] = _kind_of(texts)
    leads = [i for i, role in roles.items() if role == "lead"]
    for index in leads[1:]:
        roles[index] = "participants"
    return _one_title(roles)


def _kind_of(texts: list[str]) -> str:
    def most(test: Callable[[str], object]) -> bool:
        return sum(bool(test(text)) for text in texts) * 2 > len(texts)

    if most(_NUMBER.match):
        return "number"
    if most(_all_names):
        return "lead"
    if most(lambda text: len(text) <= 24 and _DATE.search(text)):
        return "deadline"
    return "title"


def _all_names(text: str) -> bool:
    found = departments.entries(text, 0)
    return bool(found) and all(names.loose(e.word.text) for e in found)


def _by_role(row: Row, columns: dict[int, str]) -> dict[str, list[Word]]:
    out: dict[str, list[Word]] = {}
    for index, cell in enumerate(row.cells):
        if cell.text:
            out.setdefault(columns.get(index, "body"), []).append(cell)
    return out


def _entries(cells: dict[str, list[Word]]) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for role, meaning in (("lead", ""), ("participants", JOIN)):
        for cell in cells.get(role, []):
            found += [
                Entry(e.word, e.role or meaning)
                for e in departments.entries(cell.text, cell.start)
                if e.word.text not in ("-", "--", "无", "/")
            ]
    if cells.get("lead") and cells.get("participants") and found and not found[0].role:
        found[0] = Entry(found[0].word, LEAD)
    return tuple(found)


def _task(
    row: Row, cells: dict[str, list[Word]], group: str, entries: tuple[Entry, ...]
) -> TableTask:
    title, value = cells["title"][0], None
    if cells.get("number") and (match := _NUMBER.match(cells["number"][0].text)):
        value = number(match.group(1))
    mark = re.match(
        r"(?:\d{1,3}(?:\.\d{1,2})+\s*|\d{1,3}[.、]|\(?[一二三四五六七八九十]+[)、])\s*", title.text
    )
    if mark:
        digits = re.sub(r"[^\d.一二三四五六七八九十]", "", mark.group()).rstrip(".")
        value = value if value is not None else number(digits)
        title = Word(title.text[mark.end() :], title.start + mark.end(), title.end)
    deadline = cells["deadline"][0] if cells.get("deadline") else None
    body_end = max(cell.end for cell in (title, *cells.get("body", ()), *cells.get("target", ())))
    return TableTask(value, group, title, entries, deadline, row.start, row.end, body_end)


def _continued(task: TableTask, row: Row, entries: tuple[Entry, ...]) -> TableTask:
    return replace(task, entries=task.entries + entries, end=row.end, body_end=row.end)
