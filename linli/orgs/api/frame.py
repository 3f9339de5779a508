"""What the addresses of this API share: the place that is asked about, pages, codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Schema

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import Page
from linli.kernel.permits import Actor, Permit, require
from linli.kernel.registries import PATH_OF
from linli.orgs import permits, queries

CITY_PATH = ""


class ListIn(Schema):
    place: str = ""
    limit: int | None = None
    cursor: str | None = None


class WithEdition(Schema):
    """What was read when the change was thought of; refused as stale if somebody saved since."""

    edition: int


class OnIn(Schema):
    on: date


def listed(page: Page[Any], show: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a page in the shape of every list."""
    return {"count": page.count, "items": [show(row) for row in page.items], "next": page.next}


def plain(thing: Any, *names: str) -> dict[str, Any]:
    """Return columns of a thing under their own names."""
    return {name: getattr(thing, name) for name in names}


def code_of(path: str) -> str:
    """Return the code of the place at the end of a path."""
    return path.rstrip("/").rpartition("/")[2]


def path_of(code: str) -> str:
    """Return the path of a place that a filter names; without one everywhere. Refuses with Invalid."""
    if not code:
        return CITY_PATH
    path = PATH_OF.call(code)
    if path is None:
        raise Invalid({"place": [_("There is no place of this code.")]})
    return str(path)


def place_for(actor: Actor, code: str, permit: Permit) -> str:
    """Return the path of the place asked about, else the first where the permit is held.

    Refuses with NotFound.
    """
    path = PATH_OF.call(code) if code else next(iter(actor.paths(permit)), None)
    if path is None:
        raise NotFound(code=code)
    return str(path)


def one_of(name: str, word: str, known: Any) -> str:
    """Return a word of a filter, or nothing if it is empty. Refuses with Invalid."""
    words = [str(one) for one in known]
    if word and word not in words:
        raise Invalid({name: [", ".join(words)]})
    return word


def kept_organisation(actor: Actor, code: str) -> Any:
    """Return an organisation that the actor keeps. Refuses with NotFound, NotAllowed."""
    organisation = queries.get_organisation(actor, code, on=localdate())
    require(actor, permits.keeper_of(organisation.level), at=organisation.path)
    return organisation


def named_organisation(actor: Actor, code: str, field: str) -> Any:
    """Return the organisation that a field names by its code. Refuses with Invalid."""
    try:
        return queries.get_organisation(actor, code.strip(), on=localdate())
    except NotFound:
        raise Invalid({field: [_("No organisation has this code.")]}) from None
