"""Freezing what a decision used, and explaining it later from that alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from linli.kernel.numbers import Op, Share
from linli.rulebook.law.values import Glossary, parse_value, raw_value
from linli.rulebook.types import (
    AnyOf,
    Certainty,
    Counted,
    Explanation,
    Outcome,
    Range,
    RuleValue,
    Snapshot,
    Value,
    Words,
)

FORMAT = 1


def freeze(
    values: Sequence[Value], counted: Mapping[str, Counted], titles: Mapping[str, Words]
) -> Snapshot:
    """Return what a decision used as plain JSON: each value with its provenance, and the counts."""
    return {
        "format": FORMAT,
        "values": [_frozen_value(value, titles[value.key]) for value in values],
        "counted": {
            key: {
                "part": c.part,
                "whole": c.whole,
                "wholes": dict(c.wholes or {}),
                "op": c.op.value if c.op else None,
            }
            for key, c in counted.items()
        },
    }


def _frozen_value(value: Value, title: Words) -> dict[str, Any]:
    return {
        "key": value.key,
        "title": list(title),
        "value": raw_value(value.value),
        "unit": value.unit,
        "source": list(value.source),
        "certainty": value.certainty.value,
        "valid_from": value.valid_from.isoformat(),
        "valid_to": value.valid_to.isoformat() if value.valid_to else None,
        "jurisdiction": value.jurisdiction,
        "level": value.level.value,
        "checked_on": value.checked_on.isoformat(),
        "force": value.force.value,
        "reading": value.reading,
        "alternatives": [
            {
                "name": one.name,
                "title": list(one.title),
                "authority": list(one.authority),
                "value": raw_value(one.value),
            }
            for one in value.alternatives
        ],
        "provisional": value.provisional,
        "banner": list(value.banner),
        "paper": [value.paper.number, value.paper.dated.isoformat(), value.paper.issuer]
        if value.paper
        else None,
    }


def explain(snapshot: Snapshot, glossary: Glossary) -> list[Explanation]:
    """Explain a frozen decision: article, value, inputs and both sides, and the other readings."""
    counted = {
        key: Counted(raw["part"], raw["whole"], raw["wholes"], Op(raw["op"]) if raw["op"] else None)
        for key, raw in snapshot["counted"].items()
    }
    return [_explained(raw, counted.get(raw["key"]), glossary) for raw in snapshot["values"]]


def _explained(raw: dict[str, Any], counted: Counted | None, glossary: Glossary) -> Explanation:
    value, unit = parse_value(raw["value"]), raw["unit"]
    own = ("", "")
    outcome = _outcome(raw["reading"], own, own, value, unit, counted, glossary)
    others = [
        _outcome(
            one["name"], _pair(one["title"]), _pair(one["authority"]),
            parse_value(one["value"]), unit, counted, glossary,
        )
        for one in raw["alternatives"]
    ]  # fmt: skip
    title, source = _pair(raw["title"]), _pair(raw["source"])
    return Explanation(
        key=raw["key"],
        title=title,
        source=source,
        certainty=Certainty(raw["certainty"]),
        valid_from=date.fromisoformat(raw["valid_from"]),
        jurisdiction=raw["jurisdiction"],
        outcome=outcome,
        others=tuple(others),
        sentence=_sentence(title, source, counted, outcome),
        provisional=raw["provisional"],
        banner=_pair(raw["banner"]),
    )


def _pair(raw: list[str]) -> Words:
    return (raw[0], raw[1])


def _outcome(
    name: str,
    title: Words,
    authority: Words,
    value: RuleValue,
    unit: str,
    counted: Counted | None,
    glossary: Glossary,
) -> Outcome:
    words = glossary.words(value, unit)
    if counted is None:
        return Outcome(name, title, authority, words, None)
    if isinstance(value, Range):
        return Outcome(
            name, title, authority, words, value.holds(counted.part),
            f"{value.min} ≤ {counted.part} ≤ {value.max}",
        )  # fmt: skip
    share = _share_for(value, counted)
    whole = _whole_for(share, counted, is_main=not title[0])
    if share is None or whole is None:
        return Outcome(name, title, authority, words, None)
    compared = share.compare(counted.part, whole)
    return Outcome(
        name, title, authority, words, compared.holds,
        compared.inequality, f"{compared.left} {compared.op.sign} {compared.right}",
    )  # fmt: skip


def _share_for(value: RuleValue, counted: Counted) -> Share | None:
    if isinstance(value, AnyOf):
        known = [option for option in value.options if option.base in (counted.wholes or {})]
        return known[0] if known else None
    if isinstance(value, int) and not isinstance(value, bool) and counted.op:
        return Share(counted.op, value, 1, "")
    return value if isinstance(value, Share) else None


def _whole_for(share: Share | None, counted: Counted, *, is_main: bool) -> int | None:
    """Return the base that was counted; another reading needs the base of its own."""
    if share is None:
        return None
    if share.base in (counted.wholes or {}):
        return (counted.wholes or {})[share.base]
    return counted.whole if is_main or share.den == 1 else None


def _sentence(title: Words, source: Words, counted: Counted | None, outcome: Outcome) -> Words:
    zh, en = f"{title[0]}：{outcome.words[0]}", f"{title[1]}: {outcome.words[1]}"
    if counted is not None and outcome.holds is not None:
        sides = (f"（{outcome.sides}）", f" ({outcome.sides})") if outcome.sides else ("", "")
        zh += f"；{outcome.inequality}{sides[0]}，{'符合' if outcome.holds else '不符合'}"
        en += f"; {outcome.inequality}{sides[1]}: {'met' if outcome.holds else 'not met'}"
    return (f"{zh}。依据：{source[0]}。", f"{en}. Basis: {source[1]}.")
