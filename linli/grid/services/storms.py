"""Storms begin and end; shelters are kept; a village types its numbers once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.grid import permits
from linli.grid.errors import Over, ShelterTaken, StillOpen
from linli.grid.events import StormBegan
from linli.grid.models import Shelter, Storm, StormSheet
from linli.grid.models.storm_writing import hold_current, touch
from linli.grid.queries.storm_sheets import left_open, open_words
from linli.grid.queries.storms import is_taken, most_taken, same_under_way
from linli.grid.rules.endings import refuse_over
from linli.grid.services.ending_storms import close_storm
from linli.grid.services.joined_storms import take_from_below
from linli.grid.types.storms import TYPED, ShelterFacts, StormKind
from linli.kernel.errors import Invalid, Stale
from linli.kernel.events import publish
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.places import services as register
from linli.trail.services import record
from linli.ui.formats import day_plain

if TYPE_CHECKING:
    from linli.places.models import Place

MOST = 1_000_000


@transaction.atomic
def begin_storm(place: Place, kind: str, title: str, *, actor: Actor, now: datetime) -> Storm:
    """Declare a storm for a place and all below it, from today.

    One that is under way there under this name, or at a place above, is not declared a second time:
    villages would name homes and type numbers in two. For the same reason those of this kind and name
    that go on at places below end, and go on in this one. Refuses with NotAllowed, Ended, Invalid.
    """
    require(actor, permits.DECLARE, at=place.path)
    hold("grid.storms")
    register.refuse_ended(place)
    name = clean_text(title).strip()
    faults: dict[str, list[str]] = {}
    if kind not in {str(one) for one in StormKind}:
        faults["kind"] = [_("Choose flood, typhoon or drought.")]
    if not name:
        faults["title"] = [_("Say what it is called, for example the number of the typhoon.")]
    if not faults and (known := same_under_way(place.path, kind, name[:60])) is not None:
        faults["title"] = [_since(known)]
    if faults:
        raise Invalid(faults)
    storm = Storm.objects.create(
        path=place.path, kind=kind, title=name[:60], began_on=localdate(now)
    )
    record("grid.storm_began", on=storm, actor=actor, now=now, place=storm.path, kind=kind)
    take_from_below(storm, actor=actor, now=now)
    publish(StormBegan(storm.pk))
    return storm


def _since(known: Storm) -> str:
    said = _("It is under way already since %(day)s. Open it in the list.")
    return said % {"day": day_plain(known.began_on)}


@transaction.atomic
def end_storm(
    storm: Storm, *, edition: int | None = None, anyway: bool = False, actor: Actor, now: datetime
) -> Storm:
    """End a storm today; who was moved is forgotten 30 days later.

    Whoever knows what is open in it says `anyway`. Refuses with NotAllowed, Over, Stale, StillOpen.
    """
    storm = Storm.objects.select_for_update().get(pk=storm.pk)
    require(actor, permits.DECLARE, at=storm.path)
    refuse_over(storm, edition=edition)
    if not anyway and (left := left_open(storm)).people:
        raise StillOpen(open=open_words(left))
    return close_storm(storm, actor=actor, now=now)


@transaction.atomic
def add_shelter(place: Place, facts: ShelterFacts, *, actor: Actor, now: datetime) -> Shelter:
    """Enter a shelter with places and stock. Refuses with NotAllowed, Ended, Invalid."""
    require(actor, permits.STORM, at=place.path)
    register.refuse_ended(place)
    shelter = Shelter.objects.create(path=place.path, checked_on=localdate(now), **_tidy(facts))
    record("grid.shelter_added", on=shelter, actor=actor, now=now, place=place.path)
    return shelter


@transaction.atomic
def change_shelter(
    shelter: Shelter,
    facts: ShelterFacts,
    *,
    edition: int | None = None,
    actor: Actor,
    now: datetime,
) -> Shelter:
    """Correct a shelter, looked at today. It keeps room for those who are named for it.

    Refuses with NotAllowed, Over, Stale, Invalid.
    """
    shelter = Shelter.objects.select_for_update().get(pk=shelter.pk)
    require(actor, permits.STORM, at=shelter.path)
    refuse_over(shelter, edition=edition)
    tidy, named = _tidy(facts), most_taken(shelter)
    if facts.places < named:
        raise Invalid({"places": [
            ngettext("%(num)s person is named for it now.", "%(num)s people are named for it now.", named)
            % {"num": named}
        ]})  # fmt: skip
    for column, value in tidy.items():
        setattr(shelter, column, value)
    shelter.checked_on, shelter.edition = localdate(now), shelter.edition + 1
    shelter.save()
    record("grid.shelter_changed", on=shelter, actor=actor, now=now, place=shelter.path)
    return shelter


@transaction.atomic
def close_shelter(shelter: Shelter, *, actor: Actor, now: datetime) -> Shelter:
    """Take a shelter out of use. Refuses with NotAllowed, Over, ShelterTaken."""
    shelter = Shelter.objects.select_for_update().get(pk=shelter.pk)
    require(actor, permits.STORM, at=shelter.path)
    refuse_over(shelter)
    if is_taken(shelter):
        raise ShelterTaken()
    shelter.ended_on, shelter.edition = localdate(now), shelter.edition + 1
    shelter.save(update_fields=["ended_on", "edition"])
    record("grid.shelter_closed", on=shelter, actor=actor, now=now, place=shelter.path)
    return shelter


@transaction.atomic
def type_sheet(
    storm: Storm, place: Place, numbers: Mapping[str, int], *, edition: int | None = None,
    actor: Actor, now: datetime,
) -> StormSheet:  # fmt: skip
    """Type the numbers of a village; towns and the city get them as sums.

    Refuses with NotAllowed, Over, Stale, Invalid.
    """
    require(actor, permits.STORM, at=place.path)
    storm = hold_current(storm)
    hold("grid.sheet", storm.pk, place.path)
    if not place.path.startswith(storm.path) or place.level != "village":
        raise Invalid({"storm": [_("This storm does not concern the village.")]})
    if storm.ended_on is not None and storm.ended_on < _today(now):
        raise Over()
    wrong = [name for name in TYPED if not 0 <= numbers.get(name, -1) <= MOST]
    if wrong:
        raise Invalid({name: [_("Give a whole number; 0 if there is none.")] for name in wrong})
    sheet = StormSheet.objects.filter(storm=storm, path=place.path).first()
    if sheet is None:
        sheet = StormSheet(storm=storm, path=place.path, edition=0)
    elif edition is not None and edition != sheet.edition:
        raise Stale()
    for name in TYPED:
        setattr(sheet, name, numbers[name])
    sheet.typed_at, sheet.is_whole, sheet.edition = now, True, sheet.edition + 1
    sheet.save()
    touch(storm, now)
    record("grid.sheet_typed", on=sheet, actor=actor, now=now, place=place.path)
    return sheet


def _tidy(facts: ShelterFacts) -> dict[str, Any]:
    """Return the columns of a shelter. Refuses with Invalid."""
    title, address = clean_text(facts.title).strip(), clean_text(facts.address).strip()
    faults: dict[str, list[str]] = {}
    if not title:
        faults["title"] = [_("Say what the shelter is called.")]
    if not address:
        faults["address"] = [_("Say where the shelter is.")]
    if not 1 <= facts.places <= 100_000:
        faults["places"] = [_("Say how many people find room.")]
    if faults:
        raise Invalid(faults)
    return {
        "title": title[:60], "address": address[:120], "places": facts.places,
        "stock": clean_text(facts.stock).strip()[:500],
    }  # fmt: skip


def _today(now: datetime) -> date:
    today: date = localdate(now)
    return today
