"""Groups and buildings of a village: added one by one or from a list, and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.places import permits
from linli.places.errors import PART_FAULTS, CodeTaken, HasParts, NameTaken, WrongLevel
from linli.places.models import Place
from linli.places.models.dating import check_day
from linli.places.models.nodes import end, locked
from linli.places.models.parts import hang_parts, known_of
from linli.places.queries.hanging import left_on
from linli.places.rules.part_rows import Known, NewPart, PartFault, code_of, part_faults, sort_out
from linli.places.services.writing import Decree, write_change
from linli.places.types import SMALL, Level
from linli.ui.formats import listed


@transaction.atomic
def add_part(village: Place, part: NewPart, *, actor: Actor, now: datetime) -> Place:
    """Add a group or building to a village from a day on.

    Refuses with NotAllowed, Ended, WrongLevel, CodeTaken, NameTaken, Invalid.
    """
    village = _village(village, actor)
    known = known_of(village, localdate(now))
    if faults := part_faults(part, known):
        raise _refusal(faults)
    return _add(village, [part], known, actor=actor, now=now)[0]


@transaction.atomic
def add_parts(
    village: Place, parts: Sequence[tuple[int, NewPart]], *, actor: Actor, now: datetime
) -> tuple[list[Place], list[PartFault]]:
    """Add every part of a list that fits, given with its line; return the places and the faults.

    Refuses with NotAllowed, Ended, WrongLevel.
    """
    village = _village(village, actor)
    known = known_of(village, localdate(now))
    right, faults = sort_out(parts, known)
    return _add(village, right, known, actor=actor, now=now), faults


@transaction.atomic
def end_part(place: Place, *, decree: Decree, version: int, actor: Actor, now: datetime) -> Place:
    """End a group or building on a day, once nothing is left on it.

    Refuses with NotAllowed, Ended, Stale, WrongLevel, HasParts, TooEarly, BeforeItBegan,
    OutOfOrder.
    """
    place = locked(place, version=version)[0]
    if place.level not in SMALL:
        raise WrongLevel(name=place.name)
    require(actor, permits.to_change(actor, place.level, at=place.path), at=place.path)
    check_day(decree.effective_on, [place], today=localdate(now))
    left = left_on(place)
    if Place.objects.filter(parent=place, valid_to__isnull=True).exists():
        left.append(_("buildings"))
    if left:
        raise HasParts(name=place.name, what=listed(left))
    end(place, decree.effective_on)
    write_change("end", decree, [(place, place, 1)], actor=actor, now=now)
    return place


def _village(village: Place, actor: Actor) -> Place:
    village = locked(village)[0]
    if village.level != Level.VILLAGE:
        raise WrongLevel(name=village.name)
    require(actor, permits.TEND, at=village.path)
    return village


def _add(
    village: Place, parts: Sequence[NewPart], known: Known, *, actor: Actor, now: datetime
) -> list[Place]:
    made = hang_parts(village, parts, known)
    basis = {code_of(village.code, part): part.basis for part in parts}
    by_decree: dict[tuple[date, str], list[Any]] = {}
    for place in made:
        assert place.valid_from is not None, "every part has its day"
        by_decree.setdefault((place.valid_from, basis[place.code]), []).append(place)
    for (since, document), places in by_decree.items():
        shares = [(place, place, 1) for place in places]
        write_change("add", Decree(document, since), shares, actor=actor, now=now)
    return made


def _refusal(faults: Sequence[PartFault]) -> Invalid:
    fields: dict[str, list[str]] = {}
    for fault in faults:
        fields.setdefault(fault.field, []).append(str(PART_FAULTS[fault.code]))
    kinds: dict[str, type[Invalid]] = {"taken": CodeTaken, "name_taken": NameTaken}
    return kinds.get(faults[0].code, Invalid)(fields)
