"""What the addresses of every app's API share: pages of lists, plain columns, words to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Schema
from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from linli.kernel.dates import NotADate, in_city
from linli.kernel.errors import Invalid
from linli.kernel.paging import (
    COUNT_LIMIT,
    DEFAULT_LIMIT,
    MAX_LIMIT,
    Keyset,
    Page,
    clean_limit,
    page_of,
)
from linli.kernel.phones import MOST_BOXES, MOST_SIGNS


def _in_city(at: datetime) -> datetime:
    try:
        return in_city(at)
    except NotADate as fault:
        raise PydanticCustomError("datetime_parsing", "no moment of our time") from fault


# a moment that is sent; without a zone it is the city's local time
Moment = Annotated[datetime, AfterValidator(_in_city)]


# the boxes that a phone keeps, each with somebody's key
Boxes = Annotated[list[Annotated[str, Field(max_length=MOST_SIGNS)]], Field(max_length=MOST_BOXES)]


class Plain(BaseModel):
    """A shape of a busy call, read from JSON or a dict: the library's own reads any object, and that twice."""


class PagedIn(Schema):
    """How much of a list is asked for, and from where on."""

    limit: int | None = Field(
        default=None, description=f"How many at once, {DEFAULT_LIMIT} without.",
        json_schema_extra={"minimum": 1, "maximum": MAX_LIMIT},
    )  # fmt: skip
    cursor: str | None = Field(default=None, description="`next` of the page before.")


# what the schema of a list says of its count
COUNTED = (
    f"How many there are, counted up to {COUNT_LIMIT:,}: that number means so many or more, and the "
    "header Count-Is of the answer then says at-least in place of exact. `next` leads on."
)


def listed(
    page: Page[Any],
    show: Callable[[Any], Any] | None = None,
    *,
    items: Sequence[Any] | None = None,
) -> dict[str, Any]:
    """Return a page in the shape of every list; `items` if they were made for it as a whole."""
    if items is None:
        items = [show(row) for row in page.items] if show else page.items
    return {"count": page.count, "items": items, "next": page.next}


def paged(
    found: QuerySet[Any], sort: Keyset, asked: PagedIn, show: Callable[[Any], Any] | None = None
) -> dict[str, Any]:
    """Return the page that is asked for of what was found. Refuses with Invalid."""
    return listed(page_of(found, sort, cursor=asked.cursor, limit=clean_limit(asked.limit)), show)


def plain(thing: Any, *names: str) -> dict[str, Any]:
    """Return columns of a thing under their own names."""
    return {name: getattr(thing, name) for name in names}


def gives(mime: str, **schema: object) -> dict[str, Any]:
    """Return what the contract says of an answer that has no shape of ours, for `openapi_extra`."""
    return {"responses": {200: {"content": {mime: {"schema": schema}}}}}


@contextmanager
def named_as_sent(names: Mapping[str, str]) -> Iterator[None]:
    """Refuse under the names that a program sent: name in a form or service → name that was sent."""
    try:
        yield
    except Invalid as fault:
        fields = {names.get(name, name): said for name, said in fault.fields.items()}
        raise Invalid(fields) from fault


def one_of(name: str, word: str, known: Iterable[str]) -> str:
    """Return a word of a filter, or nothing if it is empty. Refuses with Invalid."""
    words = [str(one) for one in known]
    if word and word not in words:
        raise Invalid({name: [", ".join(words)]})
    return word
