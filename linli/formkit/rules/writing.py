"""A form written as JSON: a schema that any validator of JSON Schema 2020-12 can use, layout, logic."""

from __future__ import annotations

from typing import Any

from linli.formkit.rules.parsing import MARK
from linli.formkit.rules.schemas import branches, schema_of
from linli.formkit.types import Computation, Condition, Field, Kind, Operand, Spec, Words

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FLAGS = ("required", "sealed", "as_list", "no_doubles")
TEXTS = ("root", "known_from", "topic", "scene", "basis")


def write_spec(spec: Spec) -> dict[str, Any]:
    """Return the JSON of a form; `read_spec` gives the same form back."""
    asking = {key: one for key, one in spec.fields.items() if one.kind is not Kind.NOTE}
    properties = {key: {**schema_of(one), MARK: mark_of(one)} for key, one in asking.items()}
    always = [k for k, one in asking.items() if must_be_there(one) and one.show is None]
    schema: dict[str, Any] = {
        "$schema": DRAFT,
        "type": "object",
        MARK: {"title": words_of(spec.title), "intro": words_of(spec.intro)},
        "properties": properties,
        "required": always,
        "additionalProperties": False,
    }
    if conditional := branches(spec):
        schema["allOf"] = conditional
    return {"schema": schema, "layout": layout_of(spec), "logic": logic_of(spec)}


def must_be_there(one: Field) -> bool:
    """Say whether an answer has to be there when the question is asked."""
    if one.kind in (Kind.COMPUTED, Kind.NOTE):
        return False
    return one.required or (one.kind is Kind.TABLE and one.min_rows > 0)


def words_of(words: Words) -> dict[str, str]:
    """Return a text in both languages as JSON."""
    return {"zh": words.zh, "en": words.en}


def mark_of(one: Field) -> dict[str, Any]:
    """Return what the schema alone cannot say about a field; what is usual is left out."""
    mark: dict[str, Any] = {"kind": one.kind.value, "label": words_of(one.label)}
    mark.update(
        {name: words_of(getattr(one, name)) for name in ("help", "unit") if getattr(one, name)}
    )
    mark.update({name: True for name in FLAGS if getattr(one, name)})
    mark.update({name: getattr(one, name) for name in TEXTS if getattr(one, name)})
    usual = Field(one.key, one.kind, one.label)
    for name in (
        "least",
        "most",
        "longest",
        "decimals",
        "lean",
        "rounding",
        "min_rows",
        "max_rows",
        "max_files",
    ):
        if getattr(one, name) != getattr(usual, name):
            mark[name] = getattr(one, name)
    if one.kind is Kind.COMPUTED:
        mark["result"] = one.result.value
    if one.options:
        mark["options"] = [{"value": o.value, "words": words_of(o.words)} for o in one.options]
    if one.columns:
        mark["columns"] = [{"key": c.key, **schema_of(c), MARK: mark_of(c)} for c in one.columns]
    return mark


def layout_of(spec: Spec) -> dict[str, Any]:
    """Return pages, sections and their questions; explanations stand here alone."""

    def item(key: str) -> Any:
        one = spec.fields.get(key)
        is_note = one is not None and one.kind is Kind.NOTE
        return {"note": key, "text": words_of(one.label)} if one and is_note else key

    return {
        "pages": [
            {
                "key": page.key,
                "title": words_of(page.title),
                "sections": [
                    {"title": words_of(s.title), "items": [item(key) for key in s.items]}
                    for s in page.sections
                ],
            }
            for page in spec.pages
        ]
    }


def logic_of(spec: Spec) -> dict[str, Any]:
    """Return conditions and computations by the path they belong to."""
    logic: dict[str, dict[str, Any]] = {}
    for path in spec.paths:
        one = spec.find(path)
        if one is not None and one.show is not None:
            logic.setdefault("show", {})[path] = condition_json(one.show)
        if one is not None and one.compute is not None:
            logic.setdefault("compute", {})[path] = computation_json(one.compute)
    return logic


def condition_json(condition: Condition) -> dict[str, Any]:
    """Return a condition as JSON."""
    if condition.of:
        return {"op": condition.op, "of": [condition_json(one) for one in condition.of]}
    if condition.op == "filled":
        return {"op": "filled", "field": condition.field}
    value = list(condition.value) if condition.op == "in" else condition.value
    return {"op": condition.op, "field": condition.field, "value": value}


def computation_json(computation: Computation) -> dict[str, Any]:
    """Return a computation as JSON."""
    written: dict[str, Any] = {
        "op": computation.op, "of": [operand_json(one) for one in computation.of]
    }  # fmt: skip
    if computation.between != " ":
        written["between"] = computation.between
    return written


def operand_json(operand: Operand) -> dict[str, Any]:
    """Return an operand as JSON."""
    if operand.inner is not None:
        return computation_json(operand.inner)
    if operand.is_today:
        return {"today": True}
    return {"value": operand.value} if operand.value else {"field": operand.field}
