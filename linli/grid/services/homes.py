"""Homes that are moved in a storm: named, marked by the helper, read with a trace, forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.grid import permits
from linli.grid.clients import envelopes
from linli.grid.clients.envelopes import HOMES
from linli.grid.models import Shelter, Storm, StormHome, StormHomeVault
from linli.grid.models.storm_writing import hold_current, touch
from linli.grid.queries.storms import (
    NEEDS_ROOM,
    get_home,
    over,
    shelters_of,
    visible_homes,
)
from linli.grid.queries.watch import posts_here
from linli.grid.rules.endings import refuse_over
from linli.grid.services.alike_homes import refuse_alike
from linli.grid.services.room import refuse_full
from linli.grid.services.telling_storms import tell_helper
from linli.grid.states import HOME, MARKS, HomeState
from linli.grid.types.storms import HomeFacts, Need
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotFound, Stale, WrongState
from linli.kernel.paths import code_of
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require, system_actor
from linli.kernel.texts import clean_text
from linli.orgs import queries as orgs
from linli.places.queries import get_place
from linli.trail.services import record, record_read
from linli.ui.masks import mask_name

if TYPE_CHECKING:
    from linli.places.models import Place

VAULT = system_actor("grid.storm")
# what read_homes tells of a home, in its order
SEALED = ("name", "phone", "address")


@transaction.atomic
def name_home(
    storm: Storm, place: Place, facts: HomeFacts, *, is_another: bool = False, actor: Actor,
    now: datetime,
) -> StormHome:  # fmt: skip
    """Name a home that is to be moved, with its helper and shelter; the helper is told.

    `is_another` says that it is not the one on the list that it is like.
    Refuses with NotAllowed, Over, Invalid, ShelterFull.
    """
    require(actor, permits.STORM, at=place.path)
    storm = hold_current(storm)
    refuse_over(storm)
    shelter = _check(storm, place, facts, actor, localdate(now))
    if not is_another:
        refuse_alike(storm, place.path, facts, actor=actor)
    touch(storm, now)
    home = StormHome.objects.create(
        storm=storm, path=place.path, masked_name=mask_name(facts.name), people=facts.people,
        need=facts.need, helper_id=facts.helper_id, shelter=shelter,
    )  # fmt: skip
    with scope.acting(VAULT):
        StormHomeVault.objects.create(home=home, **_sealed(home, facts))
    record("grid.home_named", on=home, actor=actor, now=now, place=place.path, level=PERSONAL,
           people=home.people, post_id=home.helper_id)  # fmt: skip
    tell_helper(home, actor=actor, now=now)
    return home


@transaction.atomic
def change_home(
    home: StormHome, facts: HomeFacts, *, is_another: bool = False, edition: int | None = None,
    actor: Actor, now: datetime,
) -> StormHome:  # fmt: skip
    """Correct a home on the list as long as the storm goes on; what was marked stays. A new helper is told.

    Refuses with NotAllowed, Over, Stale, WrongState once it was taken off the list, Invalid, ShelterFull.
    """
    storm = Storm.objects.select_for_update().get(pk=home.storm_id)
    home = StormHome.objects.select_for_update(of=("self",)).get(pk=home.pk)
    require(actor, permits.STORM, at=home.path)
    refuse_over(storm)
    if edition is not None and edition != home.edition:
        raise Stale()
    if home.state == HomeState.STRUCK:
        raise WrongState(state=home.state)
    shelter = _check(storm, get_place(code_of(home.path)), facts, actor, localdate(now), home=home)
    if not is_another:
        refuse_alike(storm, home.path, facts, but=home.pk, actor=actor)
    is_new_helper = facts.helper_id != home.helper_id
    home.masked_name, home.people, home.need = mask_name(facts.name), facts.people, facts.need
    home.helper_id, home.shelter, home.edition = facts.helper_id, shelter, home.edition + 1
    home.save()
    touch(storm, now)
    with scope.acting(VAULT):
        StormHomeVault.objects.filter(home=home).update(**_sealed(home, facts))
    record("grid.home_changed", on=home, actor=actor, now=now, place=home.path, level=PERSONAL,
           people=home.people, post_id=home.helper_id)  # fmt: skip
    if is_new_helper and home.state == HomeState.NAMED:
        tell_helper(home, actor=actor, now=now)
    return home


@open_to_all("the helper marks what they did, and who keeps the list; nobody else finds the home")
@transaction.atomic
def mark_home(
    home: StormHome, move: str, *, edition: int | None = None, actor: Actor, now: datetime
) -> StormHome:
    """Mark a home as moved, staying, back, or take a mark back, as long as the storm goes on.

    Refuses with NotFound, Over, WrongState, Stale, and with ShelterFull whoever stayed and now needs a place again.
    """
    # the storm first, as whoever corrects a home takes them
    storm = hold_current(get_home(actor, home.pk).storm)
    refuse_over(storm)
    touch(storm, now)
    home = StormHome.objects.select_for_update(of=("self",)).get(pk=home.pk)
    if edition is not None and edition != home.edition:
        raise Stale()
    if move not in MARKS:
        raise Invalid({"move": [_("Choose what to do.")]})
    before, home.state = home.state, HOME.after(home.state, move)
    if home.shelter_id is not None and before not in NEEDS_ROOM and home.state in NEEDS_ROOM:
        shelter = Shelter.objects.select_for_update().get(pk=home.shelter_id)
        refuse_full(home.storm, shelter, home.people, home, actor=actor)
    home.edition += 1
    home.save(update_fields=["state", "edition"])
    record("grid.home_marked", on=home, actor=actor, now=now, place=home.path, level=PERSONAL,
           move=move)  # fmt: skip
    return home


@open_to_all("homes that the actor does not see are not found")
@transaction.atomic
def read_homes(
    homes: Sequence[StormHome], why: str, *, actor: Actor, now: datetime
) -> dict[int, tuple[str, str, str]]:
    """Return name, telephone and address of homes, by id; each reading and its reason are recorded.

    Refuses with NotFound for a home that is not the actor's to see.
    """
    wanted = [home.pk for home in homes]
    seen = set(visible_homes(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    if missing := set(wanted) - seen:
        raise NotFound(id=min(missing))
    for home in homes:
        record_read(on=home, fields=list(SEALED), actor=actor, now=now,
                    reason=why, place=home.path, level=PERSONAL)  # fmt: skip
    with scope.acting(VAULT):
        found = list(StormHomeVault.objects.filter(home_id__in=wanted))
    return {
        one.home_id: (
            envelopes.opened(one.name, HOMES, "name", one.home_id),
            envelopes.opened(one.phone, HOMES, "phone", one.home_id),
            envelopes.opened(one.address, HOMES, "address", one.home_id),
        )
        for one in found
    }


@open_to_all("the nightly job is the system")
def let_go(now: datetime, limit: int, *, actor: Actor) -> int:
    """Forget who was moved, 30 days after the end of the storm; return how many homes."""
    found = list(over(now).values_list("pk", flat=True)[:limit])
    with scope.acting(VAULT):
        StormHomeVault.objects.filter(home_id__in=found).delete()
        return StormHome.objects.filter(pk__in=found).delete()[0]


def _sealed(home: StormHome, facts: HomeFacts) -> dict[str, bytes]:
    told = {"name": facts.name, "phone": facts.phone, "address": clean_text(facts.address).strip()}
    return {key: envelopes.sealed(value, HOMES, key, home.pk) for key, value in told.items()}


def _check(
    storm: Storm,
    place: Place,
    facts: HomeFacts,
    actor: Actor,
    on: date,
    *,
    home: StormHome | None = None,
) -> Shelter | None:
    faults = _missing(facts)
    if not place.path.startswith(storm.path) or place.level != "village":
        faults["storm"] = [_("This storm does not concern the village.")]
    if not posts_here(actor, place.path, [facts.helper_id]):
        faults["helper_id"] = [_("Choose posts of this place.")]
    elif not orgs.working_holders([facts.helper_id], on).get(facts.helper_id):
        # the home would stand on nobody's list
        faults["helper_id"] = [_("Nobody holds this post now. Choose another one.")]
    shelter = None
    if facts.shelter_id is not None:
        # held, so that it is not closed meanwhile
        found = shelters_of(place.path).filter(pk=facts.shelter_id)
        shelter = found.select_for_update().first()
        if shelter is None:
            faults["shelter_id"] = [_("Choose a shelter of this village.")]
    if faults:
        raise Invalid(faults)
    if shelter is not None and (home is None or home.state in NEEDS_ROOM):
        refuse_full(storm, shelter, facts.people, home, actor=actor)
    return shelter


def _missing(facts: HomeFacts) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    for name in ("name", "address"):
        if not clean_text(getattr(facts, name)).strip():
            faults[name] = [_("Fill this in: without it nobody finds the home.")]
    if not 1 <= facts.people <= 99:
        faults["people"] = [_("Say how many people live there, from 1 to 99.")]
    if facts.need not in {str(one) for one in Need}:
        faults["need"] = [_("Choose what the home needs.")]
    return faults
