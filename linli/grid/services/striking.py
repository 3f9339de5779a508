"""A home that was entered by mistake, or twice, is taken off the list of a storm, and put back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.grid import permits
from linli.grid.models import Shelter, StormHome
from linli.grid.models.storm_writing import hold_current, touch
from linli.grid.queries.storms import NEEDS_ROOM, get_home
from linli.grid.rules.endings import refuse_over
from linli.grid.services.room import refuse_full
from linli.grid.services.telling_storms import tell_helper
from linli.grid.states import HOME
from linli.kernel.errors import Invalid, Stale
from linli.kernel.permits import PERSONAL, Actor, require
from linli.kernel.texts import clean_text
from linli.trail.services import record

MOST_SIGNS = 120


@transaction.atomic
def strike_home(
    home: StormHome, why: str, *, edition: int | None = None, actor: Actor, now: datetime
) -> StormHome:
    """Take a home off the list: it counts nowhere and needs no room any more; the row stays.

    Refuses with NotFound, NotAllowed, Over, Stale, WrongState, Invalid.
    """
    home = _held(home, edition, actor, now)
    said = clean_text(why).strip()
    if not said or len(said) > MOST_SIGNS:
        raise Invalid({"why": [_("Say in a few words why it does not belong here.")]})
    home.state, home.why = HOME.after(home.state, "strike"), said
    return _kept(home, "grid.home_struck", actor, now)


@transaction.atomic
def restore_home(
    home: StormHome, *, edition: int | None = None, actor: Actor, now: datetime
) -> StormHome:
    """Put a home back on the list, to be moved.

    Refuses with NotFound, NotAllowed, Over, Stale, WrongState, ShelterFull.
    """
    home = _held(home, edition, actor, now)
    home.state, home.why = HOME.after(home.state, "restore"), ""
    if home.shelter_id is not None and home.state in NEEDS_ROOM:
        shelter = Shelter.objects.select_for_update().get(pk=home.shelter_id)
        refuse_full(home.storm, shelter, home.people, home, actor=actor)
    home = _kept(home, "grid.home_restored", actor, now)
    tell_helper(home, actor=actor, now=now)
    return home


def _held(home: StormHome, edition: int | None, actor: Actor, now: datetime) -> StormHome:
    """Hold the storm, then the home, as whoever corrects one takes them."""
    storm = hold_current(get_home(actor, home.pk).storm)
    home = StormHome.objects.select_for_update(of=("self",)).get(pk=home.pk)
    require(actor, permits.STORM, at=home.path)
    refuse_over(storm)
    if edition is not None and edition != home.edition:
        raise Stale()
    touch(storm, now)
    return home


def _kept(home: StormHome, verb: str, actor: Actor, now: datetime) -> StormHome:
    home.edition += 1
    home.save(update_fields=["state", "why", "edition"])
    record(verb, on=home, actor=actor, now=now, place=home.path, level=PERSONAL)
    return home
