"""Which papers an application may have, and which an actor may issue as it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linli.documents.types import TEMPLATES
from linli.kernel.permits import Actor
from linli.offerings.models import Application
from linli.offerings.queries import paper_texts as texts


@dataclass(frozen=True)
class PaperSpec:
    """A paper: its template, the moves after which it is written, and what it says."""

    template: str
    moves: tuple[str, ...]
    data: Callable[[texts.Matter], dict[str, Any]]


SPECS: dict[str, PaperSpec] = {
    "accepted": PaperSpec("accepted", ("accept", "deem_accepted"), texts.accepted),
    "correction": PaperSpec("correction", ("ask_correction",), texts.correction),
    "not-accepted": PaperSpec("not_accepted", ("refuse",), texts.not_accepted),
    "decision": PaperSpec("decision", ("grant", "deny"), texts.decision),
}
FEE = "fee"


def papers_to_issue(actor: Actor, application: Application) -> list[tuple[str, str]]:
    """Return (key, title) of the papers that the actor may issue for an application as it stands."""
    matter, found = texts.matter_of(application), list[tuple[str, str]]()
    for key, spec in SPECS.items():
        if matter.last(*spec.moves) is not None:
            found.append((key, spec.template))
    if application.payments.exists():
        found.append((FEE, FEE))
    case = application.case
    offered = []
    for key, name in found:
        template = TEMPLATES.get(f"offerings.{name}")
        assert template is not None and template.permit is not None, name
        if actor.may(template.permit, at=case.path, level=max(template.level, case.level)):
            offered.append((key, str(template.title)))
    return offered
