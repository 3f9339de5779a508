"""A person decides on an item of the hall's list: it is one of ours, it is none, or a draft is begun of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.exchange.services import hall_lists as theirs
from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, open_to_all, require
from linli.offerings import permits
from linli.offerings.models import ItemVersion
from linli.offerings.queries.hall import newest_of
from linli.offerings.queries.items import facts_of, offered
from linli.offerings.rules.hall import facts_from, new_facts
from linli.offerings.services.items import create_item, open_draft, write_draft
from linli.offerings.states import VersionState

if TYPE_CHECKING:
    from linli.exchange.models import HallItem
    from linli.places.models import Place


@open_to_all("deciding on the hall's list requires exchange.connect for the whole city")
@transaction.atomic
def link_item(
    item: HallItem, key: str, why: str, *, digest: str, actor: Actor, now: datetime
) -> HallItem:
    """Say which of our items an item of the hall is; an empty key says that it is none.

    Nothing of ours changes. Refuses with NotAllowed, Stale, Invalid.
    """
    if key and not offered(localdate(now)).filter(item__key=key).exists():
        raise Invalid({"item": [_("This item is not offered. Choose another one.")]})
    return theirs.settle_item(item, key, why, digest=digest, actor=actor, now=now)


@transaction.atomic
def draft_item(
    item: HallItem, place: Place, why: str, *, digest: str, actor: Actor, now: datetime
) -> ItemVersion:
    """Begin a draft of what the hall's list says: of a new item, or the next version of ours.

    What is public stays until a second person publishes the draft. Refuses with NotAllowed, Stale,
    KeyTaken, DraftOpen, EndedItem, Invalid.
    """
    known = newest_of(item.item_key) if item.item_key else None
    if known is None:
        facts = facts_from(item.name, item.content, new_facts(item.code, item.name))
        version = create_item(place, facts, actor=actor, now=now)
    else:
        require(actor, permits.WRITE_ITEMS, at=known.item.path)
        draft = (
            known
            if known.state == VersionState.DRAFT
            else open_draft(known.item, actor=actor, now=now)
        )
        facts = facts_from(item.name, item.content, facts_of(draft))
        version = write_draft(draft, facts, edition=draft.edition, actor=actor, now=now)
    theirs.settle_item(item, version.item.key, why, digest=digest, actor=actor, now=now)
    return version
