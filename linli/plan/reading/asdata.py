"""A reading as plain data, for the command line and for saving."""

from __future__ import annotations

from typing import Any

from linli.plan.reading import account
from linli.plan.reading.reasons import WHY, WHY_ZH
from linli.plan.reading.shape import Guess, Heading, Measure, PlanRead, Stage, Target, Task

Data = dict[str, Any]

# The words of the plan for how strong a wish is; files and the API carry these.
FORCE_WORDS = {
    "require": "要求", "strive": "力争", "encourage": "鼓励", "explore": "探索", "may": "可以",
}  # fmt: skip


def as_data(read: PlanRead, *, english: bool = True) -> Data:
    """Return the reading with parts, tasks, targets, measures, guesses and what stayed unread.

    `why` is in English or Chinese; `code` is the same in both.
    """
    why = WHY if english else WHY_ZH
    return {
        "title": read.title,
        "document_number": read.document_number,
        "issued_on": _day(read.issued_on),
        "parts": [_part(read, part) for part in read.parts],
        "tasks": [task_data(read, task) for task in read.tasks],
        "targets": [target_data(target) for target in read.targets],
        "measures": [measure_data(measure) for measure in read.measures],
        "stages": [_stage(stage) for stage in read.stages],
        "requirements": [
            {"number": one.number, "title": one.title, "start": one.start, "end": one.end}
            for one in read.requirements()
        ],
        "guesses": [_guess(read.text, guess, why) for guess in read.guesses],
        "unread": [
            {"code": one.code, "why": why[one.code], "raw": one.raw, **_at(read.text, one.start, one.end)}
            for one in read.unread
        ],
        "characters": account.characters(read),
    }  # fmt: skip


def _part(read: PlanRead, part: Heading) -> Data:
    first, last = _extent(read, part)
    groups = [
        {"number": group.number, "title": group.title, "start": group.start, "end": group.end}
        for group in read.groups
        if first <= group.start < last
    ]
    return {
        "number": part.number, "label": part.label, "title": part.title, "kind": part.kind,
        "groups": groups, "start": part.start, "end": part.end,
    }  # fmt: skip


def _extent(read: PlanRead, part: Heading) -> tuple[int, int]:
    later = [other.start for other in read.parts if other.start > part.start]
    return part.start, min(later, default=len(read.text))


def group_of(read: PlanRead, task: Task) -> Heading | None:
    """The group that a task stands in; of several parts with tasks, its part."""
    if task.group is not None:
        return read.groups[task.group - 1]
    holding = [part for part in read.parts if part.kind == "tasks"]
    inside = [part for part in holding if part.start <= task.start]
    return inside[-1] if len(holding) > 1 and inside and task.part is not None else None


def task_data(read: PlanRead, task: Task) -> Data:
    """One task with its departments as printed."""
    group = group_of(read, task)
    return {
        "number": task.number, "label": task.label, "title": task.title,
        "group": group.title if group else None,
        "group_number": group.number if group else None,
        "lead": task.lead, "participants": task.participants, "force": FORCE_WORDS[task.force],
        "start": task.start, "end": task.end,
    }  # fmt: skip


def target_data(target: Target) -> Data:
    """One target; `value` is a number, `date` an ISO day, both null where the text has none."""
    return {
        "code": target.code, "task": target.task, "stage": target.stage, "name": target.name,
        "kind": target.kind, "operator": target.operator, "value": number(target.value),
        "unit": target.unit, "date": _day(target.deadline), "date_text": target.deadline_text,
        "force": FORCE_WORDS[target.force], "text": target.text, "start": target.start, "end": target.end,
    }  # fmt: skip


def measure_data(measure: Measure) -> Data:
    """One sentence with an action, or the part of it with one force."""
    return {
        measure.owner: measure.owner_number, "number": measure.number, "text": measure.text,
        "force": FORCE_WORDS[measure.force], "level": measure.level, "documents": list(measure.documents),
        "date": _day(measure.deadline), "start": measure.start, "end": measure.end,
    }  # fmt: skip


def _stage(stage: Stage) -> Data:
    return {
        "number": stage.number, "title": stage.title, "from": _day(stage.first),
        "to": _day(stage.last), "start": stage.start, "end": stage.end,
    }  # fmt: skip


def _guess(text: str, guess: Guess, why: dict[str, str]) -> Data:
    return {
        "code": guess.code, "why": why[guess.code], "raw": guess.raw, "reading": guess.reading,
        **_at(text, guess.start, guess.end),
    }  # fmt: skip


def _at(text: str, start: int, end: int) -> Data:
    return {"line": text.count("\n", 0, start) + 1, "start": start, "end": end}


def number(value: str | None) -> int | float | None:
    """The value as a number of JSON: whole where it is whole."""
    if value is None:
        return None
    return float(value) if "." in value else int(value)


def _day(value: object) -> str | None:
    return value.isoformat() if hasattr(value, "isoformat") else None
