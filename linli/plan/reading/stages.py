"""Stages with their first and last day, and what was guessed in dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from linli.plan.reading import account, dates, measures, sections, targets
from linli.plan.reading.amounts import STAGE
from linli.plan.reading.nodes import Node
from linli.plan.reading.shape import Guess, Passage, PlanRead, Stage, Target, Unread


def read_section(read: PlanRead, plain: str, node: Node, year: int | None) -> None:
    """Read the stages of one part."""
    _start, end = sections.title_of(node, plain)
    if plain[end : node.own_end].strip(" \r\n\t。.:"):
        read.passages.append(Passage("text", 0, "", node.number, end, node.own_end, end))
    for child in node.children:
        read.stages.append(_stage(read, plain, child, len(read.stages) + 1, year))


def _stage(read: PlanRead, plain: str, node: Node, number: int, year: int | None) -> Stage:
    start, end = sections.title_of(node, plain)
    bracket = re.search(r"\s*\([^()]*\d[^()]*\)?", plain[start:end])
    title_end = start + bracket.start() if bracket else end
    line_end = plain.find("\n", start, node.end)
    head_end = line_end if line_end > 0 else node.end
    found = dates.find(plain, start, min(head_end, max(end, start) + 60), year)
    best = next((d for d in found if "range" in d.code), found[0] if found else None)
    first, last = (best.first, best.last) if best else (None, None)
    if best and "range" not in best.code and best.due:
        first = None
    body = bracket.end() + start if bracket else end
    return Stage(number, read.text[start:title_end], first, last, node.start, node.end, body)


def target_of(read: PlanRead, plain: str, stage: Stage, year: int | None) -> Target:
    """What a stage has to reach: the dated sentence in it, or only its last day."""
    body = targets.of_block(read.text, plain, (stage.body_start, stage.end), year)
    valued = [t for t in body if t.value is not None and t.deadline]
    dated = [t for t in body if t.deadline and t.value is None]
    chosen = valued[-1] if valued else dated[-1] if dated else None
    deadline = chosen.deadline if chosen else stage.last
    best = chosen or _bare(read, plain, stage)
    kind = best.kind if best.value is not None else STAGE
    operator = best.operator if best.value is not None else ""
    words = best.deadline_text or _dates_of(stage.first, stage.last)
    name = best.name if chosen else stage.title
    return Target(
        f"S{stage.number:02}", None, stage.number, name, kind, operator, best.value, best.unit,
        deadline, words, best.force, best.text, best.start, best.end,
    )  # fmt: skip


def _bare(read: PlanRead, plain: str, stage: Stage) -> Target:
    spans = measures.sentences(plain, stage.body_start, stage.end) or [(stage.start, stage.end)]
    pieces = measures.pieces(plain, *spans[0])
    longest = max(pieces, key=lambda piece: piece.end - piece.start)
    text = read.text[slice(*spans[0])]
    return Target(
        "", None, stage.number, stage.title, STAGE, "", None, "", stage.last, "",
        longest.force, text, *spans[0],
    )  # fmt: skip


def _dates_of(first: date | None, last: date | None) -> str:
    return "—".join(day.isoformat() for day in (first, last) if day)


def date_guesses(read: PlanRead, plain: str) -> Iterator[Guess]:
    """The dates in items that had lost a sign or take their year from the document."""
    year = read.issued_on.year if read.issued_on else None
    for start, end in account.item_spans(read):
        for found in dates.find(plain, start, end, year):
            if found.guess:
                reading = _dates_of(found.first if "range" in found.code else None, found.last)
                raw = read.text[found.start : found.end]
                yield Guess(found.guess, raw, reading, found.start, found.end)


def impossible_days(read: PlanRead, plain: str) -> Iterator[Unread]:
    """The days in items that no calendar has."""
    year = read.issued_on.year if read.issued_on else None
    for start, end in account.item_spans(read):
        for found in dates.find(plain, start, end, year):
            if found.is_impossible:
                raw = read.text[found.start : found.end]
                yield Unread(dates.NO_SUCH_DAY, raw, found.start, found.end)
