"""Shapes of cases for other apps."""

from linli.cases.types.kinds import (
    Ask,
    By,
    CaseKind,
    CaseMove,
    ClockDef,
    Stage,
    StateDef,
)
from linli.cases.types.words import AssignmentRole, AssignmentState, Channel, ClockState, LinkKind

__all__ = [
    "Ask",
    "AssignmentRole",
    "AssignmentState",
    "By",
    "CaseKind",
    "CaseMove",
    "Channel",
    "ClockDef",
    "ClockState",
    "LinkKind",
    "Stage",
    "StateDef",
]
