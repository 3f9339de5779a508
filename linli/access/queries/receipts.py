"""For which requests about personal data a receipt is printed: those that somebody filed for another."""

from __future__ import annotations

from linli.access import permits
from linli.access.models import DataRequest
from linli.kernel.permits import PERSONAL, Actor
from linli.people.queries import entries_of


def is_for_another(request: DataRequest) -> bool:
    """Say whether a request was filed at the counter, in the name of whoever asked there."""
    if request.person_id is None:
        return False
    account = request.account
    return account is None or account.person_id not in entries_of(request.person_id)


def may_print(request: DataRequest, actor: Actor) -> bool:
    """Say whether the actor hands out the receipt of a request."""
    at_counter = actor.may(permits.ACT_FOR, at=request.path, level=PERSONAL)
    return at_counter and is_for_another(request)
