"""The words of checklists, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.grid.rules.checklists import LISTS, Line

WORDS: dict[str, Any] = {
    "exit_free": _("The exits are free and open from inside"),
    "stairs_free": _("Stairs and corridors are free"),
    "no_indoor_charging": _("No electric bicycle stands or is charged indoors"),
    "extinguisher": _("Extinguishers are there and in date"),
    "wiring": _("No loose or overloaded wires"),
    "gas": _("Gas bottles and hoses are sound and stand in the open air"),
    "second_exit": _("There is a second way out"),
    "bars_open": _("Window bars can be opened from inside"),
    "water_heater": _("The water heater has a flue to the outside"),
    "contract_filed": _("The lease is filed"),
    "not_in_workshop": _("Nobody sleeps in a workshop, store or shop"),
    "beds_apart": _("Beds leave a free way to the door"),
    "night_watch": _("Somebody is responsible at night"),
    "no_standing_water": _("No standing water in which mosquitoes breed"),
    "rubbish_closed": _("Rubbish lies in closed bins"),
    "water_tank": _("The water tank is locked and was cleaned"),
    "rats": _("No traces of rats"),
    "toilets": _("Toilets are clean"),
}


def words_of(line: str) -> Any:
    """Return what a line of a checklist says."""
    return WORDS[line]


def lines_of(hazard: str, only: frozenset[str] | None = None) -> list[tuple[Line, Any]]:
    """Return the lines of a checklist with their words; `only` those of a re-check."""
    return [(line, WORDS[line.key]) for line in LISTS[hazard] if only is None or line.key in only]
