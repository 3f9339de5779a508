"""The end of what residents let others do for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from linli.access import permits
from linli.access.clients.messages import tell, tell_others
from linli.access.models import Account, Mandate, SignIn
from linli.access.queries.rights import is_party
from linli.kernel.errors import WrongState
from linli.kernel.permits import Actor, open_to_all, require
from linli.notify.types import Link, To
from linli.people.queries import ids_of_one
from linli.trail.services import record

POSTS = Link("access:posts")
# what a session says of acting while its owner acts for herself
NOBODY_ELSE: dict[str, Any] = {"acting_for": None, "acting_until": None, "purpose": ""}


@open_to_all("whoever gave it may end it, else it takes the permit at the counter")
@transaction.atomic
def end_mandate(mandate: Mandate, *, path: str, actor: Actor, now: datetime) -> Mandate:
    """End a mandate at once. Refuses with NotAllowed, WrongState."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if not is_party(actor, mandate):
        require(actor, permits.ENROL, at=path)
    if mandate.revoked_at is not None:
        raise WrongState(move="end", state="ended")
    _end(mandate, path, actor, now)
    if actor.account_id != mandate.agent_id:
        tell(
            "access.mandate_ended", mandate.agent, _said(mandate), link=POSTS, actor=actor, now=now
        )
    return mandate


@open_to_all("closing an account has required its own permit")
def end_mandates_held(agent: Account, *, actor: Actor, now: datetime) -> None:
    """End what others gave her whose account closes, and tell them: she cannot act for them any more."""
    held = Mandate.objects.select_for_update(of=("self",)).select_related("agent", "principal")
    for one in held.filter(agent=agent, revoked_at__isnull=True, ends_at__gt=now).order_by("pk"):
        _end(one, agent.path, actor, now)


def _end(mandate: Mandate, path: str, actor: Actor, now: datetime) -> None:
    """End it with the acting that rests on it, and tell whoever gave it unless she does it herself."""
    mandate.revoked_at = now
    mandate.save(update_fields=["revoked_at"])
    hers = ids_of_one(mandate.principal_id)
    SignIn.objects.filter(account=mandate.agent_id, acting_for__in=hers).update(**NOBODY_ELSE)
    record("access.mandate_ended", on=mandate, actor=actor, now=now, person_id=mandate.principal_id)
    if actor.person_id != mandate.principal_id:
        tell_others(
            "access.mandate_ended", To(person_id=mandate.principal_id), _said(mandate), place=path,
            link=POSTS, actor=actor, now=now,
        )  # fmt: skip


def _said(mandate: Mandate) -> dict[str, str]:
    return {"agent": mandate.agent.display_name, "principal": mandate.principal.name}
