"""What JSON Schema can say about answers, so that an outside program can check them too.

Conditions become if/then/else where the schema can express them. What hangs on a day, on a number
that was rounded or on a column is left open: then the schema asks for less than `read` does.
"""

from __future__ import annotations

from typing import Any

from linli.formkit.rules.amounts import exact_of
from linli.formkit.rules.cells import MOST_LAT, MOST_LON, longest_of
from linli.formkit.types import MOST_NUMBER, NUMBERS, Condition, Field, Kind, Spec

CODE = {"type": "string", "pattern": "^[0-9A-Z]{8,20}$"}
PATTERNS = {
    Kind.TIME: "^([01][0-9]|2[0-3]):[0-5][0-9]$",
    Kind.IDENTITY: "^[0-9]{17}[0-9X]$",
    Kind.PHONE: "^(\\+[1-9][0-9]{5,14}|1[0-9]{2,4})$",
    Kind.PLACE: "^[0-9]{6,15}$",
}


def schema_of(one: Field) -> dict[str, Any]:
    """Return the schema of one answer."""
    kind = one.kind
    if kind in NUMBERS:
        return _number(one)
    if kind in PATTERNS:
        return {"type": "string", "pattern": PATTERNS[kind]}
    if kind in (Kind.TEXT, Kind.LONG):
        return {"type": "string", "minLength": 1, "maxLength": longest_of(one)}
    if kind is Kind.DATE:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    if kind is Kind.YES_NO:
        return {"type": "boolean"}
    if kind is Kind.CHOICE:
        return {"enum": [option.value for option in one.options]}
    if kind is Kind.SEVERAL:
        each = {"enum": [option.value for option in one.options]}
        return {"type": "array", "items": each, "uniqueItems": True, "minItems": 1}
    if kind is Kind.COMPUTED:
        return {"type": "string" if one.result is Kind.TEXT else "integer", "readOnly": True}
    return _compound(one)


def _number(one: Field) -> dict[str, Any]:
    least = one.least if isinstance(one.least, int) else -MOST_NUMBER
    most = one.most if isinstance(one.most, int) else MOST_NUMBER
    return {"type": "integer", "minimum": least, "maximum": most}


def _compound(one: Field) -> dict[str, Any]:
    if one.kind is Kind.POINT:
        axes = {"lon": MOST_LON, "lat": MOST_LAT}
        return _object(
            {k: {"type": "integer", "minimum": -m, "maximum": m} for k, m in axes.items()},
            list(axes),
        )
    if one.kind in (Kind.PHOTOS, Kind.FILES):
        return {"type": "array", "items": CODE, "minItems": 1, "maxItems": one.max_files}
    if one.kind is Kind.SIGNATURE:
        ways = {"way": {"enum": ["drawn", "photo", "paper"]}, "file": CODE}
        return _object(ways, ["way"])
    always = [
        c.key for c in one.columns if c.required and not c.show and c.kind is not Kind.COMPUTED
    ]
    row = _object({c.key: schema_of(c) for c in one.columns}, always)
    table = {
        "type": "array",
        "items": row,
        "minItems": max(one.min_rows, 1),
        "maxItems": one.max_rows,
    }
    return {**table, "uniqueItems": True} if one.no_doubles else table


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": required,
        "additionalProperties": False,
    }  # fmt: skip


def branches(spec: Spec) -> list[dict[str, Any]]:
    """Return if/then/else for every question that hangs on others, as far as a schema can say it."""
    found = []
    for key, one in spec.fields.items():
        condition = None if one.show is None else _condition(spec, one.show)
        if condition is None or one.kind is Kind.NOTE:
            continue
        rule: dict[str, Any] = {"if": condition, "else": {"not": {"required": [key]}}}
        is_needed = one.required or (one.kind is Kind.TABLE and one.min_rows > 0)
        if is_needed and one.kind is not Kind.COMPUTED:
            rule["then"] = {"required": [key]}
        found.append(rule)
    return found


def _condition(spec: Spec, condition: Condition) -> dict[str, Any] | None:
    if condition.of:
        parts = [_condition(spec, one) for one in condition.of]
        known = [part for part in parts if part is not None]
        if len(known) != len(parts):
            return None
        if condition.op == "not":
            return {"not": {"anyOf": known}}
        return {"allOf" if condition.op == "all" else "anyOf": known}
    one = spec.fields.get(condition.field)
    if (
        one is None
        or one.kind is Kind.DATE
        or (one.kind is Kind.COMPUTED and one.result is not Kind.TEXT)
    ):
        return None
    return _holds(one, condition)


def _holds(one: Field, condition: Condition) -> dict[str, Any] | None:
    there = {"required": [one.key]}
    if condition.op == "filled":
        return there
    value = condition.value
    if any(exact_of(one, each) is None for each in (value if condition.op == "in" else (value,))):
        # compared with what it can never be: is_not and all others do not hold
        return {"not": {}} if condition.op != "in" else None
    tests: dict[str, Any] = {
        "is": {"const": value}, "is_not": {"not": {"const": value}},
        "in": {"enum": list(value) if condition.op == "in" else []},
        "at_least": {"minimum": value}, "at_most": {"maximum": value},
    }  # fmt: skip
    test = tests[condition.op]
    if one.kind is Kind.SEVERAL:
        inner = {"const": value} if condition.op != "in" else test
        test = {"contains": inner} if condition.op != "is_not" else {"not": {"contains": inner}}
    return {**there, "properties": {one.key: test}}
