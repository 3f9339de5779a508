"""What a case was routed by: the places from near to far, coded answers, and the inputs kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from linli.cases.rules.routing import inputs_of
from linli.cases.types.routing import Asked, Routed, Rule
from linli.cases.types.shapes import Standing

# keys of questions and values of choices; a free text is none and is never kept in facts
CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
# where something is: the codes of a place and of those above it
PLACED = re.compile(r"[0-9]{6,24}(?:/[0-9]{6,24}){0,7}")
MILLIONTH = 1e6


def shared_path(paths: Sequence[str]) -> str:
    """Return the nearest place that several paths have in common, or nothing."""
    codes = [path.strip("/").split("/") for path in paths]
    shared = []
    for parts in zip(*codes, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return "/".join(shared) + "/" if shared else ""


def coded(answers: Mapping[str, Any] | None) -> dict[str, str]:
    """Return those answers that are codes, so that no words of people come into a fact."""
    return {
        key: str(value)
        for key, value in (answers or {}).items()
        if CODE.fullmatch(key) and (CODE.fullmatch(str(value)) or PLACED.fullmatch(str(value)))
    }


def asked_of(standing: Standing, answers: Mapping[str, str], at: datetime) -> Asked:
    """Return what routing looks at in a case as it stands."""
    columns = standing.columns
    lon, lat = columns.get("lon"), columns.get("lat")
    point = None if lon is None or lat is None else (lon / MILLIONTH, lat / MILLIONTH)
    return Asked(
        at=at,
        path=str(columns.get("path", "")),
        category_id=columns.get("category_id"),
        matter=str(columns.get("matter", "")),
        channel=str(columns.get("channel", "")),
        point=point,
        answers=answers,
    )


def plain_inputs(asked: Asked) -> dict[str, Any]:
    """Return what is looked at where no rule fits: the category and the place."""
    return {"category": asked.category_id, "path": asked.path}


def is_changed(kept: Mapping[str, Any], rule: Rule | None, asked: Asked) -> bool:
    """Say whether an input of what sent a case has changed since."""
    now = plain_inputs(asked) if rule is None else inputs_of(rule, asked)
    return dict(kept) != now


def fact_of(routed: Routed, answers: Mapping[str, str]) -> dict[str, Any]:
    """Return what an event keeps of a routing: ids and codes only."""
    fact: dict[str, Any] = {
        "by": str(routed.by),
        "inputs": dict(routed.inputs),
        "post": routed.post_id,
    }
    if routed.rule_id is not None:
        fact["rule"] = routed.rule_id
    if routed.meant_post_id is not None:
        fact["meant"] = routed.meant_post_id
    if answers:
        fact["answers"] = dict(sorted(answers.items()))
    return fact


def in_charge(
    rows: Iterable[tuple[int, str, int, int]],
    asked: Asked,
    parent_id: int | None,
) -> tuple[int, int] | None:
    """Return (organisation, post) of the list of responsibilities for a case.

    Rows are (category, path, organisation, post). The nearest place decides; there the category
    itself comes before its group.
    """
    wanted = (asked.category_id, parent_id)
    fitting = [
        (len(path), category == asked.category_id, org_id, post_id)
        for category, path, org_id, post_id in rows
        if category in wanted and asked.path.startswith(path)
    ]
    best = max(fitting, default=None)
    return None if best is None or asked.category_id is None else best[2:]
