"""Which questions are asked, and what is computed: total functions of what was answered.

A question that is not asked counts as absent; one that is asked but blank makes what is computed
from it unknown, which is not zero. Numbers are exact to the end: a condition compares what was
computed before it is rounded (NUM-03). `static/formkit/logic.js` does the same in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from linli.formkit.rules.amounts import exact_of, stored_of
from linli.formkit.rules.computing import compute, is_amount
from linli.formkit.rules.order import ordered
from linli.formkit.types import Condition, Field, Kind, Operand, Spec

BUSY = object()


@dataclass(frozen=True)
class Outcome:
    """What holds: answers that were asked, with what is computed, and the paths that are asked.

    A column of the third row of a table is "rows.2.amount".
    """

    values: dict[str, Any]
    shown: frozenset[str]


def evaluate(spec: Spec, given: Mapping[str, Any], *, today: date) -> Outcome:
    """Return what holds with these answers, whatever was given in branches that are not asked."""
    run = _Run(spec, given, today)
    run.in_order()
    values: dict[str, Any] = {}
    for key, one in spec.fields.items():
        if not run.is_shown(key, None):
            continue
        found = run.rows_of(one) if one.kind is Kind.TABLE else run.stored(key, None)
        if found is not None and found != []:
            values[key] = found
    shown = frozenset(path for path, is_shown in run.shown.items() if is_shown)
    return Outcome(values, frozenset(_told(*path) for path in shown))


def _told(path: str, row: int | None) -> str:
    if row is None:
        return path
    head, _dot, tail = path.partition(".")
    return f"{head}.{row}.{tail}"


@dataclass
class _Run:
    spec: Spec
    given: Mapping[str, Any]
    today: date
    shown: dict[tuple[str, int | None], bool] = field(default_factory=dict)
    known: dict[tuple[str, int | None], Any] = field(default_factory=dict)

    def in_order(self) -> None:
        """Work everything out from the ground up; what hangs in a circle is not asked."""
        paths, circles = ordered(self.spec)
        for path in circles:
            self.shown.update({(path, row): False for row in self.rows_at(path)})
        for path in paths:
            for row in self.rows_at(path):
                self.exact(path, row)

    def rows_at(self, path: str) -> list[int | None]:
        """Return the rows in which a path stands: none but itself, or each of its table."""
        head, _dot, tail = path.partition(".")
        return list(range(len(self.rows_given(head)))) if tail else [None]

    def is_shown(self, path: str, row: int | None) -> bool:
        """Say whether a question is asked; one that hangs on itself is not."""
        place = (path, row)
        if place not in self.shown:
            self.shown[place] = False
            one = self.spec.find(path)
            inside = "." not in path or self.is_shown(path.partition(".")[0], None)
            self.shown[place] = bool(
                one and inside and (one.show is None or self.holds(one.show, row))
            )
        return self.shown[place]

    def holds(self, condition: Condition, row: int | None) -> bool:
        """Say whether a condition holds. What is blank or not asked fulfils no comparison."""
        parts = (self.holds(one, row) for one in condition.of)
        if condition.op == "all":
            return all(parts)
        if condition.op == "any":
            return any(parts)
        if condition.op == "not":
            return not any(parts)
        return self._compares(condition, row)

    def _compares(self, condition: Condition, row: int | None) -> bool:
        one = self.spec.find(condition.field)
        if one is None:
            return False
        if one.kind is Kind.TABLE:
            rows = self.rows_given(condition.field)
            return condition.op == "filled" and self.is_shown(condition.field, None) and bool(rows)
        found = self.exact(condition.field, row if "." in condition.field else None)
        return found is not None and compares(condition, one, found)

    def exact(self, path: str, row: int | None) -> Any:
        """Return an answer as logic sees it, or None if it is blank or not asked."""
        place = (path, row)
        if place not in self.known:
            self.known[place] = None
            if self.is_shown(path, row):
                self.known[place] = self._find(path, row)
        return self.known[place]

    def _find(self, path: str, row: int | None) -> Any:
        one = self.spec.find(path)
        if one is None or one.kind in (Kind.TABLE, Kind.NOTE):
            return None
        if one.kind is Kind.COMPUTED:
            return self.computed(one, row)
        return exact_of(one, self._raw(path, row))

    def _raw(self, path: str, row: int | None) -> Any:
        head, _dot, tail = path.partition(".")
        if not tail:
            return self.given.get(head)
        rows = self.rows_given(head)
        return rows[row].get(tail) if row is not None and row < len(rows) else None

    def rows_given(self, key: str) -> list[Mapping[str, Any]]:
        rows = self.given.get(key)
        if not isinstance(rows, (list, tuple)):
            return []
        return [row for row in rows if isinstance(row, Mapping)]

    def computed(self, one: Field, row: int | None) -> Any:
        """Return what a field computes, unknown if it is of another kind than it says."""
        if one.compute is None:
            return None
        found = compute(one.compute, lambda operand: self.parts(operand, row), self.today)
        fits = isinstance(found, str) if one.result is Kind.TEXT else is_amount(found)
        return found if fits else None

    def parts(self, operand: Operand, row: int | None) -> list[Any] | None:
        """Return what an operand stands for, None for blanks in it; None if it is not asked."""
        if operand.inner is not None:
            return [compute(operand.inner, lambda one: self.parts(one, row), self.today)]
        if operand.is_today:
            return [self.today]
        if operand.value:
            return [Fraction(operand.value)]
        head, _dot, tail = operand.field.partition(".")
        one = self.spec.find(operand.field)
        if one is None or not self.is_shown(head, None):
            return None
        if one.kind is Kind.TABLE:
            return [True for _row in self.rows_given(head)]
        if not tail:
            return [self.exact(head, None)]
        return self._column(operand.field, row)

    def _column(self, path: str, row: int | None) -> list[Any] | None:
        if row is not None:
            return [self.exact(path, row)] if self.is_shown(path, row) else None
        numbers = range(len(self.rows_given(path.partition(".")[0])))
        return [self.exact(path, number) for number in numbers if self.is_shown(path, number)]

    def stored(self, path: str, row: int | None) -> Any:
        """Return an answer as it is kept."""
        one = self.spec.find(path)
        if one is None or one.kind is Kind.NOTE:
            return None
        if one.kind is Kind.COMPUTED:
            return stored_of(one, self.exact(path, row))
        raw = self._raw(path, row)
        return None if raw in ("", [], {}) else raw

    def rows_of(self, one: Field) -> list[dict[str, Any]]:
        """Return the rows of a table, each with the columns that are asked in it."""
        rows = []
        for number in range(len(self.rows_given(one.key))):
            row = {}
            for column in one.columns:
                path = f"{one.key}.{column.key}"
                if self.is_shown(path, number):
                    row[column.key] = self.stored(path, number)
            rows.append({key: value for key, value in row.items() if value is not None})
        return rows


def compares(condition: Condition, one: Field, found: Any) -> bool:
    """Say whether an answer fulfils a comparison; what cannot be compared does not."""
    if condition.op == "filled":
        return True
    if condition.op == "in":
        return any(_is(found, exact_of(one, value)) for value in condition.value)
    wanted = exact_of(one, condition.value)
    if condition.op == "is":
        return _is(found, wanted)
    if condition.op == "is_not":
        return wanted is not None and not _is(found, wanted)
    if type(found) is not type(wanted) or not isinstance(found, (Fraction, date)):
        return False
    return bool(found >= wanted if condition.op == "at_least" else found <= wanted)


def _is(found: Any, wanted: Any) -> bool:
    if isinstance(found, tuple):
        return wanted in found or (isinstance(wanted, tuple) and set(wanted) <= set(found))
    return type(found) is type(wanted) and bool(found == wanted)
