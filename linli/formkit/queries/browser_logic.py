"""The logic of one page as tables that `static/formkit/logic.js` evaluates in the browser."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.formkit.rules.amounts import scale_of
from linli.formkit.rules.logic import Outcome
from linli.formkit.rules.order import needs_of
from linli.formkit.rules.writing import computation_json, condition_json
from linli.formkit.types import Kind, Page, Spec


def logic_for(spec: Spec, page: Page, outcome: Outcome, today: date) -> dict[str, Any]:
    """Return conditions and computations of a page, and the answers of others that they need.

    Nothing for a page without logic: then no script has anything to do.
    """
    here = {path for path in spec.paths if path.partition(".")[0] in page.items}
    if not any(spec.find(path) and has_logic(spec, path) for path in here):
        return {}
    wanted = set(here)
    grew = True
    while grew:
        more = {need for path in wanted for need in needs_of(spec, path)} - wanted
        wanted |= more | {path.partition(".")[0] for path in more}
        grew = bool(more)
    outside = {path.partition(".")[0] for path in wanted} - set(page.items)
    return {
        "today": today.isoformat(),
        "fields": {path: table_of(spec, path) for path in spec.paths if path in wanted},
        "given": {key: outcome.values[key] for key in sorted(outside) if key in outcome.values},
    }


def has_logic(spec: Spec, path: str) -> bool:
    """Say whether a field has a condition or is computed."""
    one = spec.find(path)
    return one is not None and (one.show is not None or one.compute is not None)


def table_of(spec: Spec, path: str) -> dict[str, Any]:
    """Return what the evaluator must know of one field or column."""
    one = spec.find(path)
    assert one is not None, path
    kind = one.result if one.kind is Kind.COMPUTED else one.kind
    told: dict[str, Any] = {"kind": kind.value, "scale": scale_of(one)}
    if one.kind is Kind.COMPUTED:
        told |= {"computed": True, "rounding": one.rounding}
    if kind is Kind.DATE:
        told["lean"] = one.lean
    if one.show is not None:
        told["show"] = condition_json(one.show)
    if one.compute is not None:
        told["compute"] = computation_json(one.compute)
    return told


def tables_of(spec: Spec) -> dict[str, Any]:
    """Return the whole form for the evaluator, as the tests compare it."""
    return {path: table_of(spec, path) for path in spec.paths}
