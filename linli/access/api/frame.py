"""What the addresses of this API share: who may ask, places by code, links that are told once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from ninja import Schema

from linli.access.errors import SignInNeeded
from linli.access.models import Account
from linli.access.queries.accounts import own_account
from linli.access.types import Issued
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import Permit, require_somewhere
from linli.kernel.registries import PATH_OF
from linli.kernel.web import Request


def signed_in(request: Request) -> Account:
    """Return the account behind a key or session. Refuses with SignInNeeded."""
    if request.actor.account_id is None:
        raise SignInNeeded()
    return own_account(request.actor)


def owner(request: Request) -> Account:
    """Return the account of whoever asks for things of her own; not another system's key.

    Refuses with SignInNeeded, NotAllowed.
    """
    account = signed_in(request)
    if request.actor.is_machine:
        raise NotAllowed()
    return account


def herself(request: Request) -> Account:
    """Return the account of somebody who is here in person: a key never handles ways in or posts.

    Refuses with SignInNeeded, NotAllowed.
    """
    account = signed_in(request)
    if getattr(request, "is_by_key", False):
        raise NotAllowed()
    return account


def path_of(code: str) -> str:
    """Return the path of a place's code. Refuses with NotFound."""
    path = PATH_OF.call(code)
    if path is None:
        raise NotFound(code=code)
    return str(path)


def holder_of(request: Request, *permits: Permit) -> Account:
    """Return the account of somebody who is here in person and holds one of the permits anywhere.

    Refuses with SignInNeeded, NotAllowed.
    """
    account = herself(request)
    require_somewhere(request.actor, *permits)
    return account


class ReasonIn(Schema):
    """Why something is done; it stands in the trail."""

    reason: str


class LinkOut(Schema):
    """A one-time link, told in this answer alone: hand it over in person."""

    address: str
    ends_at: datetime | None


def link_out(request: Request, link: Issued) -> dict[str, Any]:
    """Return a one-time link as the answer tells it."""
    address = request.build_absolute_uri(reverse("access:link", args=[link.secret]))
    return {"address": address, "ends_at": link.expires_at}
