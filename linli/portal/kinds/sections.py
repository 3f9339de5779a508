"""What the sheet shows of feedback besides: the page it is about, and whether staff wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from linli.cases.queries.following import steps_of
from linli.cases.types.sections import SHEET_SECTIONS, CaseHead, Section
from linli.kernel.permits import Actor
from linli.portal.types import KIND

PLAIN = re.compile(r"(/[\w-]+)+/(\?[\w=&%.-]*)?")


def sheet(actor: Actor, case: CaseHead) -> Mapping[str, Any]:
    """Return the page, empty once the words are over their term, and whether staff wrote."""
    first = steps_of(case.pk)[0]
    page = str((first.said or {}).get("page", ""))
    # it came with a form: only a plain address of ours is led to
    is_ours = PLAIN.fullmatch(page) is not None
    return {"page": page, "is_ours": is_ours, "is_staff": bool(first.facts.get("staff"))}


def register() -> None:
    """Tell the sheet. Called at start."""
    SHEET_SECTIONS.add(
        Section("portal.feedback", 10, "portal/_sheet_feedback.html", sheet, frozenset({KIND}))
    )
