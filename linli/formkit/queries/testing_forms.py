"""What the lint and the saved tests say about a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.formkit.models import FormTest, FormVersion
from linli.formkit.queries.answering import read_answers
from linli.formkit.queries.forms import sources, spec_of, tests_of
from linli.formkit.queries.words import told_fault, told_schema
from linli.formkit.rules.checking import schema_faults
from linli.formkit.rules.lint import lint
from linli.formkit.rules.typing_back import typed_of
from linli.formkit.rules.writing import write_spec
from linli.formkit.types import Audience, Field, Finding, Reading, Spec


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a saved test went: what was expected and what came, path by path."""

    test: FormTest
    differences: tuple[tuple[str, Any, Any], ...]

    @property
    def has_passed(self) -> bool:
        return not self.differences


def findings_of(version: FormVersion) -> list[Finding]:
    """Return what the lint says about a version, failed tests included."""
    spec = spec_of(version)
    found = lint(spec, Audience(version.form.audience), sources())
    failed = [one for one in run_tests(version) if not one.has_passed]
    return [*(Finding("test_failed", params={"name": one.test.name}) for one in failed), *found]


def run_tests(version: FormVersion) -> list[Outcome]:
    """Return how each saved test goes with this version."""
    return [Outcome(test, differences(version, test)) for test in tests_of(version.form)]


def differences(version: FormVersion, test: FormTest) -> tuple[tuple[str, Any, Any], ...]:
    """Return where a test does not give what it should; expected values may be a part of all."""
    reading = read_answers(version, test.given, {}, today=test.on)
    came = codes_of(reading)
    found = [
        (path, test.faults.get(path), came.get(path))
        for path in sorted({*test.faults, *came})
        if test.faults.get(path) != came.get(path)
    ]
    values = reading.answers.whole if reading.answers else {}
    for path, wanted in test.values.items():
        if not test.faults and values.get(path) != wanted:
            found.append((path, wanted, values.get(path)))
    return tuple(found)


def check_values(
    version: FormVersion, answers: Mapping[str, Any], *, today: date
) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """Return what is wrong with answers as values, and how they would be kept.

    Codes of files are taken as they are: whether they exist, only the app that keeps them knows.
    """
    spec = spec_of(version)
    typed, files = typed_of(
        spec, {key: value for key, value in answers.items() if key in spec.fields}
    )
    reading = read_answers(version, typed, files, today=today)
    told = [
        {"path": path, "code": found[0].code, "message": told_fault(found[0], _field(spec, path))}
        for path, found in reading.faults.items()
    ]
    known = {one["path"] for one in told}
    schema = write_spec(spec)["schema"]
    told += [
        {"path": path, "code": f"schema_{keyword}", "message": told_schema(keyword)}
        for path, keyword in schema_faults(schema, dict(answers))
        if path not in known
    ]
    return told, reading.answers.whole if reading.answers and not told else {}


def _field(spec: Spec, path: str) -> Field | None:
    """Return the field of a path, of a cell its column."""
    head, _row, column = (path.split(".") + ["", ""])[:3]
    return spec.find(f"{head}.{column}" if column else head)


def codes_of(reading: Reading) -> dict[str, str]:
    """Return the first fault of each path by its code."""
    return {path: faults[0].code for path, faults in reading.faults.items() if faults}
