"""What the addresses of this API share: who may ask, places by code, whether a key asks."""

from __future__ import annotations

from linli.access.errors import SignInNeeded
from linli.access.models import Account
from linli.access.queries.accounts import own_account
from linli.kernel.errors import NotAllowed, NotFound
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
