"""What the usual posts may do: named sets of permits with a ceiling, the same in every city.

Permits are named, since the apps above register them. `unknown_names` tells which do not exist;
a check at start refuses them. Level 6 and above is never part of a template: it takes a right of
its own with a purpose and an end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERMITS, PERSONAL, RESIDENTS, STAFF, VAULT


@dataclass(frozen=True, slots=True)
class RightsTemplate:
    """The rights of one kind of post. `level` says where such posts are: village, town, city."""

    key: str
    title: Any
    text: Any
    ceiling: int
    permits: tuple[str, ...]
    levels: tuple[str, ...] = ("village", "town", "city")


RESIDENT = RightsTemplate(
    "resident",
    _("Resident"),
    _("Sees what is meant for residents of the place, and her own matters."),
    RESIDENTS,
    (),
    ("village",),
)
