"""What a community counts as, and which of the plan's three categories it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.places import permits
from linli.places.errors import WrongLevel
from linli.places.models import Place, PlaceDecision
from linli.places.models.nodes import refuse_ended
from linli.places.types import Category, Settlement
from linli.trail.services import record


@dataclass(frozen=True, slots=True)
class Ruling:
    """The document of the decision, its day, and the day from which it holds."""

    document: str
    decided_on: date
    valid_from: date


@transaction.atomic
def decide_settlement(
    place: Place, value: Settlement, *, ruling: Ruling, actor: Actor, now: datetime
) -> PlaceDecision:
    """Record the town's decision that a community counts as rural or urban.

    Refuses with NotAllowed, WrongLevel, Ended, Invalid.
    """
    require(actor, permits.DECIDE, at=_town_of(place))
    return _decide(place, "settlement", value, ruling, actor=actor, now=now)


@transaction.atomic
def decide_category(
    place: Place, value: Category, *, ruling: Ruling, actor: Actor, now: datetime
) -> PlaceDecision:
    """Record the town's decision to which of the plan's three categories a village belongs.

    Refuses with NotAllowed, WrongLevel, Ended, Invalid.
    """
    require(actor, permits.DECIDE, at=_town_of(place))
    return _decide(place, "category", value, ruling, actor=actor, now=now)


def _town_of(place: Place) -> str:
    """A village does not decide about itself: the permit is asked at its town."""
    if place.level != "village":
        raise WrongLevel(name=place.name)
    return place.path[: -len(place.code) - 1]


def _decide(
    place: Place, topic: str, value: str, ruling: Ruling, *, actor: Actor, now: datetime
) -> PlaceDecision:
    place = Place.objects.select_for_update().get(pk=place.pk)
    refuse_ended(place)
    if ruling.decided_on > localdate(now):
        raise Invalid({"decided_on": [_("A decision of a later day is entered on that day.")]})
    if place.valid_from and ruling.valid_from < place.valid_from:
        words = _("The village has existed only since %(day)s. Give a later day.")
        raise Invalid({"valid_from": [words % {"day": place.valid_from.isoformat()}]})
    last = PlaceDecision.objects.filter(place=place, topic=topic, valid_to__isnull=True).first()
    if last and last.valid_from >= ruling.valid_from:
        words = _("The decision in force begins on %(day)s. Give a later day.")
        raise Invalid({"valid_from": [words % {"day": last.valid_from.isoformat()}]})
    if last:
        last.valid_to = ruling.valid_from
        last.save(update_fields=["valid_to"])
    made = PlaceDecision.objects.create(
        place=place,
        topic=topic,
        value=value,
        decided_on=ruling.decided_on,
        valid_from=ruling.valid_from,
        document=ruling.document,
        made_by=actor.label,
        made_at=now,
    )
    record(f"places.{topic}", on=place, actor=actor, now=now, place=place.path, value=str(value))
    return made
