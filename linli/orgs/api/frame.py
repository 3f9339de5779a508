"""What the addresses of this API share: the place that is asked about, pages, codes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from ninja import Schema

from linli.kernel.api import PagedIn
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, Permit, require
from linli.kernel.registries import PATH_OF
from linli.orgs import permits, queries
from linli.orgs.queries.naming import organisation_given


class ListIn(PagedIn):
    place: str = ""


class WithEdition(Schema):
    """What was read when the change was thought of; refused as stale if somebody saved since."""

    edition: int


class OnIn(Schema):
    on: date


def place_for(actor: Actor, code: str, permit: Permit) -> str:
    """Return the path of the place asked about, else the first where the permit is held.

    Refuses with NotFound.
    """
    path = PATH_OF.call(code) if code else next(iter(actor.paths(permit)), None)
    if path is None:
        raise NotFound(code=code)
    return str(path)


def kept_organisation(actor: Actor, code: str) -> Any:
    """Return an organisation that the actor keeps. Refuses with NotFound, NotAllowed."""
    organisation = queries.get_organisation(actor, code, on=localdate())
    require(actor, permits.keeper_of(organisation.level), at=organisation.path)
    return organisation


def named_organisation(actor: Actor, said: str, field: str) -> Any:
    """Return the organisation that a field names by its code or its full name. Refuses with Invalid."""
    return organisation_given(actor, said, field=field, on=localdate())
