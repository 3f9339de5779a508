"""What becomes of an item: handed to a second person, published from a day on, suspended, ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.clock import add_months
from linli.kernel.errors import Invalid, Stale
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.errors import SamePerson
from linli.offerings.models import Item, ItemVersion
from linli.offerings.models.item_rows import locked, locked_version, refuse_ended
from linli.offerings.queries.items import refuse_faults
from linli.offerings.services.item_terms import index_items
from linli.offerings.states import ITEM, VERSION, ItemState, VersionState
from linli.trail.services import record

MOST_WHY, MOST_NOTE, MONTHS_TO_REVIEW, MOST_AHEAD = 200, 400, 12, timedelta(days=366)


@transaction.atomic
def submit_version(
    version: ItemVersion, *, edition: int, actor: Actor, now: datetime
) -> ItemVersion:
    """Hand a draft to a second person. Refuses with NotAllowed, WrongState, Stale, NotPublishable."""
    version = _held(version, edition)
    require(actor, permits.WRITE_ITEMS, at=version.item.path)
    version.state = VERSION.after(version.state, "submit")
    refuse_faults(version)
    version.note, version.hands = "", version.hands_with(actor.account_id)
    return _moved(version, "offerings.item_submitted", actor, now)  # fmt: skip


@transaction.atomic
def return_version(
    version: ItemVersion, note: str, *, edition: int, actor: Actor, now: datetime
) -> ItemVersion:
    """Give a version back to be changed, with what is to be. Refuses with NotAllowed, WrongState, Stale, Invalid."""
    version = _held(version, edition)
    require(actor, permits.PUBLISH_ITEMS, at=version.item.path)
    version.state = VERSION.after(version.state, "return")
    version.note = _said(note, "note", MOST_NOTE, _("Say what is to be changed."))
    return _moved(version, "offerings.item_returned", actor, now)


@transaction.atomic
def drop_draft(version: ItemVersion, *, actor: Actor, now: datetime) -> ItemVersion:
    """Put a version away that is not to be. Refuses with NotAllowed, WrongState."""
    version = locked_version(version)
    require(actor, permits.WRITE_ITEMS, at=version.item.path)
    version.state = VERSION.after(version.state, "drop")
    return _moved(version, "offerings.item_dropped", actor, now)


@transaction.atomic
def publish_version(
    version: ItemVersion, *, since: date | None = None, edition: int, finds: bool = True,
    actor: Actor, now: datetime,
) -> ItemVersion:  # fmt: skip
    """Publish a version that others wrote and handed over, from a day on; the one before holds until then.

    An item that is suspended is corrected by it and stays suspended, with its reason, until it is resumed.
    `finds`: its words are written for the search; false where many are published and indexed together.

    Refuses with NotAllowed, SamePerson, WrongState, Stale, NotPublishable, Invalid.
    """
    version, today = _held(version, edition), localdate(now)
    item = version.item
    require(actor, permits.PUBLISH_ITEMS, at=item.path)
    is_suspended = item.state == ItemState.SUSPENDED
    move = "correct" if is_suspended else "publish"
    version.state, item.state = (
        VERSION.after(version.state, "publish"),
        ITEM.after(item.state, move),
    )
    if not actor.is_system and version.is_of(actor.account_id):
        raise SamePerson(permit=permits.PUBLISH_ITEMS.name, at=item.path)
    refuse_faults(version)
    version.since = _from(item, since or today, today)
    item.versions.filter(state=VersionState.PUBLISHED, until__isnull=True).update(
        until=version.since
    )
    item.review_on = add_months(version.since, MONTHS_TO_REVIEW)
    item.why, item.edition = item.why if is_suspended else "", item.edition + 1
    item.save(update_fields=["state", "review_on", "why", "edition"])
    made = _moved(version, "offerings.item_published", actor, now)
    if finds:
        index_items([item.pk], actor=actor, now=now)
    return made  # fmt: skip


def _from(item: Item, since: date, today: date) -> date:
    """Return the day from which a version holds: today or later, not before the one it follows."""
    before = item.versions.filter(state=VersionState.PUBLISHED, until__isnull=True).first()
    if since < today:
        raise Invalid({"since": [_("It holds from today on at the earliest.")]})
    if since > today + MOST_AHEAD:
        raise Invalid({"since": [_("Choose a day within a year.")]})
    if before is not None and before.since is not None and since < before.since:
        raise Invalid({"since": [_("The version before only begins later. Choose a later day.")]})
    return since


@transaction.atomic
def suspend_item(item: Item, why: str, *, edition: int, actor: Actor, now: datetime) -> Item:
    """Stop offering an item for a while; everybody reads why. Refuses with NotAllowed, WrongState, Stale, Invalid."""
    item = _item(item, "suspend", edition, actor)
    item.why = _said(why, "why", MOST_WHY, _("Say why; everybody reads it."))
    return _kept(item, "offerings.item_suspended", actor, now)


@transaction.atomic
def resume_item(item: Item, *, edition: int, actor: Actor, now: datetime) -> Item:
    """Offer an item again. Refuses with NotAllowed, WrongState, Stale."""
    item = _item(item, "resume", edition, actor)
    item.why = ""
    return _kept(item, "offerings.item_resumed", actor, now)


@transaction.atomic
def end_item(item: Item, why: str, *, edition: int, actor: Actor, now: datetime) -> Item:
    """Stop offering an item for good; applications under way stay on their version.

    Refuses with NotAllowed, WrongState, Stale, Invalid.
    """
    item, today = _item(item, "end", edition, actor), localdate(now)
    item.why, item.review_on = _said(why, "why", MOST_WHY, _("Say why; everybody reads it.")), None
    holding = item.versions.filter(state=VersionState.PUBLISHED, until__isnull=True)
    holding.filter(since__gt=today).update(since=today, until=today)
    holding.filter(since__lte=today).update(until=today)
    item.versions.filter(state__in=[VersionState.DRAFT, VersionState.REVIEW]).update(
        state=VersionState.DROPPED
    )
    kept = _kept(item, "offerings.item_ended", actor, now)
    index_items([item.pk], actor=actor, now=now)
    return kept


@transaction.atomic
def review_item(item: Item, *, edition: int, actor: Actor, now: datetime) -> Item:
    """Record that what an item says was looked at and is right; it is looked at again in a year.

    Refuses with NotAllowed, EndedItem, Stale.
    """
    item = locked(item)
    require(actor, permits.WRITE_ITEMS, at=item.path)
    refuse_ended(item)
    if item.edition != edition:
        raise Stale()
    item.review_on = add_months(localdate(now), MONTHS_TO_REVIEW)
    return _kept(item, "offerings.item_reviewed", actor, now)


def _held(version: ItemVersion, edition: int) -> ItemVersion:
    version = locked_version(version)
    refuse_ended(version.item)
    if version.edition != edition:
        raise Stale()
    return version


def _item(item: Item, move: str, edition: int, actor: Actor) -> Item:
    item = locked(item)
    require(actor, permits.PUBLISH_ITEMS, at=item.path)
    item.state = ITEM.after(item.state, move)
    if item.edition != edition:
        raise Stale()
    return item


def _said(text: str, field: str, most: int, needed: str) -> str:
    said = clean_text(text).strip()
    if not said:
        raise Invalid({field: [needed]})
    if len(said) > most:
        raise Invalid({field: [_("At most %(most)s signs.") % {"most": most}]})
    return said


def _moved(version: ItemVersion, verb: str, actor: Actor, now: datetime) -> ItemVersion:
    version.edition += 1
    version.save()
    record(
        verb, on=version.item, actor=actor, now=now, place=version.item.path, version=version.number
    )
    return version  # fmt: skip


def _kept(item: Item, verb: str, actor: Actor, now: datetime) -> Item:
    item.edition += 1
    item.save(update_fields=["state", "why", "review_on", "edition"])
    record(verb, on=item, actor=actor, now=now, place=item.path)
    return item
