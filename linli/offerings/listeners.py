"""Reactions of offerings to events: each only defers a job."""

from __future__ import annotations

from linli.cases.events import CaseMoved
from linli.offerings import tasks
from linli.offerings.types.applications import KIND
from linli.people.events import PersonErased

# applications
PART_MOVES = frozenset({"finish_part", "decline", "revoke"})


def on_case_moved(event: CaseMoved) -> None:
    """When a department is done with its part, the next may begin."""
    if event.kind == KIND and event.move in PART_MOVES:
        tasks.follow_parts.defer(case_id=event.case_id)


def on_person_erased(event: PersonErased) -> None:
    """What somebody applied for keeps its chain and loses her particulars."""
    tasks.forget_applicant.defer(person_id=event.person_id)
