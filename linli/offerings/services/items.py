"""Items of service are written: a first draft, the next version of what is public, the facts around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.offerings import permits
from linli.offerings.errors import DraftOpen, KeyTaken
from linli.offerings.models import Item, ItemVersion
from linli.offerings.models.item_rows import locked, locked_version, refuse_ended
from linli.offerings.queries.items import offices_of
from linli.offerings.rules.item_columns import columns_of
from linli.offerings.states import VERSION, VersionState
from linli.offerings.types.items import ItemFacts
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

OPEN = (VersionState.DRAFT, VersionState.REVIEW)


@transaction.atomic
def create_item(place: Place, facts: ItemFacts, *, actor: Actor, now: datetime) -> ItemVersion:
    """Begin an item of a place with its first draft. Refuses with NotAllowed, Ended, KeyTaken."""
    require(actor, permits.WRITE_ITEMS, at=place.path)
    register.refuse_ended(place)
    hold("offerings.item", facts.key)
    if Item.objects.filter(key=facts.key).exists():
        raise KeyTaken({"key": [str(KeyTaken.message)]})
    item = Item.objects.create(key=facts.key, path=place.path)
    version = ItemVersion.objects.create(
        item=item, number=1, account_id=actor.account_id, written_at=now,
        hands=[] if actor.account_id is None else [actor.account_id], **columns_of(facts),
    )  # fmt: skip
    record("offerings.item_created", on=item, actor=actor, now=now, place=item.path, key=item.key)
    return version


@transaction.atomic
def open_draft(item: Item, *, actor: Actor, now: datetime) -> ItemVersion:
    """Begin the next version of an item with what it says now.

    Refuses with NotAllowed, DraftOpen, EndedItem.
    """
    item = locked(item)
    require(actor, permits.WRITE_ITEMS, at=item.path)
    refuse_ended(item)
    versions = item.versions.order_by("-number")
    if versions.filter(state__in=OPEN).exists():
        raise DraftOpen()
    last = versions.filter(state=VersionState.PUBLISHED).first() or versions[0]
    made = ItemVersion.objects.get(pk=last.pk)
    made.pk, made.state, made.since, made.until = None, VERSION.start.value, None, None
    made._state.adding = True
    made.number, made.edition, made.note = versions[0].number + 1, 1, ""
    made.account_id, made.written_at, made.hands = actor.account_id, now, []
    made.save()
    record(
        "offerings.item_draft_opened",
        on=item,
        actor=actor,
        now=now,
        place=item.path,
        version=made.number,
    )
    return made  # fmt: skip


@transaction.atomic
def write_draft(
    version: ItemVersion, facts: ItemFacts, *, edition: int, actor: Actor, now: datetime
) -> ItemVersion:
    """Write what a draft says. The key stays. Refuses with NotAllowed, WrongState, Stale, Invalid."""
    version = locked_version(version)
    require(actor, permits.WRITE_ITEMS, at=version.item.path)
    refuse_ended(version.item)
    if version.state != VersionState.DRAFT:
        VERSION.after(version.state, "submit")
    if version.edition != edition:
        raise Stale()
    for name, value in columns_of(replace(facts, key=version.item.key)).items():
        setattr(version, name, value)
    version.edition, version.account_id, version.written_at = edition + 1, actor.account_id, now
    version.hands = version.hands_with(actor.account_id)
    version.save()
    record("offerings.item_written", on=version.item, actor=actor, now=now, place=version.item.path,
           version=version.number)  # fmt: skip
    return version


@transaction.atomic
def describe_item(
    item: Item, *, owner_code: str, review_on: date | None, edition: int, actor: Actor, now: datetime
) -> Item:  # fmt: skip
    """Say which office answers for an item, and by when it looks at it again.

    Refuses with NotAllowed, Stale, EndedItem, Invalid.
    """
    item = locked(item)
    require(actor, permits.WRITE_ITEMS, at=item.path)
    refuse_ended(item)
    if item.edition != edition:
        raise Stale()
    item.owner_id = _office(owner_code, item.path) if owner_code else None
    item.review_on, item.edition = review_on, edition + 1
    item.save(update_fields=["owner", "review_on", "edition"])
    record("offerings.item_described", on=item, actor=actor, now=now, place=item.path)
    return item


def _office(code: str, path: str) -> int:
    found = next((one for one in offices_of(path) if one.code == code), None)
    if found is None:
        raise Invalid({"owner": [_("Choose an office of this place.")]})
    return int(found.pk)
