"""The register of places as a file: at once, or by a job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.kernel.list_files import Asked, Row, sheet_of
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor
from linli.places.models import Place
from linli.places.queries.tree import filtered
from linli.places.types import KIND_TITLES, Kind

BY_CODE = Keyset("code", ("code", "id"))


def places_asked(asked: Asked) -> QuerySet[Place]:
    """Return the places that an address asks for, with what stands above each."""
    found = filtered(
        level=asked.get("level", ""), kind=asked.get("kind", ""), word=asked.get("word", "").strip()
    )
    return found.select_related("parent")


def place_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Places, for everybody who keeps lists."""
    return sheet_of(places_asked(asked), BY_CODE, place_rows)


def place_rows(found: list[Any]) -> list[list[Any]]:
    """Return places, the heads first."""
    heads = [_("Code"), _("Name"), _("English name"), _("Level"), _("Kind"), _("Above")]
    return [heads] + [
        [p.code, p.name, p.name_en, p.level, KIND_TITLES[Kind(p.kind)], p.parent.name if p.parent else ""]
        for p in found
    ]  # fmt: skip
