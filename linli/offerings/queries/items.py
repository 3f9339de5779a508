"""Reads on items of service: what is offered where on a day, and what the desk works on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from linli.kernel import sql
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paths import chain_of_path
from linli.kernel.permits import NOBODY, Actor
from linli.offerings import permits
from linli.offerings.errors import NotPublishable, Suspended
from linli.offerings.models import Item, ItemVersion
from linli.offerings.queries.item_codes import code_faults
from linli.offerings.queries.item_files import held_words, life_events
from linli.offerings.rules.item_data import read_item
from linli.offerings.rules.item_lint import hindering, lint_item
from linli.offerings.states import ItemState, VersionState
from linli.offerings.types.item_faults import fault_words, place_words
from linli.offerings.types.items import ItemFacts, ItemFault
from linli.orgs.queries.naming import bearer_of
from linli.orgs.queries.naming import names_of as organisation_names
from linli.orgs.queries.register import bodies_at

PUBLIC_STATES = (ItemState.OFFERED, ItemState.SUSPENDED)
SEEN_WITH = (permits.WRITE_ITEMS, permits.PUBLISH_ITEMS)


# shown_version, prepared: each application asks it
ASKED = """
SELECT v.number, v.content, i.state, i.why, i.path FROM offerings_itemversion v
JOIN offerings_item i ON i.id = v.item_id
WHERE i.key = %(key)s AND i.state IN ('offered', 'suspended') AND v.state = 'published'
  AND v.since <= %(on)s AND (v.until IS NULL OR v.until > %(on)s)
"""


class Asked(NamedTuple):
    """A version as somebody applies under it."""

    number: int
    content: Mapping[str, Any]
    path: str


class _Found(NamedTuple):
    number: int
    content: str
    state: str
    why: str
    path: str


def on_day(on: date, prefix: str = "") -> Q:
    """Return the condition that a version holds on a day."""
    return Q(
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": on}),
        **{f"{prefix}state": VersionState.PUBLISHED, f"{prefix}since__lte": on},
    )


def offered(on: date, path: str = "") -> QuerySet[ItemVersion]:
    """Return what is offered on a day, everywhere or at a place: its own and that of the places above."""
    found = ItemVersion.objects.filter(on_day(on), item__state__in=PUBLIC_STATES)
    if path:
        found = found.filter(item__path__in=chain_of_path(path))
    return found.select_related("item")


def shown_version(key: str, on: date) -> ItemVersion:
    """Return what an item says to everybody on a day, suspended or not. Refuses with NotFound."""
    found = offered(on).filter(item__key=key).select_related("item__owner").first()
    if found is None:
        raise NotFound(key=key)
    return found


def version_for(key: str, on: date) -> Asked:
    """Return the version under which somebody who comes on a day applies.

    It stays the one of her application, whatever is published later. Refuses with NotFound, Suspended.
    """
    return begin_version(key, on)()


def begin_version(key: str, on: date) -> Callable[[], Asked]:
    """Begin to read what `version_for` returns, and go on; what is returned waits for it."""
    found = sql.ask("items.asked", ASKED, {"key": key, "on": on}, _Found)

    def told() -> Asked:
        rows = found.rows()
        if not rows:
            raise NotFound(key=key)
        if rows[0].state == ItemState.SUSPENDED:
            raise Suspended(why=rows[0].why)
        return Asked(rows[0].number, _content(rows[0].content), rows[0].path)

    return told


@lru_cache(maxsize=256)
def _content(text: str) -> Mapping[str, Any]:
    """Return what a version says; a published one never changes, and is asked by each application."""
    found: Mapping[str, Any] = json.loads(text)
    return found


def version_numbered(key: str, number: int) -> ItemVersion:
    """Return a version that was public once, for what came in under it. Refuses with NotFound."""
    found = ItemVersion.objects.filter(item__key=key, number=number, state=VersionState.PUBLISHED)
    version = found.select_related("item").first()
    if version is None:
        raise NotFound(key=key, number=number)
    return version


def versions_named(keys: Iterable[str], on: date | None = None) -> dict[str, ItemVersion]:
    """Return what items of these keys say on a day, those that are offered; one query."""
    found = offered(on or localdate()).filter(item__key__in=set(keys))
    return {version.item.key: version for version in found}


def facts_of(version: ItemVersion) -> ItemFacts:
    """Return all that a version says."""
    return read_item(version.content)[0]


def faults_of(content: Mapping[str, Any]) -> list[ItemFault]:
    """Return everything that is wrong with an item in plain data: its shape, then its law and guide."""
    facts, faults = read_item(content)
    return [*faults, *lint_item(facts, _event_keys(), held_words())]


def faults_of_version(version: ItemVersion) -> list[ItemFault]:
    """Return everything that is wrong with a version, its code beside other items too."""
    found = faults_of(version.content)
    return [*found, *code_faults(version.item, facts_of(version).code, localdate())]


def refuse_faults(version: ItemVersion) -> None:
    """Refuse with NotPublishable what may not be published as it stands."""
    fields: dict[str, list[str]] = {}
    for fault in hindering(faults_of_version(version)):
        words = f"{place_words(fault.where)}: {fault_words(fault.code, fault.word)}"
        fields.setdefault(fault.where, []).append(words)
    if fields:
        raise NotPublishable(fields)


def read_or_refuse(content: Mapping[str, Any]) -> ItemFacts:
    """Return what plain data says. Refuses with Invalid where it cannot be read."""
    facts, faults = read_item(content)
    if faults:
        fields: dict[str, list[str]] = {}
        for one in faults:
            said = f"{place_words(one.where)}: {fault_words(one.code, one.word)}"
            fields.setdefault(one.where, []).append(said)
        raise Invalid(fields)
    return facts


@lru_cache(maxsize=1)
def _event_keys() -> frozenset[str]:
    return frozenset(one.key for one in life_events())


def visible_items(actor: Actor) -> QuerySet[Item]:
    """Return the items that the actor writes or publishes: those of her place and below it."""
    if actor.is_system:
        return Item.objects.all()
    reach = Q(pk__in=[])
    for permit in SEEN_WITH:
        for path in actor.paths(permit):
            reach |= Q(path__gte=path, path__lt=path + "~")
    return Item.objects.filter(reach)


def get_item(actor: Actor, key: str) -> Item:
    """Return an item that the actor works on. Refuses with NotFound."""
    found = visible_items(actor).filter(key=key).select_related("owner").first()
    if found is None:
        raise NotFound(key=key)
    return found


def versions_of(item: Item) -> list[ItemVersion]:
    """Return all versions of an item, the newest first."""
    return list(item.versions.order_by("-number"))


def draft_of(item: Item) -> ItemVersion | None:
    """Return the version of an item that is being written or looked at, or None."""
    return item.versions.filter(state__in=[VersionState.DRAFT, VersionState.REVIEW]).first()


def holding(item: Item, on: date) -> ItemVersion | None:
    """Return the version of an item that holds on a day, or None."""
    return item.versions.filter(on_day(on)).first()


def offices_of(path: str) -> list[Any]:
    """Return the public bodies of a place, one of which answers for an item."""
    return bodies_at(NOBODY, path, on=localdate())


def names_of(items: Iterable[Item]) -> dict[int, str]:
    """Return how items are called by their newest public versions; one query."""
    found = ItemVersion.objects.filter(item__in=list(items), state=VersionState.PUBLISHED)
    return {one.item_id: one.name for one in found.order_by("number")}


def owner_name(item: Item) -> str:
    """Return how the office that answers for an item is called today; nothing if none is named."""
    if item.owner_id is None:
        return ""
    today = localdate()
    # a department that ended is called as the one that took over its work
    bearer = bearer_of(item.owner_id, today)
    return organisation_names([bearer], today).get(bearer, "")


def to_review(actor: Actor, on: date) -> QuerySet[Item]:
    """Return the items that are to be looked at again by a day, where the actor writes items."""
    reach = Q(pk__in=[])
    for path in actor.own_paths(permits.WRITE_ITEMS):
        reach |= Q(path=path)
    return Item.objects.filter(reach, review_on__lte=on, state__in=PUBLIC_STATES).order_by(
        "review_on", "key"
    )


def to_publish(actor: Actor) -> QuerySet[ItemVersion]:
    """Return the versions that wait for a second person, where the actor publishes and had no hand in it."""
    reach = Q(pk__in=[])
    for path in actor.own_paths(permits.PUBLISH_ITEMS):
        reach |= Q(item__path=path)
    found = ItemVersion.objects.filter(reach, state=VersionState.REVIEW).select_related("item")
    return (
        found.exclude(account_id=actor.account_id, account_id__isnull=False)
        .exclude(hands__contains=[actor.account_id])
        .order_by("written_at", "pk")
    )
