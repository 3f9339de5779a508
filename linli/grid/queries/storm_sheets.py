"""The numbers of a storm, summed up the tree of places in four queries however many villages there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum
from django.utils.translation import ngettext

from linli.grid.models import Shelter, Storm, StormHome, StormSheet
from linli.grid.states import HomeState
from linli.grid.types.storms import TYPED, LeftOpen, Sheet
from linli.kernel.errors import NotFound
from linli.kernel.paths import code_of
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.places.models import Place

# what is counted from the list of homes: a village that named none and typed no numbers said nothing
LISTED = ("homes", "people", "moved", "back")
Numbers = Mapping[str, Any]


def sheet_of(storm: Storm, place: Place) -> Sheet:
    """Return the numbers of a place and all below it that a storm concerns. Refuses with NotFound."""
    villages = _villages(storm, place)
    return _sum(place.path, villages, _numbers(storm, _ground(storm, place)))


def sheets_of(storm: Storm, place: Place) -> tuple[Sheet, list[tuple[Place, Sheet]]]:
    """Return the numbers of a place, and those of the places directly below it.

    Refuses with NotFound where the storm does not concern the place.
    """
    villages = _villages(storm, place)
    known = _numbers(storm, _ground(storm, place))
    rows = []
    for below in _below(place):
        inside = [path for path in villages if path.startswith(below.path)]
        if inside:
            rows.append((below, _sum(below.path, inside, known)))
    return _sum(place.path, villages, known), rows


def _ground(storm: Storm, place: Place) -> str:
    if not place.path.startswith(storm.path) and not storm.path.startswith(place.path):
        raise NotFound(id=storm.pk)
    return max(storm.path, place.path, key=len)


def _villages(storm: Storm, place: Place) -> list[str]:
    ground = _ground(storm, place)
    found = places.places_of_level("village", with_invented=_has_invented(place))
    return list(found.filter(path__startswith=ground).values_list("path", flat=True))


def _below(place: Place) -> Iterable[Place]:
    found = places.children_of(place).filter(level__in=["town", "village"])
    if place.level == "village":
        return found.none()
    return found if _has_invented(place) else found.filter(is_invented=False)


def _has_invented(place: Place) -> bool:
    # the demo town's numbers are no part of the city's
    return place.level != "city"


def _numbers(storm: Storm, ground: str) -> dict[str, dict[str, int]]:
    homes = StormHome.objects.filter(storm=storm, path__startswith=ground)
    homes = homes.exclude(state=HomeState.STRUCK)
    was_moved, is_back = Q(state__in=[HomeState.MOVED, HomeState.BACK]), Q(state=HomeState.BACK)
    # "whole": an annotation called as a column would stand for it in the sums after it
    counted = homes.order_by().values("path").annotate(
        homes=Count("pk"), whole=Sum("people"), moved=Sum("people", filter=was_moved),
        back=Sum("people", filter=is_back),
    )  # fmt: skip
    rooms = Shelter.objects.filter(path__startswith=ground, ended_on__isnull=True)
    typed = StormSheet.objects.filter(storm=storm, path__startswith=ground)
    found: dict[str, dict[str, int]] = {}
    for row in counted:
        found[row["path"]] = {
            "homes": row["homes"], "people": row["whole"], "moved": row["moved"] or 0,
            "back": row["back"] or 0,
        }  # fmt: skip
    for at in rooms.order_by().values("path").annotate(room=Sum("places")):
        found.setdefault(at["path"], {})["places"] = at["room"]
    for said in typed.values("path", *TYPED):
        found.setdefault(said["path"], {}).update({name: said[name] for name in TYPED})
    return found


def _sum(path: str, villages: Iterable[str], known: Mapping[str, Numbers]) -> Sheet:
    each = [known.get(one, {}) for one in villages]
    typed = [one for one in each if TYPED[0] in one]
    spoke = [one for one in each if TYPED[0] in one or LISTED[0] in one]
    said = {**_added(LISTED, spoke), **_added(TYPED, typed)}
    room = sum(one.get("places", 0) for one in each)
    return Sheet(path, **said, places=room, missing=len(each) - len(typed))


def _added(names: Iterable[str], those: list[Numbers]) -> dict[str, Any]:
    """Return the sums of those who said something; unknown, and not zero, where nobody did."""
    return {name: sum(one.get(name, 0) for one in those) if those else None for name in names}


def left_open(storm: Storm) -> LeftOpen:
    """Return what is open in a storm on all its ground."""
    homes = StormHome.objects.filter(storm=storm).aggregate(
        waiting=Sum("people", filter=Q(state=HomeState.NAMED)),
        away=Sum("people", filter=Q(state=HomeState.MOVED)),
    )
    missing = sheet_of(storm, places.get_place(code_of(storm.path))).missing
    return LeftOpen(homes["waiting"] or 0, homes["away"] or 0, missing)


def open_words(left: LeftOpen) -> str:
    """Say what is open, a sentence each; nothing if nothing is."""
    told = (
        (left.waiting, ngettext(
            "%(num)s person is still to be moved.", "%(num)s people are still to be moved.", left.waiting)),
        (left.away, ngettext(
            "%(num)s person was brought away and is not back.",
            "%(num)s people were brought away and are not back.", left.away)),
        (left.missing, ngettext(
            "%(num)s village gave no numbers.", "%(num)s villages gave no numbers.", left.missing)),
    )  # fmt: skip
    return " ".join(words % {"num": num} for num, words in told if num)
