"""Which papers a case may have, and which an actor may issue as it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from linli.cases.models import Case
from linli.cases.queries import paper_texts as texts
from linli.cases.queries.papers import last_of, steps_said
from linli.documents.types import TEMPLATES
from linli.kernel.permits import Actor


@dataclass(frozen=True)
class PaperSpec:
    """A paper: its template, the kinds that have it, and the moves after which it is written."""

    template: str
    kinds: frozenset[str]
    moves: tuple[str, ...]
    data: Callable[[texts.Matter], texts.Data]


PETITION = frozenset({"petition"})
REVIEWS = frozenset({"petition_review", "petition_recheck"})
TASKS = frozenset({"directive", "directive_round"})
SPECS: dict[str, PaperSpec] = {
    "sheet": PaperSpec("petition_sheet", PETITION, ("open",), texts.petition_sheet),
    "accepted": PaperSpec("petition_accepted", PETITION, ("accept",), texts.accepted),
    "not-accepted": PaperSpec(
        "petition_not_accepted", PETITION, ("not_accept",), texts.not_accepted
    ),
    "no-more": PaperSpec("petition_no_more", PETITION, ("no_more",), texts.no_more),
    "transfer": PaperSpec("petition_transfer", PETITION, ("transfer",), texts.transfer),
    "reply": PaperSpec("petition_reply", PETITION, ("reply", "finish"), texts.reply),
    "decision": PaperSpec(
        "petition_review", REVIEWS, ("uphold", "change", "not_accept"), texts.review
    ),
    "visit": PaperSpec("visit_sheet", frozenset({"visit"}), ("open",), texts.petition_sheet),
    "company": PaperSpec(
        "property_letter", frozenset({"property_complaint"}), ("open",), texts.property_letter
    ),
    "task": PaperSpec("directive_sheet", TASKS, ("open",), texts.directive_sheet),
    "handling": PaperSpec(
        "incoming_sheet", frozenset({"incoming"}), ("open",), texts.incoming_sheet
    ),
}


def papers_to_issue(actor: Actor, case: Case) -> list[tuple[str, str]]:
    """Return (key, title) of the papers that the actor may issue for a case as it stands."""
    found = {key: spec for key, spec in SPECS.items() if case.kind in spec.kinds}
    if not found:
        return []
    steps = steps_said(case.pk)
    offered: list[tuple[str, str]] = []
    for key, spec in found.items():
        template = TEMPLATES.get(f"cases.{spec.template}")
        assert template is not None and template.permit is not None, spec.template
        level = max(template.level, case.level)
        if actor.may(template.permit, at=case.path, level=level) and last_of(steps, *spec.moves):
            offered.append((key, str(template.title)))
    return offered
