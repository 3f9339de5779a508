"""Reading what was typed into a version, with what only the whole system knows: places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from linli.files.types import ATTACHMENT, PHOTO, Policy
from linli.formkit.models import FormVersion
from linli.formkit.queries.forms import spec_of
from linli.formkit.rules.reading import read
from linli.formkit.types import MOST_FILES, PLACES_UNDER, Codes, Fault, Field, Kind, Reading, Typed
from linli.kernel.permits import PERSONAL, VAULT


def read_answers(
    version: FormVersion,
    typed: Typed,
    files: Codes,
    *,
    today: date,
    only: Iterable[str] | None = None,
) -> Reading:
    """Return answers, or faults beside what was typed; `only` tells faults of these fields alone.

    `files` are codes that were taken in for this form, never what somebody posted.
    """
    spec = spec_of(version)
    reading = read(spec, typed, files, today=today, only=only)
    wanted = set(spec.fields if only is None else only)
    strange = {
        key: [Fault("not_a_place")]
        for key in wanted & set(reading.values) & reading.shown
        if spec.fields[key].kind is Kind.PLACE and not _is_offered(spec.fields[key], reading)
    }
    if not strange:
        return reading
    return replace(reading, faults={**reading.faults, **strange}, answers=None)


def _is_offered(one: Field, reading: Reading) -> bool:
    return str(reading.values[one.key]) in dict(places_under(one.root) if one.root else ())


def file_policy(one: Field, *, is_sealed: bool, keep_days: int | None = None) -> Policy:
    """Return what a question that is answered with files takes; under seal each has a key of its own."""
    usual = {Kind.FILES: ATTACHMENT}.get(one.kind, PHOTO)
    return Policy(usual.kinds, usual.max_bytes, VAULT if is_sealed else PERSONAL, keep_days)


def most_files(one: Field) -> int:
    """Return how many files a question takes."""
    return 1 if one.kind is Kind.SIGNATURE else min(one.max_files, MOST_FILES)


def places_under(root: str) -> Sequence[tuple[str, str]]:
    """Return the places that can be chosen under a path: codes with names."""
    return list(PLACES_UNDER.call(root))
