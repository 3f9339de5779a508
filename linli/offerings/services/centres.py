"""What a centre is made of is kept: platforms merged, equipment, running costs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotFound, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.models import CentreCost, CentreDevice, CentrePlatform
from linli.offerings.queries import centres as queries
from linli.offerings.queries.norms import platforms
from linli.offerings.types.centres import (
    MOST_COUNT,
    CostFacts,
    CostKind,
    CostSource,
    DeviceFacts,
)
from linli.trail.services import record

FIRST_YEAR = 2000


@transaction.atomic
def merge_platform(
    centre: Any, key: str, on: date, document: str = "", *, actor: Actor, now: datetime
) -> CentrePlatform:
    """Note that a platform was merged into a centre, and since when; a second note mends the first.

    Refuses with NotAllowed, NotFound for an unknown platform, Invalid.
    """
    require(actor, permits.CENTRES, at=centre.path)
    if key not in platforms():
        raise NotFound(key=key)
    if on > localdate(now):
        raise Invalid({"merged_on": [_("Note it once it is merged.")]})
    hold("offerings.centre", centre.pk)
    CentrePlatform.objects.filter(centre_id=centre.pk, key=key, ended_at__isnull=True).update(
        ended_at=now
    )
    made = CentrePlatform.objects.create(
        centre_id=centre.pk, path=centre.path, key=key, merged_on=on,
        document=clean_text(document).strip()[:200],
    )  # fmt: skip
    record("offerings.platform_merged", on=made, actor=actor, now=now, place=centre.path, key=key)
    return made


@transaction.atomic
def part_platform(centre: Any, key: str, *, actor: Actor, now: datetime) -> None:
    """Take back that a platform was merged. Refuses with NotAllowed, NotFound."""
    require(actor, permits.CENTRES, at=centre.path)
    found = CentrePlatform.objects.select_for_update().filter(
        centre_id=centre.pk, key=key, ended_at__isnull=True
    )
    held = found.first()
    if held is None:
        raise NotFound(key=key)
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    record("offerings.platform_parted", on=held, actor=actor, now=now, place=centre.path, key=key)


@transaction.atomic
def keep_device(
    centre: Any, facts: DeviceFacts, *, device: CentreDevice | None = None,
    edition: int | None = None, actor: Actor, now: datetime,
) -> CentreDevice:  # fmt: skip
    """Enter a piece of equipment, or change one. Refuses with NotAllowed, NotFound, Stale, Invalid."""
    require(actor, permits.CENTRES, at=centre.path)
    if device is not None:
        device = CentreDevice.objects.select_for_update().get(
            pk=queries.get_device(centre.pk, device.pk).pk
        )
        if edition is not None and edition != device.edition:
            raise Stale(move="save", state="")
        device.edition += 1
    held = device or CentreDevice(centre_id=centre.pk, path=centre.path)
    held.name, held.note = clean_text(facts.name).strip()[:60], clean_text(facts.note).strip()[:200]
    held.count, held.broken = facts.count, facts.broken
    faults: dict[str, list[str]] = {}
    if not held.name:
        faults["title"] = [_("This is needed here.")]
    if not 1 <= facts.count <= MOST_COUNT:
        faults["pieces"] = [_("Give a number from %(least)s to %(most)s.") % {"least": 1, "most": MOST_COUNT}]  # fmt: skip
    elif not 0 <= facts.broken <= facts.count:
        faults["broken"] = [_("Not more than there are.")]
    if faults:
        raise Invalid(faults)
    held.save()
    record("offerings.device_kept", on=held, actor=actor, now=now, place=centre.path)
    return held


@transaction.atomic
def end_device(centre: Any, device: CentreDevice, *, actor: Actor, now: datetime) -> CentreDevice:
    """Take a piece of equipment off the list. Refuses with NotAllowed, NotFound."""
    require(actor, permits.CENTRES, at=centre.path)
    held = CentreDevice.objects.select_for_update().get(
        pk=queries.get_device(centre.pk, device.pk).pk
    )
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    record("offerings.device_ended", on=held, actor=actor, now=now, place=centre.path)
    return held


@transaction.atomic
def note_cost(centre: Any, facts: CostFacts, *, actor: Actor, now: datetime) -> CentreCost:
    """Note money that a centre cost in a year. Refuses with NotAllowed, Invalid."""
    require(actor, permits.CENTRES, at=centre.path)
    document = clean_text(facts.document).strip()[:200]
    faults: dict[str, list[str]] = {}
    if not FIRST_YEAR <= facts.year <= localdate(now).year:
        faults["year"] = [_("A year from 2000 up to this one.")]
    if facts.fen <= 0:
        faults["amount"] = [_("Give an amount above nothing.")]
    if facts.kind not in set(CostKind):
        faults["kind"] = [_("Choose one of the list.")]
    if facts.source not in set(CostSource):
        faults["source"] = [_("Choose one of the list.")]
    if not document:
        faults["document"] = [_("Name the document that shows it.")]
    if faults:
        raise Invalid(faults)
    made = CentreCost.objects.create(
        centre_id=centre.pk, path=centre.path, year=facts.year, kind=facts.kind, fen=facts.fen,
        source=facts.source, document=document, note=clean_text(facts.note).strip()[:200],
        noted_at=now,
    )  # fmt: skip
    record("offerings.cost_noted", on=made, actor=actor, now=now, place=centre.path,
           year=facts.year, kind=facts.kind)  # fmt: skip
    return made


@transaction.atomic
def withdraw_cost(
    centre: Any, cost: CentreCost, why: str, *, actor: Actor, now: datetime
) -> CentreCost:
    """Take back a cost that was noted wrongly, with the reason; it stays on record.

    Refuses with NotAllowed, NotFound when it was taken back meanwhile, Invalid.
    """
    require(actor, permits.CENTRES, at=centre.path)
    held = CentreCost.objects.select_for_update().get(pk=queries.get_cost(centre.pk, cost.pk).pk)
    words = clean_text(why).strip()[:200]
    if not words:
        raise Invalid({"why": [_("Say what was wrong.")]})
    held.withdrawn_at, held.why = now, words
    held.save(update_fields=["withdrawn_at", "why"])
    record("offerings.cost_withdrawn", on=held, actor=actor, now=now, place=centre.path)
    return held
