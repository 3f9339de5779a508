"""Reading conditions and computations from JSON."""

from __future__ import annotations

import re
from typing import Any

from linli.formkit.rules.shapes import SpecBroken, as_list, as_object, as_text
from linli.formkit.types import MOST_DEPTH, MOST_NUMBER, Computation, Condition, Operand

COMPARES = ("is", "is_not", "in", "at_least", "at_most")
JOINS = ("all", "any", "not")
# how many operands a computation takes: least, most
COMPUTES = {
    "sum": (1, 30), "difference": (2, 2), "product": (1, 8), "quotient": (2, 2), "count": (1, 30),
    "min": (1, 30), "max": (1, 30), "age_on": (2, 2), "days_between": (2, 2), "join": (1, 30),
}  # fmt: skip
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
PATH = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?")


def condition_of(data: Any, path: str, depth: int = 1) -> Condition:
    """Return a condition from its JSON. Raises SpecBroken."""
    given = as_object(data, path)
    op = as_text(given.get("op"), path)
    if depth > MOST_DEPTH:
        raise SpecBroken(path, "too_deep")
    if op in JOINS:
        parts = as_list(given.get("of"), path, most=1 if op == "not" else 20)
        if not parts:
            raise SpecBroken(path, "empty")
        return Condition(op, of=tuple(condition_of(one, path, depth + 1) for one in parts))
    if op not in (*COMPARES, "filled"):
        raise SpecBroken(path, "unknown")
    field = _path(given.get("field"), path)
    return Condition(op, field, None if op == "filled" else _compared(op, given.get("value"), path))


def _compared(op: str, value: Any, path: str) -> Any:
    if op == "in":
        return tuple(_plain(one, path) for one in as_list(value, path, most=100))
    return _plain(value, path)


def _plain(value: Any, path: str) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= MOST_NUMBER:
        return value
    return as_text(value, path, most=200)


def _path(value: Any, path: str) -> str:
    text = as_text(value, path)
    if not PATH.fullmatch(text):
        raise SpecBroken(path, "bad_key")
    return text


def computation_of(data: Any, path: str, depth: int = 1) -> Computation:
    """Return a computation from its JSON. Raises SpecBroken."""
    given = as_object(data, path)
    op = as_text(given.get("op"), path)
    if depth > MOST_DEPTH:
        raise SpecBroken(path, "too_deep")
    if op not in COMPUTES:
        raise SpecBroken(path, "unknown")
    least, most = COMPUTES[op]
    parts = as_list(given.get("of"), path)
    if not least <= len(parts) <= most:
        raise SpecBroken(path, "operands")
    between = as_text(given.get("between", " "), path, most=10)
    return Computation(op, tuple(_operand(one, path, depth) for one in parts), between)


def _operand(data: Any, path: str, depth: int) -> Operand:
    given = as_object(data, path)
    if "op" in given:
        return Operand(inner=computation_of(given, path, depth + 1))
    if given.get("today") is True:
        return Operand(is_today=True)
    if "value" in given:
        text = str(given["value"]) if isinstance(given["value"], int) else given["value"]
        if not isinstance(text, str) or not NUMBER.fullmatch(text):
            raise SpecBroken(path, "bad_number")
        return Operand(value=text)
    return Operand(field=_path(given.get("field"), path))
