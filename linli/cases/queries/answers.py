"""Answers to the questions of a category as a program sends them, by the key of each question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from linli.cases.queries.categories import codes_of_ids
from linli.cases.queries.questions import (
    Answered,
    answered,
    questions_of,
    read,
    slug_of,
    version_of,
)
from linli.formkit import queries as formkit
from linli.formkit.types import Field, Kind, Reading
from linli.kernel.errors import Invalid

if TYPE_CHECKING:
    from linli.formkit.models import FormVersion

# the number of a row within the path of a cell
NUMBER = re.compile(r"\.[0-9]+")


def answers_given(
    category_id: int | None, given: Mapping[str, Any], version: int | None, *, today: date
) -> Answered:
    """Return answers that a program sends by the key of their question, a table as rows of cells by key;
    `version` is of the form.

    Refuses with Invalid beside answers.<key>: what is needed, unreadable, or asked by no form.
    """
    code = codes_of_ids({category_id}).get(category_id) if category_id else None
    mark = f"{slug_of(code)}.{version}" if code and version else ""
    found, _seen = version_of(category_id, mark)
    asked = {one.key: one for one in questions_of(found)} if found else {}
    faults = {
        f"answers.{key}": [_("The form of this category asks nothing of this name.")]
        for key in given.keys() - {key for key, one in asked.items() if one.kind is not Kind.NOTE}
    }
    faults |= {
        f"answers.{key}": [_("A table takes a list of rows with its columns; nothing else does.")]
        for key in given.keys() & asked.keys()
        if given[key] and not _fits(asked[key], given[key])
    }
    reading = read(found, typed_of(given), today=today) if found and not faults else None
    if found and reading:
        faults = _wrong(found, reading)
    if faults:
        raise Invalid(faults)
    return answered(found, reading) if found and reading else Answered()


def _wrong(version: FormVersion, reading: Reading) -> dict[str, list[str]]:
    """Return what is wrong beside answers.<key>, of a cell beside answers.<table>.<row>.<column>."""
    spec = formkit.spec_of(version)
    return {
        f"answers.{path}": [formkit.told_fault(wrong[0], spec.find(NUMBER.sub("", path)))]
        for path, wrong in reading.faults.items()
    }


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _fits(one: Field, value: Any) -> bool:
    if one.kind is not Kind.TABLE or not _is_rows(value):
        return one.kind is not Kind.TABLE and not _is_rows(value)
    return all(row.keys() <= {column.key for column in one.columns} for row in value)


def typed_of(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return answers of a program under the names that fields of a page have."""
    typed: dict[str, list[str]] = {}
    for key, value in given.items():
        if _is_rows(value):
            for number, row in enumerate(value):
                typed |= {f"{key}-{number}-{column}": [text] for column, text in row.items()}
        else:
            typed[key] = [value] if isinstance(value, str) else list(value)
    return typed
