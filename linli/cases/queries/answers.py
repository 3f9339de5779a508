"""Answers to the questions of a category as a program sends them, by the key of each question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from linli.cases.queries.categories import codes_of_ids
from linli.cases.queries.intake import gone_words, unsent_files, unsent_photos
from linli.cases.queries.questions import (
    UNASKED,
    answered,
    questions_of,
    read,
    slug_of,
    unsent_policy,
    version_of,
)
from linli.cases.types.filing import Answered
from linli.files.types import Policy
from linli.formkit import queries as formkit
from linli.formkit.types import WITH_FILES, Field, Kind, Reading
from linli.kernel.errors import Invalid
from linli.kernel.permits import VAULT

if TYPE_CHECKING:
    from linli.formkit.models import FormVersion

# said of a signature instead of the code of a file: she signs at the office
PAPER = "paper"
# the number of a row within the path of a cell
NUMBER = re.compile(r"\.[0-9]+")


def answers_given(
    category_id: int | None, given: Mapping[str, Any], version: int | None, *, today: date
) -> Answered:
    """Return answers that a program sends by the key of their question, a table as rows of cells by key,
    a point as longitude and latitude, files as the codes under which they were taken in.

    `version` is of the form. Refuses with Invalid beside answers.<key>: what is needed, unreadable, or
    asked by no form.
    """
    code = codes_of_ids({category_id}).get(category_id) if category_id else None
    mark = f"{slug_of(code)}.{version}" if code and version else ""
    found, _seen = version_of(category_id, mark)
    asked = {one.key: one for one in questions_of(found)} if found else {}
    faults = dict(_misfits(asked, given))
    files = _files_named(found, given) if found and not faults else {}
    faults |= {f"answers.{key}": [words] for key, (_codes, words) in files.items() if words}
    signs = {key for key, one in asked.items() if one.kind is Kind.SIGNATURE}
    held = {key: codes for key, (codes, _words) in files.items()}
    reading = (
        read(found, typed_of(given, signs), today=today, files=held)
        if found and not faults
        else None
    )
    if found and reading:
        faults = _wrong(found, reading)
    if faults:
        raise Invalid(faults)
    return answered(found, reading) if found and reading else Answered()


def _misfits(
    asked: Mapping[str, Field], given: Mapping[str, Any]
) -> Iterator[tuple[str, list[str]]]:
    """Yield what no question asks, and what is no table or row where there is one."""
    known = {key for key, one in asked.items() if one.kind not in UNASKED}
    for key, value in given.items():
        if key not in known:
            yield f"answers.{key}", [_("The form of this category asks nothing of this name.")]
        elif value and not _fits(asked[key], value):
            words = _("A table takes a list of rows with its columns; nothing else does.")
            yield f"answers.{key}", [words]


def _files_named(
    version: FormVersion, given: Mapping[str, Any]
) -> dict[str, tuple[list[str], str]]:
    """Return the codes of files by the question that they answer, with what is wrong with them if anything."""
    under_seal = formkit.sealed_keys(formkit.spec_of(version))
    found: dict[str, tuple[list[str], str]] = {}
    for one in questions_of(version):
        value = given.get(one.key)
        is_paper = one.kind is Kind.SIGNATURE and value == PAPER
        if one.kind in WITH_FILES and value and not is_paper:
            codes = [value] if isinstance(value, str) else list(value)
            policy = unsent_policy(one, is_sealed=one.key in under_seal)
            found[one.key] = (codes, _told_files(codes, policy))
    return found


def _told_files(codes: Sequence[str], policy: Policy) -> str:
    if len(unsent_files(codes, policy)) == len(codes):
        return ""
    if len(unsent_photos(codes)) < len(codes):
        return gone_words()
    if policy.level >= VAULT:
        return _(
            "It is kept under seal: send the file in with for_question=sealed, then its new code."
        )
    words = _("This question takes other files: %(wanted)s, sent in with for_question=open.")
    return words % {"wanted": policy.wanted}


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


def typed_of(given: Mapping[str, Any], signs: Set[str] = frozenset()) -> dict[str, list[str]]:
    """Return answers of a program under the names that fields of a page have; `signs` are signatures."""
    typed: dict[str, list[str]] = {}
    for key, value in given.items():
        if _is_rows(value):
            for number, row in enumerate(value):
                typed |= {f"{key}-{number}-{column}": [text] for column, text in row.items()}
        else:
            name = f"{key}-way" if key in signs and value == PAPER else key
            typed[name] = [value] if isinstance(value, str) else list(value)
    return typed
