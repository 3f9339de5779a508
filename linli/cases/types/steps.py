"""What steps are called that are no moves of a kind: in the story of a case, for staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linli.kernel.registries import Registry


@dataclass(frozen=True)
class StepWords:
    """`key` is the step's name as events bear it; `tone` is "", late or done, `icon` one of ours."""

    key: str
    title: Any
    icon: str = "arrow-right"
    tone: str = ""


STEPS: Registry[StepWords] = Registry("steps of cases")
