"""Groups and buildings: what a village has below it, and new ones hung there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from linli.places.models.tables import Place
from linli.places.rules.part_rows import Known, NewPart, code_of

NAMES_EN = {"group": "Group", "building": "Building"}


def known_of(village: Place, today: date) -> Known:
    """Return what the register holds of a village; two queries."""
    known = Known(village.code, village.valid_from, today)
    codes = Place.objects.filter(
        Q(code__startswith=f"{village.code}g") | Q(code__startswith=f"{village.code}b")
    )
    known.codes = set(codes.values_list("code", flat=True))
    there = Place.objects.filter(path__startswith=village.path, valid_to__isnull=True)
    for place in there.exclude(pk=village.pk).select_related("parent"):
        known.names.add((place.parent.code if place.parent else "", place.name))
        if place.level == "group":
            known.groups[place.name] = place.code
            if place.valid_from:
                known.group_begins[place.code] = place.valid_from
            if place.code.startswith(f"{village.code}g"):
                known.groups[place.code[len(village.code) + 1 :].lstrip("0")] = place.code
    return known


def hang_parts(village: Place, parts: Sequence[NewPart], known: Known) -> list[Place]:
    """Make checked parts below a village, groups before the buildings that stand in them."""
    above = {village.code: village}
    codes = {code for part in parts if (code := known.above(part))}
    above |= {place.code: place for place in Place.objects.filter(code__in=codes)}
    made: list[Place] = []
    for level in ("group", "building"):
        batch = [
            _row(part, above[known.above(part) or village.code], village)
            for part in parts
            if part.level == level
        ]
        made += Place.objects.bulk_create(batch)
        above |= {place.code: place for place in batch}
    return made


def _row(part: NewPart, under: Place, village: Place) -> Place:
    code = code_of(village.code, part)
    return Place(
        code=code, path=f"{under.path}{code}/", parent=under, level=part.level, kind=part.level,
        name=part.name, name_en=part.name_en or f"{NAMES_EN[part.level]} {part.number}",
        short_name=part.short_name or part.name, city_id=village.city_id,
        town_id=village.town_id, village_id=village.pk, is_invented=village.is_invented,
        valid_from=part.since,
    )  # fmt: skip
