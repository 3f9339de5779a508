"""Every character belongs to one item or to the rest."""

from __future__ import annotations

from collections.abc import Iterator

from linli.plan.reading.shape import PlanRead, Unread

Span = tuple[int, int]


def item_spans(read: PlanRead) -> list[Span]:
    """The stretches that items took, in order, none over another."""
    spans = [*read.head]
    spans += [(h.start, h.end) for h in (*read.parts, *read.groups)]
    spans += [(task.start, task.end) for task in read.tasks]
    spans += [(stage.start, stage.end) for stage in read.stages]
    spans += [(passage.start, passage.end) for passage in read.passages]
    out: list[Span] = []
    for start, end in sorted(spans):
        start = max(start, out[-1][1]) if out else start
        if start < end:
            out.append((start, end))
    return out


def rest_spans(read: PlanRead) -> list[Span]:
    """What no item took."""
    out, at = [], 0
    for start, end in item_spans(read):
        if at < start:
            out.append((at, start))
        at = end
    if at < len(read.text):
        out.append((at, len(read.text)))
    return out


def characters(read: PlanRead) -> dict[str, int]:
    """Count the characters in items, in the rest, and of the text."""
    items = sum(end - start for start, end in item_spans(read))
    rest = sum(end - start for start, end in rest_spans(read))
    return {"items": items, "rest": rest, "total": len(read.text)}


def unplaced(read: PlanRead) -> Iterator[Unread]:
    """The lines of the rest that hold more than spaces."""
    for start, end in rest_spans(read):
        at = start
        for line in read.text[start:end].splitlines(keepends=True):
            words = line.strip(" \t\r\n\u3000\u00a0\ufeff")
            if words:
                begin = at + line.find(words)
                yield Unread("no_place", words, begin, begin + len(words))
            at += len(line)
