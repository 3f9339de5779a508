"""Rows of the vault, sealed many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from linli.kernel import sealing
from linli.people.rules.masks import mask_contact
from linli.people.services.mass import bulk
from linli.ui.masks import mask_id

DOCUMENTS, CONTACTS = "people_persondocument", "people_contact"
NUMBER_PURPOSE, VALUE_PURPOSE = "people.document.number", "people.contact.value"


def sealed_documents(
    persons: Sequence[int],
    kinds: Iterable[str],
    numbers: Sequence[str],
    valid_until: Iterable[date | None] = repeat(None),
    disputed: Iterable[bool] = repeat(False),
) -> Iterator[tuple[Any, ...]]:
    """Return rows of documents, their numbers sealed and indexed."""
    ids = bulk.reserve("persondocument", len(persons))
    sealed = sealing.seal_many(numbers, table=DOCUMENTS, column="number", rows=ids)
    indexes = sealing.blind_many(numbers, purpose=NUMBER_PURPOSE)
    return (
        (row, person, kind, secret, *index, mask_id(number), until, two)
        for row, person, kind, secret, index, number, until, two in zip(
            ids, persons, kinds, sealed, indexes, numbers, valid_until, disputed, strict=False
        )
    )


def sealed_contacts(
    persons: Sequence[int], kinds: Iterable[str], values: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Return rows of contacts; all are indexed, since who calls is looked up by number."""
    ids = bulk.reserve("contact", len(persons))
    sealed = sealing.seal_many(values, table=CONTACTS, column="value", rows=ids)
    indexes = sealing.blind_many(values, purpose=VALUE_PURPOSE)
    return (
        (row, person, kind, secret, *index, mask_contact(kind, value))
        for row, person, kind, secret, index, value in zip(
            ids, persons, kinds, sealed, indexes, values, strict=False
        )
    )
