"""What the kinds of this app add to a case sheet: their facts, and their numbered papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.cases.queries.kind_facts import BUILD, facts_of, issued
from linli.cases.queries.papers_offered import SPECS, papers_to_issue
from linli.cases.types.sections import SHEET_SECTIONS, CaseHead, Section
from linli.kernel.permits import Actor

WITH_PAPERS = frozenset().union(*(spec.kinds for spec in SPECS.values()))


def papers(actor: Actor, case: CaseHead) -> Mapping[str, Any] | None:
    """Return the papers of a case: those issued, and those that the actor may issue."""
    found: Any = case
    shown = {"issued": issued(actor, found), "offered": papers_to_issue(actor, found)}
    return shown if any(shown.values()) else None


def register() -> None:
    """Add both to every sheet of these kinds. Called at start."""
    SHEET_SECTIONS.add(
        Section("kind.facts", 10, "cases/kinds/_facts.html", facts_of, frozenset(BUILD))
    )
    SHEET_SECTIONS.add(Section("kind.papers", 60, "cases/kinds/_papers.html", papers, WITH_PAPERS))
