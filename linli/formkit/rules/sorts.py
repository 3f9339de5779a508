"""Whether conditions compare what can be compared, and computations take what they can compute."""

from __future__ import annotations

from collections.abc import Iterator

from linli.formkit.rules.amounts import day_of, exact_of
from linli.formkit.types import (
    NUMBERS,
    Computation,
    Condition,
    Field,
    Finding,
    Kind,
    Operand,
    Spec,
)

NUMBER, MONEY, DAY, TEXT, OTHER = "number", "money", "day", "text", "other"
WORDED = (Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.SEVERAL, Kind.TIME, Kind.PLACE)
COMPARED = {
    "is": (Kind.CHOICE, Kind.YES_NO, Kind.SEVERAL, Kind.WHOLE, Kind.TEXT),
    "is_not": (Kind.CHOICE, Kind.YES_NO, Kind.SEVERAL, Kind.WHOLE, Kind.TEXT),
    "in": (Kind.CHOICE, Kind.SEVERAL, Kind.WHOLE, Kind.TEXT),
    "at_least": (*NUMBERS, Kind.DATE),
    "at_most": (*NUMBERS, Kind.DATE),
}


def sort_of(one: Field) -> str:
    """Return what an answer is in a computation."""
    kind = one.result if one.kind is Kind.COMPUTED else one.kind
    if kind is Kind.MONEY:
        return MONEY
    if kind in (Kind.WHOLE, Kind.DECIMAL):
        return NUMBER
    if kind is Kind.DATE:
        return DAY
    return TEXT if kind in WORDED else OTHER


def condition_faults(spec: Spec, path: str, condition: Condition) -> Iterator[Finding]:
    """Yield what is wrong with a condition of this field or column."""
    for one in condition.of:
        yield from condition_faults(spec, path, one)
    if not condition.field:
        return
    looked = spec.find(condition.field)
    if looked is None:
        yield Finding("no_such_field", path, params={"field": condition.field})
        return
    if "." in condition.field and condition.field.partition(".")[0] != path.partition(".")[0]:
        yield Finding("other_row", path, params={"field": condition.field})
    kind = looked.result if looked.kind is Kind.COMPUTED else looked.kind
    if condition.op != "filled" and kind not in COMPARED[condition.op]:
        yield Finding("cannot_compare", path, params={"field": condition.field})
        return
    yield from _value_faults(path, condition, looked)


def _value_faults(path: str, condition: Condition, looked: Field) -> Iterator[Finding]:
    if condition.op == "filled":
        return
    values = condition.value if condition.op == "in" else (condition.value,)
    known = {option.value for option in looked.options}
    for value in values:
        if looked.kind in (Kind.CHOICE, Kind.SEVERAL):
            fits = value in known
        elif looked.kind is Kind.DATE:
            fits = day_of(value) is not None
        else:
            fits = exact_of(looked, value) is not None
        if not fits:
            yield Finding(
                "no_such_answer", path, params={"field": condition.field, "value": str(value)}
            )


def computation_faults(spec: Spec, path: str, one: Field) -> Iterator[Finding]:
    """Yield what is wrong with what a field computes."""
    if one.compute is None:
        yield Finding("no_computation", path)
        return
    found = list(_walk(spec, path, one.compute))
    yield from found
    if found:
        return
    gives = result_of(spec, one.compute)
    wanted = {Kind.MONEY: MONEY, Kind.TEXT: TEXT}.get(one.result, NUMBER)
    if gives != wanted:
        yield Finding("other_result", path, params={"gives": gives, "wanted": wanted})


def _walk(spec: Spec, path: str, computation: Computation) -> Iterator[Finding]:
    for operand in computation.of:
        if operand.inner is not None:
            yield from _walk(spec, path, operand.inner)
        elif operand.field:
            yield from _field_faults(spec, path, computation, operand.field)
    yield from _sorts_fit(spec, path, computation)


def _field_faults(spec: Spec, path: str, computation: Computation, name: str) -> Iterator[Finding]:
    one = spec.find(name)
    if one is None or one.kind is Kind.NOTE:
        yield Finding("no_such_field", path, params={"field": name})
        return
    in_same_row = "." in path and path.partition(".")[0] == name.partition(".")[0]
    is_many = "." in name and not in_same_row
    if is_many and computation.op not in ("sum", "count", "min", "max", "join"):
        yield Finding("many_rows", path, params={"field": name})
    if one.kind is Kind.TABLE and computation.op != "count":
        yield Finding("not_a_number", path, params={"field": name})


def _sorts_fit(spec: Spec, path: str, computation: Computation) -> Iterator[Finding]:
    sorts = [(_name(one), _sort(spec, one)) for one in computation.of]
    if computation.op in ("count", "join"):
        return
    wanted = (DAY,) if computation.op in ("age_on", "days_between") else (NUMBER, MONEY)
    for name, sort in sorts:
        if sort not in (*wanted, ""):
            code = "not_a_day" if wanted == (DAY,) else "not_a_number"
            yield Finding(code, path, params={"field": name})
            return
    kinds = {sort for _name, sort in sorts if sort}
    if computation.op in ("sum", "difference", "min", "max") and kinds == {NUMBER, MONEY}:
        yield Finding("mixed_money", path)
    money = [sort for _name, sort in sorts].count(MONEY)
    is_over = computation.op == "quotient" and sorts[0][1] == NUMBER and sorts[1][1] == MONEY
    if (computation.op == "product" and money > 1) or is_over:
        yield Finding("mixed_money", path)


def _name(operand: Operand) -> str:
    return operand.field or operand.value


def _sort(spec: Spec, operand: Operand) -> str:
    """Return the sort of an operand, "" for one whose fault is told elsewhere."""
    if operand.inner is not None:
        return result_of(spec, operand.inner)
    if operand.is_today:
        return DAY
    if operand.value:
        return NUMBER
    one = spec.find(operand.field)
    return "" if one is None else sort_of(one)


def result_of(spec: Spec, computation: Computation) -> str:
    """Return the sort of what a computation gives."""
    if computation.op == "join":
        return TEXT
    sorts = [_sort(spec, one) for one in computation.of]
    if computation.op in ("sum", "difference", "min", "max", "product"):
        return MONEY if MONEY in sorts else NUMBER
    if computation.op == "quotient":
        return MONEY if sorts[0] == MONEY and sorts[1] != MONEY else NUMBER
    return NUMBER
