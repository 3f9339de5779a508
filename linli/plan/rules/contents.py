"""The six contents of a town's plan, and what the confidentiality of a task's values is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from linli.plan.reading.shape import PlanRead

KEYS = ("goals", "approach", "tasks", "departments", "schedule", "steps")
PUBLIC, PROTECTED = 1, 6
_APPROACH = re.compile(r"思路|原则|指导思想|总体要求|基本要求")
_STEPS = re.compile(r"步骤|阶段|推进")


def lacking(contents: Mapping[str, str]) -> list[str]:
    """Return which of the six contents are empty, in their order.

    Basis: the plan of 2016, 四（一）: 主要目标、工作思路、主要任务、责任部门、进度安排、推进步骤.
    """
    return [key for key in KEYS if not contents.get(key, "").strip()]


def suggested(read: PlanRead) -> dict[str, str]:
    """Return what of the six contents a reading of the town's text shows; empty where nothing."""
    headings = [part.title for part in read.parts] + [one.title for one in read.passages]
    approach = next((title for title in headings if _APPROACH.search(title)), "")
    steps = next((title for title in headings if _STEPS.search(title)), "")
    stages = [stage.title for stage in read.stages]
    dates = [t.deadline.isoformat() for t in read.targets if t.deadline]
    leads = dict.fromkeys(task.lead for task in read.tasks if task.lead)
    return {
        "goals": _listed(t.name for t in read.targets if t.value is not None) or _goal(read),
        "approach": approach,
        "tasks": _listed(task.title for task in read.tasks),
        "departments": _listed(leads),
        "schedule": _listed(sorted(set(dates))),
        "steps": _listed(stages) or steps,
    }


def _goal(read: PlanRead) -> str:
    return next((part.title for part in read.parts if part.kind == "goal"), "")


def _listed(words: object) -> str:
    found = [str(word) for word in words if word]  # type: ignore[attr-defined]
    return "；".join(found[:12])


def level_of_values(lead: str | None) -> int:
    """Values and evidence of Party-building tasks are kept by the Party's own posts (level 6).

    Told by who leads: the organisation department of a Party committee.
    """
    return PROTECTED if lead and "组织部" in lead else PUBLIC
