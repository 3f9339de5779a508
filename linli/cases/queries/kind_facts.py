"""What a sheet shows of a case because of its kind: the paper's number, the basis, who has read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linli.cases.models import Assignment, Case
from linli.cases.queries.papers import StepSaid, due_day, last_of, steps_said
from linli.cases.queries.stages import may_set_day
from linli.cases.types.matters import PaperUrgency
from linli.cases.types.words import AssignmentRole, AssignmentState
from linli.documents import queries as documents
from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import POST_NAMES
from linli.ui import formats

OF_CASE = "cases.case"
Context = Mapping[str, Any]
NOTHING: Context = {"text": "", "readers": (), "steps": ()}


def facts_of(actor: Actor, case: Any) -> Context | None:
    """Return the facts of a kind, or None for a kind that has none of its own."""
    build = BUILD.get(str(case.kind))
    if build is None:
        return None
    return {**NOTHING, **build(actor, case, steps_said(case.pk))}


def issued(actor: Actor, case: Any) -> list[Any]:
    """Return the papers issued for a case that the actor sees, newest first."""
    return documents.papers_about(actor, OF_CASE, case.pk)


def _petition(actor: Actor, case: Case, steps: list[StepSaid]) -> Context:
    rows = [(_("How many came"), steps[0].facts.get("visitors", 1))]
    passed = last_of(steps, "transfer")
    if passed is not None and passed.facts.get("parts"):
        post_id = passed.facts["parts"][-1]["post"]
        rows.append((_("Passed on to"), POST_NAMES.call([post_id]).get(post_id, "")))
    return {"title": _("About this petition"), "rows": rows}


def _visit(actor: Actor, case: Case, steps: list[StepSaid]) -> Context:
    rows = [(_("How many came"), steps[0].facts.get("visitors", 1))]
    passed = last_of(steps, "forward")
    if passed is not None:
        rows.append((_("Number at the town"), passed.facts.get("number", "")))
    return {"title": _("About this visit"), "rows": rows}


def _property(actor: Actor, case: Case, steps: list[StepSaid]) -> Context:
    company = steps[0].public.get("company", "")
    day = due_day(case, "company")
    rows = [(_("Property company"), company), (_("Company's answer due"), day and formats.day(day))]
    return {"title": _("About this complaint"), "rows": rows}


def _directive(actor: Actor, case: Case, steps: list[StepSaid]) -> Context:
    said, day = steps[0].public, due_day(case, "finish")
    rows = [
        (_("By which day"), formats.day(day) if day else ""),
        (_("Legal basis"), said.get("basis", "")),
        (_("Who bears the cost"), said.get("cost", "")),
        (_("Number of the paper"), said.get("paper_number", "")),
    ]
    may = case.is_open and case.state in ("sent", "at_work", "out") and may_set_day(actor, case)
    to = address_of("cases:directive_day", case.number)
    return {
        "title": said.get("title") or _("About this task"),
        "rows": rows,
        "steps": [(_("Set another day"), to)] if may else [],
    }


def _incoming(actor: Actor, case: Case, steps: list[StepSaid]) -> Context:
    said, shown = steps[0].internal, last_of(steps, "circulate")
    dated, due = said.get("dated_on", ""), due_day(case, "handle")
    rows = [
        (_("From which office"), said.get("sender", "")),
        (_("Number of the paper"), said.get("paper_number", "")),
        (_("Date of the paper"), formats.day(date.fromisoformat(dated)) if dated else ""),
        (_("How urgent"), urgency_words(str(steps[0].facts.get("urgency", "")))),
        (_("By which day"), formats.day(due) if due else ""),
    ]
    if shown is not None and shown.internal.get("basis"):
        rows.append((_("Readers sign by"), shown.internal["basis"]))
    return {
        "title": said.get("title") or _("About this paper"),
        "text": said.get("text", ""),
        "rows": rows,
        "readers": _readers(case, shown) if shown is not None else [],
    }


def _readers(case: Case, shown: StepSaid) -> list[tuple[str, bool | None]]:
    """Names of posts; with marks only where the paper's own rule asks for them (BU-13)."""
    ids = [int(one) for one in shown.facts.get("readers", ())]
    names = POST_NAMES.call(ids)
    if not shown.facts.get("marks"):
        return [(names.get(one, ""), None) for one in ids]
    done = set(
        Assignment.objects.filter(
            case=case, role=AssignmentRole.CONSULT, state=AssignmentState.DONE
        ).values_list("post_id", flat=True)
    )
    return [(names.get(one, ""), one in done) for one in ids]


def urgency_words(value: str) -> str:
    """Return how urgent a paper is, in words."""
    words: dict[str, str] = {
        PaperUrgency.USUAL: _("usual"),
        PaperUrgency.URGENT: _("urgent"),
        PaperUrgency.MOST_URGENT: _("most urgent"),
    }
    return words.get(value, "")


BUILD = {
    "petition": _petition,
    "visit": _visit,
    "property_complaint": _property,
    "directive": _directive,
    "directive_round": _directive,
    "incoming": _incoming,
}
