"""Reading what was typed into a version, with what only the whole system knows: places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from linli.formkit.models import FormVersion
from linli.formkit.queries.forms import spec_of
from linli.formkit.rules.reading import read
from linli.formkit.types import PLACES_UNDER, Codes, Fault, Field, Kind, Reading, Typed


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


def places_under(root: str) -> Sequence[tuple[str, str]]:
    """Return the places that can be chosen under a path: codes with names."""
    return list(PLACES_UNDER.call(root))
