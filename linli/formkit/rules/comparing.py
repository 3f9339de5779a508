"""What differs between two versions of a form, question by question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from linli.formkit.rules.writing import computation_json, condition_json
from linli.formkit.types import Field, Option, Spec, Words

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
# told with the column or the path itself
PASSED_OVER = ("key", "columns")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `what` happened to the question at `path`, in which property."""

    what: str
    path: str
    name: str = ""
    before: str = ""
    after: str = ""


def compare(old: Spec, new: Spec, language: str) -> list[Change]:
    """Return the differences in the order of the new form; what was removed comes last."""
    return list(_changes(old, new, language))


def _changes(old: Spec, new: Spec, language: str) -> Iterator[Change]:
    for name in ("title", "intro"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(CHANGED, "", name, told(before, language), told(after, language))
    old_places, new_places = _places(old), _places(new)
    for path in new.paths:
        one, was = new.find(path), old.find(path)
        if one is None:
            continue
        if was is None:
            yield Change(ADDED, path, after=one.label.told(language))
            continue
        yield from _properties(path, was, one, language)
        before, after = old_places.get(path), new_places.get(path)
        if before is not None and after is not None and before != after:
            yield Change(MOVED, path, "page", before, after)
    for path in old.paths:
        was = old.find(path)
        if was is not None and new.find(path) is None:
            yield Change(REMOVED, path, before=was.label.told(language))


def _places(spec: Spec) -> dict[str, str]:
    return {key: page.key for page in spec.pages for key in page.items}


def _properties(path: str, was: Field, one: Field, language: str) -> Iterator[Change]:
    for each in fields(Field):
        before, after = getattr(was, each.name), getattr(one, each.name)
        if each.name not in PASSED_OVER and before != after:
            yield Change(CHANGED, path, each.name, told(before, language), told(after, language))


def told(value: Any, language: str) -> str:
    """Return a property in words that need no knowledge of the code."""
    if isinstance(value, Words):
        return " / ".join(text for text in (value.zh, value.en) if text)
    if isinstance(value, tuple):
        return (", " if language == "en" else "、").join(told(one, language) for one in value)
    if isinstance(value, Option):
        return f"{value.value} = {told(value.words, language)}"
    if value is None or value == "" or isinstance(value, bool):
        return {True: "✓", False: "✗"}.get(value, "—") if isinstance(value, bool) else "—"
    if hasattr(value, "op"):
        return _logic(value)
    return str(value)


def _logic(value: Any) -> str:
    written = condition_json(value) if hasattr(value, "field") else computation_json(value)
    return json.dumps(written, ensure_ascii=False)
