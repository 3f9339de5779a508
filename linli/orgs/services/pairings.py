"""Urban and rural communities that help each other (结对). Basis: requirement (四) of the plan."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.orgs import permits
from linli.orgs.errors import Overlap
from linli.orgs.models import Pairing
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def pair(
    places: tuple[Place, Place],
    *,
    since: date,
    content: str,
    document: str = "",
    actor: Actor,
    now: datetime,
) -> Pairing:
    """Pair two communities from a day on.

    Refuses with NotAllowed, Invalid, Overlap.
    """
    one, other = sorted(places, key=lambda place: place.pk)
    hold("orgs.pairing", one.pk, other.pk)
    for place in (one, other):
        require(actor, permits.EDIT, at=place.path)
        register.refuse_ended(place)
    _check(one, other, content)
    same = Pairing.objects.filter(one=one, other=other)
    if same.filter(Q(until__isnull=True) | Q(until__gt=since)).exists():
        raise Overlap(move="pair", state="")
    pairing = Pairing.objects.create(
        one=one,
        other=other,
        one_path=one.path,
        other_path=other.path,
        since=since,
        content=content,
        document=document,
    )
    record(
        "orgs.paired", on=pairing, actor=actor, now=now, place=one.path,
        with_place=other.code, since=since.isoformat(),
    )  # fmt: skip
    return pairing


@transaction.atomic
def end_pairing(pairing: Pairing, *, on: date, actor: Actor, now: datetime) -> Pairing:
    """End a pairing from a day on. Refuses with NotAllowed, Invalid."""
    pairing = Pairing.objects.select_for_update().get(pk=pairing.pk)
    for path in (pairing.one_path, pairing.other_path):
        require(actor, permits.EDIT, at=path)
    if pairing.until is not None or on <= pairing.since:
        raise Invalid({"on": [_("The day must be after the day on which it began.")]})
    pairing.until = on
    pairing.save(update_fields=["until"])
    record(
        "orgs.pairing_ended", on=pairing, actor=actor, now=now, place=pairing.one_path,
        day=on.isoformat(),
    )  # fmt: skip
    return pairing


def _check(one: Place, other: Place, content: str) -> None:
    faults: dict[str, list[str]] = {}
    if one.pk == other.pk or {one.level, other.level} != {"village"}:
        faults["other"] = [_("Choose two different villages or communities.")]
    if not content.strip():
        faults["content"] = [_("Say what they do for each other.")]
    if faults:
        raise Invalid(faults)
