"""Words and values about places that cross the app's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.quick import quick


class Level(StrEnum):
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    GROUP = "group"
    BUILDING = "building"


class Kind(StrEnum):
    CITY = "city"
    TOWN = "town"
    SUBDISTRICT = "subdistrict"
    PARK = "park"
    VILLAGE = "village"
    URBAN_COMMUNITY = "urban_community"
    LIVING_AREA = "living_area"
    STATISTICAL_COMMUNITY = "statistical_community"
    VIRTUAL_COMMUNITY = "virtual_community"
    GROUP = "group"
    BUILDING = "building"


class Settlement(StrEnum):
    """What a community counts as for the plan's targets, by decision of its town (T09-1, T09-2)."""

    RURAL = "rural"
    URBAN = "urban"


class Category(StrEnum):
    """The plan's three categories of villages (分类施策)."""

    MANY_NON_LOCAL = "many_non_local"
    STRONG = "strong"
    LESS_DEVELOPED = "less_developed"


KIND_TITLES = {
    Kind.CITY: _("city"),
    Kind.TOWN: _("town"),
    Kind.SUBDISTRICT: _("subdistrict"),
    Kind.PARK: _("park"),
    Kind.VILLAGE: _("village"),
    Kind.URBAN_COMMUNITY: _("urban community"),
    Kind.LIVING_AREA: _("living area"),
    Kind.STATISTICAL_COMMUNITY: _("community for statistics only"),
    Kind.VIRTUAL_COMMUNITY: _("virtual community"),
    Kind.GROUP: _("residents' group"),
    Kind.BUILDING: _("building"),
}
SETTLEMENT_TITLES = {
    Settlement.RURAL: _("counts as a rural community"),
    Settlement.URBAN: _("counts as an urban community"),
}
CATEGORY_TITLES = {
    Category.MANY_NON_LOCAL: _("many residents without local hukou"),
    Category.STRONG: _("strong self-government and collective economy"),
    Category.LESS_DEVELOPED: _("economically less developed"),
}
# what the register itself counts on a day, in the order of reports
FIGURES = {
    "villages": _("Villages and communities"),
    "with_committee": _("With a committee of their own"),
    "rural": _("Rural communities by decision"),
    "urban": _("Urban communities by decision"),
    "undecided": _("Rural or urban not decided"),
    "many_non_local": _("Many residents without local hukou"),
    "strong": _("Strong self-government and economy"),
    "less_developed": _("Less developed"),
    "groups": _("Groups on record"),
    "buildings": _("Buildings on record"),
    "cells": _("Unit cells on record"),
    "households": _("Households in unit cells"),
}
# the 595 units with a committee of their own; the other 14 of the 609 have none
WITH_COMMITTEE = (Kind.VILLAGE, Kind.URBAN_COMMUNITY)
# layers that the program itself counts and works by
NEEDED_LAYERS = ("unit", "social")
# what a village has below it; its own clerk keeps these
SMALL = (Level.GROUP, Level.BUILDING)
LEVELS_DOWN = (Level.CITY, Level.TOWN, Level.VILLAGE, Level.GROUP, Level.BUILDING)


@dataclass(frozen=True, slots=True)
class CellShape:
    """One cell as drawn or read from a file. `geometry` is GeoJSON in WGS-84."""

    code: str
    name: str
    geometry: dict[str, Any]
    households: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class LayerWords:
    """How a layer is called and what is a fault in it: gaps if it must cover, or ground covered twice."""

    name: str
    name_en: str
    must_cover: bool
    may_overlap: bool


@quick
@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as hot pages read it."""

    id: int
    code: str
    path: str
    level: str
    kind: str
    name: str
    name_en: str
    short_name: str
    is_invented: bool
    city_id: int | None
    town_id: int | None
    village_id: int | None
    valid_to: date | None = None

    @property
    def pk(self) -> int:
        """The id, under the name that tables use."""
        return self.id
