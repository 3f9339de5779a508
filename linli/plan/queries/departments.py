"""Departments as printed, and who bears their work today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.orgs import queries as orgs


@dataclass(frozen=True, slots=True)
class Body:
    """The organisation that a printed name meant, and how its bearer is called on a later day."""

    id: int
    name: str


def bodies_of(path: str, names: Iterable[str], *, then: date, on: date) -> dict[str, Body]:
    """Return the public organisations of a place that bore these names then, by printed name."""
    found = orgs.organisations_named(names, path=path, on=then)
    return {name: Body(body.pk, orgs.name_on(body, on)) for name, body in sorted(found.items())}
