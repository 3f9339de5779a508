"""Conditions and computations chosen from lists: field, comparison, value; what and of which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.formkit.forms.bounds import read_value, value_text
from linli.formkit.rules.parsing_logic import COMPUTES, NUMBER
from linli.formkit.types import Computation, Condition, Kind, Operand, Spec

LINES, OPERANDS = 3, 5
KEEP = "keep"
OPS = [("is", pgettext_lazy("condition", "is")), ("is_not", pgettext_lazy("condition", "is not")), ("in", pgettext_lazy("condition", "is one of (parted by commas)")),
       ("at_least", pgettext_lazy("condition", "is at least")), ("at_most", pgettext_lazy("condition", "is at most")), ("filled", pgettext_lazy("condition", "is filled in")),
       ("not_filled", pgettext_lazy("condition", "is not filled in"))]  # fmt: skip
COMPUTE_WORDS = [
    ("", _("Nothing yet")), ("sum", _("Sum of")), ("difference", _("First minus second")),
    ("product", _("Product of")), ("quotient", _("First divided by second")),
    ("count", _("How many of")), ("min", _("The least of")), ("max", _("The most of")),
    ("age_on", _("Age: born on the first day, on the second")),
    ("days_between", _("Days from the first to the second")), ("join", _("Texts one after another")),
]  # fmt: skip


def field_choices(spec: Spec, path: str, *, with_columns: bool) -> list[tuple[str, str]]:
    """Return the questions that logic may speak of: others, and columns of the same row."""
    language = get_language() or "zh-hans"
    found = [("", "—")]
    table = path.partition(".")[0] if "." in path else ""
    for name in spec.paths:
        one, head = spec.find(name), name.partition(".")[0]
        is_far = "." in name and head != table and not with_columns
        if one is None or name == path or one.kind is Kind.NOTE or is_far:
            continue
        owner = f"{spec.fields[head].label.told(language)}: " if "." in name else ""
        found.append((name, f"{owner}{one.label.told(language) or name}"))
    return found


class ShowFields:
    """When a question is asked: always, or by up to three comparisons."""

    def __init__(self, form: Any, spec: Spec, path: str) -> None:
        self.spec, self.path = spec, path
        self.was: Condition | None = form.one.show
        lines = lines_of(self.was)
        self.is_deep = self.was is not None and lines is None
        matches = [
            ("", gettext("In any case")),
            ("all", gettext("If all of these hold")),
            ("any", gettext("If one of these holds")),
        ]
        if self.is_deep:
            matches.append((KEEP, gettext("As it is now (more than fits here)")))
        form.fields["if_match"] = forms.ChoiceField(
            label=gettext("When is it asked?"), choices=matches, required=False
        )
        joined = self.was.op if self.was and self.was.op == "any" else "all"
        form.initial["if_match"] = KEEP if self.is_deep else joined if lines else ""
        choices = field_choices(spec, path, with_columns=False)
        for number in range(LINES):
            line = (lines or [])[number] if number < len(lines or []) else None
            self._line(form, number, choices, line)

    def _line(
        self, form: Any, number: int, choices: list[tuple[str, str]], line: Condition | None
    ) -> None:
        name, told = f"if_{number}", number + 1
        form.fields[f"{name}_field"] = forms.ChoiceField(
            label=gettext("Question %(number)s") % {"number": told}, choices=choices, required=False
        )
        form.fields[f"{name}_op"] = forms.ChoiceField(
            label=gettext("Comparison %(number)s") % {"number": told}, choices=OPS, required=False
        )
        form.fields[f"{name}_value"] = forms.CharField(
            label=gettext("Value %(number)s") % {"number": told}, max_length=200, required=False
        )
        if line is None:
            return
        is_negated = line.op == "not"
        inner = line.of[0] if is_negated else line
        one = self.spec.find(inner.field)
        form.initial[f"{name}_field"] = inner.field
        form.initial[f"{name}_op"] = "not_filled" if is_negated else inner.op
        if one is not None and inner.op != "filled":
            form.initial[f"{name}_value"] = value_text(one, inner.value)

    def faults(self, given: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield what is wrong, with the name of its field."""
        if given.get("if_match") in ("", KEEP, None):
            return
        if not any(given.get(f"if_{number}_field") for number in range(LINES)):
            yield "if_match", gettext("Choose at least one question to compare.")
        for number in range(LINES):
            if fault := self._one(given, number)[1]:
                yield f"if_{number}_value", fault

    def _one(self, given: dict[str, Any], number: int) -> tuple[Condition | None, str]:
        path, op = given.get(f"if_{number}_field"), given.get(f"if_{number}_op") or "is"
        one = self.spec.find(path or "")
        if one is None or not path:
            return None, ""
        if op == "filled":
            return Condition("filled", path), ""
        if op == "not_filled":
            return Condition("not", of=(Condition("filled", path),)), ""
        text = given.get(f"if_{number}_value", "")
        texts = text.replace("，", ",").replace("、", ",").split(",") if op == "in" else [text]
        read = [read_value(one, each.strip()) for each in texts if each.strip()]
        if fault := next((fault for _value, fault in read if fault), ""):
            return None, fault
        values = tuple(value for value, _fault in read)
        if not values:
            return None, gettext("Write the value to compare with.")
        return Condition(op, path, values if op == "in" else values[0]), ""

    def read(self, given: dict[str, Any]) -> Condition | None:
        """Return the condition that was chosen."""
        match = given.get("if_match")
        if match == KEEP:
            return self.was
        parts = tuple(p for n in range(LINES) if (p := self._one(given, n)[0]) is not None)
        if not match or not parts:
            return None
        return parts[0] if len(parts) == 1 else Condition(match, of=parts)


def lines_of(condition: Condition | None) -> list[Condition] | None:
    """Return the comparisons of a condition that fits the lines of the form, else None."""
    if condition is None:
        return []
    parts = list(condition.of) if condition.op in ("all", "any") else [condition]
    return parts if len(parts) <= LINES and all(_is_plain(one) for one in parts) else None


def _is_plain(one: Condition) -> bool:
    return not one.of or (one.op == "not" and one.of[0].op == "filled")


class ComputeFields:
    """What a field computes: one computation over up to five fields, numbers, or today."""

    def __init__(self, form: Any, spec: Spec, path: str) -> None:
        self.spec = spec
        self.was: Computation | None = form.one.compute
        self.is_deep = (
            bool(self.was)
            and any(one.inner for one in self.was.of)
            or len(self.was.of if self.was else ()) > OPERANDS
        )
        ops: list[tuple[str, Any]] = list(COMPUTE_WORDS)
        if self.is_deep:
            ops.append((KEEP, gettext("As it is now (more than fits here)")))
        form.fields["of_op"] = forms.ChoiceField(
            label=gettext("What is computed?"), choices=ops, required=False
        )
        form.initial["of_op"] = KEEP if self.is_deep else self.was.op if self.was else ""
        choices = [*field_choices(spec, path, with_columns=True), ("today", gettext("Today"))]
        for number in range(OPERANDS):
            form.fields[f"of_{number}"] = forms.ChoiceField(
                label=gettext("Part %(number)s") % {"number": number + 1},
                choices=choices,
                required=False,
            )
            form.fields[f"of_{number}_number"] = forms.CharField(
                label=gettext("or a number"), max_length=24, required=False
            )
            if self.was and not self.is_deep and number < len(self.was.of):
                one = self.was.of[number]
                form.initial[f"of_{number}"] = "today" if one.is_today else one.field
                form.initial[f"of_{number}_number"] = one.value

    def _operands(self, given: dict[str, Any]) -> tuple[Operand, ...]:
        found = []
        for number in range(OPERANDS):
            name, text = given.get(f"of_{number}"), (given.get(f"of_{number}_number") or "").strip()
            if name == "today":
                found.append(Operand(is_today=True))
            elif name:
                found.append(Operand(field=name))
            elif text:
                found.append(Operand(value=text))
        return tuple(found)

    def faults(self, given: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield what is wrong, with the name of its field."""
        op = given.get("of_op")
        if op in ("", KEEP, None):
            return
        operands = self._operands(given)
        least, most = COMPUTES[op]
        if not least <= len(operands) <= most:
            yield (
                "of_op",
                gettext("This takes from %(least)s to %(most)s parts.")
                % {"least": least, "most": min(most, OPERANDS)},
            )
        for number in range(OPERANDS):
            text = (given.get(f"of_{number}_number") or "").strip()
            if text and not given.get(f"of_{number}") and not NUMBER.fullmatch(text):
                yield f"of_{number}_number", gettext("Write a number in digits, like 12.5.")

    def read(self, given: dict[str, Any]) -> Computation | None:
        """Return the computation that was chosen."""
        op = given.get("of_op")
        if op == KEEP:
            return self.was
        between = self.was.between if self.was else " "
        return Computation(op, self._operands(given), between) if op else None
