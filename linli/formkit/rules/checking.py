"""Checking stored answers against the schema alone, as an outside program would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

MOST_FAULTS = 100


def schema_faults(schema: Mapping[str, Any], answers: Any) -> list[tuple[str, str]]:
    """Return what a validator of JSON Schema 2020-12 finds wrong: (path, keyword), at most 100."""
    checker = Draft202012Validator(dict(schema), format_checker=Draft202012Validator.FORMAT_CHECKER)
    found: list[tuple[str, str]] = []
    for error in checker.iter_errors(answers):
        found += _told(error)
        if len(found) >= MOST_FAULTS:
            break
    return sorted(set(found))[:MOST_FAULTS]


def _told(error: ValidationError) -> Iterator[tuple[str, str]]:
    """A missing or surplus answer is told at its own path, not at that of the whole."""
    here = [str(part) for part in error.absolute_path]
    if error.validator == "required" and isinstance(error.instance, Mapping):
        for name in error.validator_value:
            if name not in error.instance:
                yield ".".join([*here, str(name)]), "required"
        return
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        known = set(error.schema.get("properties", {}))
        for name in sorted(set(error.instance) - known)[:MOST_FAULTS]:
            yield ".".join([*here, str(name)[:80]]), "unknown"
        return
    if error.validator == "not" and isinstance(error.validator_value, Mapping):
        # what is not asked with the other answers
        for name in error.validator_value.get("required", ()):
            yield ".".join([*here, str(name)]), "not_asked"
        return
    yield ".".join(here), str(error.validator)
