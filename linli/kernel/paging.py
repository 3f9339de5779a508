"""Keyset paging: the next page begins after the last row, whatever was added meanwhile.

A list offers a fixed set of sorts, each with its index. Columns of a sort are never null and end
with the primary key. Counts are exact up to COUNT_LIMIT and "more" beyond.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.wholes import whole_number

M = TypeVar("M", bound=Model)
I = TypeVar("I")  # noqa: E741

COUNT_LIMIT = 1000
DEFAULT_LIMIT, MAX_LIMIT = 50, 1000
MOST_CURSOR = 600


@dataclass(frozen=True)
class Keyset:
    """One order of a list: column names, "-" before those that fall."""

    key: str
    columns: tuple[str, ...]
    title: Any = ""

    def order(self, *, backwards: bool = False) -> list[str]:
        if not backwards:
            return list(self.columns)
        return [c[1:] if c.startswith("-") else "-" + c for c in self.columns]

    def after(self, values: Sequence[Any], *, backwards: bool = False) -> Q:
        """Return the condition for rows behind (or before) a row with these values."""
        condition, equal = Q(pk__in=[]), Q()
        for column, value in zip(self.order(backwards=backwards), values, strict=True):
            name, falls = column.lstrip("-"), column.startswith("-")
            step = Q(**{f"{name}__{'lt' if falls else 'gt'}": value})
            condition |= equal & step
            equal &= Q(**{name: value})
        # the leading column alone bounds the index scan
        first = self.order(backwards=backwards)[0]
        bound = "lte" if first.startswith("-") else "gte"
        return Q(**{f"{first.lstrip('-')}__{bound}": values[0]}) & condition


@dataclass(frozen=True)
class Page(Generic[I]):
    """Rows of one page and the cursors to its neighbours. `count` is at most COUNT_LIMIT."""

    items: list[I]
    next: str | None
    previous: str | None
    count: int
    has_more_than_count: bool = False

    @property
    def count_text(self) -> str:
        return f"{COUNT_LIMIT:,}+" if self.has_more_than_count else f"{self.count:,}"


def encode_cursor(values: Sequence[Any], *, backwards: bool = False) -> str:
    raw = json.dumps(["b" if backwards else "f", *map(str, values)], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode_cursor(text: str) -> tuple[bool, list[str]]:
    """Refuses with Invalid when the cursor was not made by us."""
    if len(text) > MOST_CURSOR:
        raise bad_cursor()
    try:
        raw = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(raw, list) or not raw or raw[0] not in ("f", "b"):
            raise ValueError(text)
        values = [str(value) for value in raw[1:]]
        "".join(values).encode()  # a lone surrogate is no text
        if any("\0" in value for value in values):
            raise ValueError(text)
        return raw[0] == "b", values
    except (ValueError, binascii.Error, RecursionError) as error:
        raise bad_cursor() from error


def bad_cursor() -> Invalid:
    """Return the refusal of a cursor that was not made by us."""
    return Invalid({"cursor": [_("This page address is damaged. Start from the first page.")]})


def clean_limit(limit: int | str | None) -> int:
    """Return a page size between 1 and MAX_LIMIT. Refuses with Invalid for other words."""
    try:
        wanted = DEFAULT_LIMIT if limit in (None, "") else int(limit or 0)
    except ValueError:
        wanted = 0
    if not 1 <= wanted <= MAX_LIMIT:
        raise Invalid({"limit": [_("Give a number from 1 to %(most)s.") % {"most": MAX_LIMIT}]})
    return wanted


def page_of(
    found: QuerySet[M], sort: Keyset, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[M]:
    """Return one page of a queryset, two statements at most. Refuses with Invalid."""
    backwards, values = decode_cursor(cursor) if cursor else (False, [])
    asked = found
    if cursor:
        asked = asked.filter(sort.after(_typed(found, sort, values), backwards=backwards))
    read = list(asked.order_by(*sort.order(backwards=backwards))[: limit + 1])
    more, items = len(read) > limit, read[:limit]
    if backwards:
        items.reverse()
    counted = len(items) if not cursor and not more else found.order_by()[: COUNT_LIMIT + 1].count()
    return Page(
        items=items,
        next=_cursor_at(items, -1, sort) if (more or backwards) else None,
        previous=_cursor_at(items, 0, sort, backwards=True)
        if cursor and (more or not backwards)
        else None,
        count=min(counted, COUNT_LIMIT),
        has_more_than_count=counted > COUNT_LIMIT,
    )


def in_steps(found: QuerySet[M], sort: Keyset, size: int) -> Iterator[list[M]]:
    """Yield all rows of a queryset in the order of a sort, `size` at a time, for files and jobs."""
    asked = found.order_by(*sort.columns)
    rows = list(asked[:size])
    while rows:
        yield rows
        if len(rows) < size:
            return
        last = [getattr(rows[-1], column.lstrip("-")) for column in sort.columns]
        rows = list(asked.filter(sort.after(last))[:size])


def page_of_rows(
    rows: Sequence[I],
    key_of: Callable[[I], str],
    *,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[I]:
    """Return one page of a list that is in memory as a whole. Refuses with Invalid.

    The cursor holds a mark of the last row and its place: the next page begins after that row, or
    where it stood if it is gone meanwhile.
    """
    start = _start_in(rows, key_of, cursor) if cursor else 0
    end = start + limit
    shown = list(rows[start:end])
    more = bool(shown) and end < len(rows)
    return Page(
        items=shown,
        next=encode_cursor([end, _mark(key_of(shown[-1]))]) if more else None,
        previous=None,
        count=len(rows),
    )


def _start_in(rows: Sequence[I], key_of: Callable[[I], str], cursor: str) -> int:
    _backwards, values = decode_cursor(cursor)
    place = whole_number(values[0]) if len(values) == 2 else None
    if place is None:
        raise bad_cursor()
    keys = [_mark(key_of(row)) for row in rows]
    if place <= len(keys) and keys[place - 1 : place] == [values[1]]:
        return place
    return keys.index(values[1]) + 1 if values[1] in keys else place


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _cursor_at(items: list[M], index: int, sort: Keyset, *, backwards: bool = False) -> str | None:
    if not items:
        return None
    values = [getattr(items[index], column.lstrip("-")) for column in sort.columns]
    return encode_cursor(
        [v.isoformat() if hasattr(v, "isoformat") else v for v in values], backwards=backwards
    )


def _column(found: QuerySet[M], name: str) -> Any:
    """Return the field of a column, also of one that the query itself works out."""
    meta, worked_out = found.model._meta, found.query.annotations.get(name)
    if worked_out is not None:
        return worked_out.output_field
    return meta.pk if name == "pk" else meta.get_field(name)


def _typed(found: QuerySet[M], sort: Keyset, values: list[str]) -> list[Any]:
    if len(values) != len(sort.columns):
        raise bad_cursor()
    try:
        return [
            _column(found, name.lstrip("-")).to_python(v)
            for name, v in zip(sort.columns, values, strict=True)
        ]
    except ValidationError as error:
        raise bad_cursor() from error
