"""What the sheet of a case says of the residents' talk at which it was voiced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.activities.queries.care import event_of_case
from linli.cases.types.sections import CaseHead, Section
from linli.kernel.permits import Actor


def talk(actor: Actor, case: CaseHead) -> Mapping[str, Any] | None:
    """Return the talk of a case, or nothing."""
    event = event_of_case(case.pk)
    return None if event is None else {"event": event}


TALK = Section("activities.talk", 60, "activities/events/_sheet.html", talk, frozenset({"report"}))
