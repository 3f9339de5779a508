"""What a template of rights is, and the levels that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# the eight levels of confidentiality (kernel.permits), as the pages name them
LEVEL_WORDS: dict[int, Any] = {
    1: _("1 public"),
    2: _("2 residents of the place"),
    3: _("3 staff"),
    4: _("4 personal"),
    5: _("5 vault"),
    6: _("6 Party and protected groups"),
    7: _("7 accusations"),
    8: _("8 sealed by name"),
}
VILLAGE, TOWN, CITY = "village", "town", "city"


@dataclass(frozen=True, slots=True)
class RightsTemplate:
    """The rights of one kind of post. `levels` are where they apply; `text` says what for."""

    key: str
    title: Any
    text: Any
    ceiling: int
    permits: tuple[str, ...]
    levels: tuple[str, ...] = (VILLAGE, TOWN, CITY)
