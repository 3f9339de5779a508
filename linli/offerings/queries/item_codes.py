"""What speaks against the code of an item beside the others: another body, another item with the same."""

from __future__ import annotations

from datetime import date

from linli.kernel.paths import chain_of_path
from linli.offerings.models import Item, ItemVersion
from linli.offerings.rules.item_codes import code_fault, parse_code
from linli.offerings.states import ItemState, VersionState
from linli.offerings.types.items import ItemFault
from linli.orgs.queries.naming import bearer_of, credit_code_of

PUBLIC = (ItemState.OFFERED, ItemState.SUSPENDED)


def code_faults(item: Item, code: str, on: date) -> list[ItemFault]:
    """Return what is wrong with a code that can be read; nothing for none."""
    if not code or code_fault(code):
        return []
    found, body = [], _body_of(item, on)
    named = parse_code(code).body
    if named and body and named != body:
        found.append(ItemFault("code", "code_other_body", body))
    if other := _other_with(item, code):
        found.append(ItemFault("code", "code_twice", other))
    return found


def _body_of(item: Item, on: date) -> str:
    """The credit code of the office that answers for an item, or nothing while none is named or known."""
    return credit_code_of(bearer_of(item.owner_id, on), on) if item.owner_id else ""


def _other_with(item: Item, code: str) -> str:
    """The name of an item with the same code that people meet at the same place, or nothing."""
    same = ItemVersion.objects.filter(
        code=code, state=VersionState.PUBLISHED, until__isnull=True, item__state__in=PUBLIC
    ).exclude(item=item)
    for version in same.select_related("item"):
        here, there = item.path, version.item.path
        if here in chain_of_path(there) or there in chain_of_path(here):
            return version.name
    return ""
