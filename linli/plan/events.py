"""What plan tells others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanImported:
    """The text of a plan was read and saved."""

    document_id: int


@dataclass(frozen=True, slots=True)
class TownPlanReturned:
    """A town's plan went back with reasons."""

    town_plan_id: int
    path: str


@dataclass(frozen=True, slots=True)
class VisitRecorded:
    """A special supervision visit found something that a place must answer."""

    visit_id: int
    path: str


@dataclass(frozen=True, slots=True)
class TownPlanAccepted:
    """A town's plan was found complete."""

    town_plan_id: int
    path: str


@dataclass(frozen=True, slots=True)
class ReportChecked:
    """A town's report was accepted, or returned with a reason."""

    report_id: int
    path: str
    is_returned: bool


@dataclass(frozen=True, slots=True)
class TownsCalled:
    """The towns below a place were asked for their plan or their reports."""

    call_id: int
    path: str
