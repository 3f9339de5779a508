"""What access keeps about a person: accounts, mandates, requests about her data."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from linli.access.models import Account, DataRequest, Mandate
from linli.access.secrets import open_phone
from linli.kernel.own_data import Gathered, Herself
from linli.kernel.permits import Actor, open_to_all

HERS = (
    "everybody may have a copy of their own data; people asks who they are, and records the reading"
)


@open_to_all(HERS)
def accounts(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return her accounts, with the number in full."""
    mine = Q(pk=herself.account_id or 0) | Q(person_id__in=herself.person_ids)
    return [
        {
            "name": one.display_name, "phone": open_phone(one) or "", "state": one.state,
            "language": one.language, "since": one.created_at, "entered_with": one.known_agents,
        }
        for one in Account.objects.filter(mine).order_by("-pk")
    ]  # fmt: skip


@open_to_all(HERS)
def mandates(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return for whom she may act or could, and who may for her."""
    mine = Q(agent_id=herself.account_id or 0) | Q(principal_id__in=herself.person_ids)
    found = Mandate.objects.filter(mine).select_related("principal", "agent").order_by("-pk")
    return [
        {
            "of": one.principal.name, "agent": one.agent.display_name, "basis": one.basis,
            "since": one.starts_at, "until": one.revoked_at or one.ends_at,
        }
        for one in found
    ]  # fmt: skip


@open_to_all(HERS)
def requests(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return what she asked about her data, with the answers."""
    # what she filed for another is the other's affair, with the answer to it
    filed = Q(account_id=herself.account_id or 0, person__isnull=True)
    mine = filed | Q(person_id__in=herself.person_ids)
    names = ("number", "kind", "state", "text", "received_at", "answer", "answered_at")
    return list(DataRequest.objects.filter(mine).order_by("-pk").values(*names))
