"""Tables of plan."""

from linli.plan.models.items import Correction, Measure, Target
from linli.plan.models.text import (
    Group,
    Part,
    Passage,
    PlanDocument,
    Stage,
    Task,
    TaskDepartment,
)
from linli.plan.models.values import IndicatorValue
from linli.plan.models.work import Call, FundingLine, Pilot, Practice, Report, TownPlan, Visit

__all__ = [
    "Call",
    "Correction",
    "FundingLine",
    "Group",
    "IndicatorValue",
    "Measure",
    "Part",
    "Passage",
    "Pilot",
    "PlanDocument",
    "Practice",
    "Report",
    "Stage",
    "Target",
    "Task",
    "TaskDepartment",
    "TownPlan",
    "Visit",
]
