"""What the addresses of this API share: the plan that is asked about, pages, places, choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from ninja import Schema

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import Page
from linli.kernel.permits import Actor, Permit
from linli.kernel.registries import PATH_OF
from linli.plan import queries


class ListIn(Schema):
    plan: str = ""
    limit: int | None = None
    cursor: str | None = None


class WithVersion(Schema):
    """What was read when the change was thought of; refused as stale if somebody saved since."""

    version: int


def listed(page: Page[Any], show: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a page in the shape of every list."""
    return {"count": page.count, "items": [show(row) for row in page.items], "next": page.next}


def code_of(path: str) -> str:
    """Return the code of the place at the end of a path."""
    return path.rstrip("/").rpartition("/")[2]


def path_of(code: str) -> str:
    """Return the path of a place that a filter names. Refuses with Invalid."""
    path = PATH_OF.call(code)
    if path is None:
        raise Invalid({"place": [_("There is no place of this code.")]})
    return str(path)


def one_of(name: str, word: str, known: Iterable[str]) -> str:
    """Return a word of a filter, or nothing if it is empty. Refuses with Invalid."""
    words = [str(one) for one in known]
    if word and word not in words:
        raise Invalid({name: [", ".join(words)]})
    return word


def places_to_write(actor: Actor, permit: Permit) -> list[Any]:
    """Return where the actor may do something. Refuses with NotFound if nowhere, as the pages do."""
    places = queries.places_for(actor, permit)
    if not places:
        raise NotFound()
    return places


def chosen(places: Sequence[Any], code: str) -> Any:
    """Return the place that a form has accepted."""
    return next(one for one in places if one.code == code)


def numbers_of(tasks: Iterable[int]) -> list[str]:
    """Return numbers of tasks as forms take them."""
    return [str(number) for number in tasks]
